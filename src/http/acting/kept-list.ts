import type { FastifyReply } from 'fastify';
import { sayGroup } from '../../core/letter/group-words.ts';
import type { KeptLine, MyPapersPage } from '../../core/letter/kept-pages.ts';
import { nameAuthors } from '../../core/letter/paper-views.ts';
import { citationForms } from '../../core/paper/citations.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { maskAddress } from '../../core/reader/address.ts';
import { MOST_KEPT } from '../../core/reader/kept.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import type { KeptForLater } from '../../store/readers/kept.ts';
import { pathOf } from '../readers/token.ts';
import { replyWithPage, type Site } from '../site.ts';
import { viewShelf } from './shelf-view.ts';
import { formTokenFor } from './visitor.ts';

export const LONGEST_QUERY = 200;
const LISTED = 100;

/** What part of the list is asked for. */
export interface KeptPart {
  readonly query: string;
  readonly before?: number | undefined;
  readonly said?: Said;
}

/** What came of the last press. */
export interface Said {
  readonly status?: string;
  readonly error?: string;
}

/** The words that all have to stand in what is found. */
export function splitQuery(query: string): string[] {
  return query.split(/\s+/).filter(Boolean);
}

/** Answers with the page of what a reader keeps. */
export async function showKept(
  reply: FastifyReply,
  site: Site,
  visitor: Visitor,
  { query, before, said }: KeptPart,
): Promise<FastifyReply> {
  const { words, prefix } = site;
  const { kept } = site.outside.store;
  const { reader } = visitor;
  const { subscriberId } = reader;
  const asked = { subscriberId, words: splitQuery(query), before };
  const found = await kept.list(asked, LISTED + 1);
  const papers = found.slice(0, LISTED);
  const total = await kept.count(subscriberId);
  const shelf = await viewShelf(site, subscriberId);
  const here = `${prefix}/my-papers`;
  const q = query ? { q: query } : undefined;
  const last = found.length > LISTED ? papers.at(-1) : undefined;
  const view: MyPapersPage = {
    maskedAddress: maskAddress(reader.address),
    here,
    formToken: formTokenFor(visitor),
    query,
    ...(total > 0
      ? { extent: words.say('myPapers.count', { count: total, most: MOST_KEPT }) }
      : {}),
    days: listDays(site, reader.schedule.zone, papers),
    ...(last ? { older: `${here}${ask({ ...q, before: String(last.id) })}` } : {}),
    files: citationForms.map(({ label, ending }) => ({
      label,
      link: `${here}/papers.${ending}${ask(q)}`,
    })),
    feed: `${pathOf(site, 'kept', reader.id)}/papers.atom`,
    isWeekly: await kept.isWeekly(subscriberId),
    ...(shelf ? { shelf } : {}),
    ...said,
  };
  const status = said?.error ? 400 : 200;
  const title = words.say('myPapers.title');
  return replyWithPage(reply, site, { page: 'my-papers', title, view, status });
}

function ask(query?: Record<string, string>): string {
  return query ? `?${new URLSearchParams(query)}` : '';
}

/** Papers by the days of the reader on which they were kept, and by their groups. */
function listDays(
  { words, prefix }: Site,
  zone: string,
  papers: readonly KeptForLater[],
): MyPapersPage['days'] {
  const days = new Map<string, Map<string, KeptLine[]>>();
  for (const paper of papers) {
    const date = dateIn(zone, paper.keptAt);
    const groups = days.get(date) ?? new Map<string, KeptLine[]>();
    days.set(date, groups);
    const label = paper.group ? sayGroup(paper.group, words).label : '';
    const lines = groups.get(label) ?? [];
    groups.set(label, lines);
    const authors = nameAuthors(paper.authors, words);
    const link = linkKept(paper, prefix);
    lines.push({
      id: paper.paperId,
      title: paper.title,
      ...(authors ? { authors } : {}),
      ...(link ? { link } : {}),
    });
  }
  return [...days].map(([date, groups]) => ({
    date: words.date(date),
    groups: [...groups].map(([label, lines]) => ({ ...(label ? { label } : {}), papers: lines })),
  }));
}

/** A paper's own page, as long as everybody may see it; else where it is. */
export function linkKept(
  { group, paperId, title, link }: KeptForLater,
  begin: string,
): string | null {
  return group ? `${begin}${paperPath(paperId, title)}` : link;
}
