import { CITATION_SOURCES, CITATIONS, type CitationSource } from '../../core/citations/sources.ts';
import type { SourceStanding } from '../../core/citations/trouble.ts';
import { nameWork } from '../../core/citations/work.ts';
import { APIS } from '../../core/feed/sources.ts';
import type { CitedLine, CitedPage } from '../../core/letter/reader-pages.ts';
import { listCopies } from '../../core/paper/copies.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import type { AskedAuthor } from '../../store/citations/asked-authors.ts';
import type { OwnWork } from '../../store/citations/own-works.ts';

const SHOWN_TITLE = 200;
const DAY_MS = 24 * 3_600_000;
const MOST_READ = Math.max(...CITATION_SOURCES.map((source) => CITATIONS[source].mostCiters));

/** One work of a reader's, with what is known of who cites it. */
export function viewWork(work: OwnWork, words: Words): CitedLine {
  const { id, ids, retractedAt, retractedBy } = work;
  const link = listCopies(ids)[0]?.link;
  return {
    id,
    title: shortenText(nameWork(work), SHOWN_TITLE),
    ...(link && { link }),
    ...(retractedAt && { retracted: words.say('cited.retracted', { by: retractedBy ?? '' }) }),
    says: sayCiters(work, words),
  };
}

function sayCiters({ askedAt, isKnown, citers: count, own, total }: OwnWork, words: Words): string {
  if (!askedAt) return words.say('cited.waits');
  const date = words.shortDate(dateOf(askedAt));
  if (!isKnown && count === 0) return words.say('cited.unknown', { date });
  const said = [
    words.say('cited.citers', { count, date }),
    own > 0 ? words.say('cited.ofOwn', { count: own }) : '',
    (total ?? 0) > MOST_READ
      ? words.say('cited.most', { total: words.number(total ?? 0), count: words.number(MOST_READ) })
      : '',
  ];
  return said.filter(Boolean).join(' ');
}

/** An author whose works are asked for, or what was found of them. */
export function viewAuthor(
  { id, author, name, works, total }: AskedAuthor,
  words: Words,
): CitedPage['authors'][number] {
  const bare = author.slice(author.indexOf(':') + 1);
  const found = (works ?? []).map(({ title, year }, place) => ({
    place,
    title: shortenText(title, SHOWN_TITLE),
    year: year === undefined ? '' : String(year),
  }));
  const count = found.length;
  const says = !works
    ? words.say('cited.author.asked')
    : count < (total ?? 0)
      ? words.say('cited.author.most', { count, total: words.number(total ?? 0) })
      : words.say('cited.author.found', { count });
  return { id, name: name || bare, says, found };
}

/** Who is asked, and how they are. */
export function viewSources(
  standings: readonly SourceStanding[],
  words: Words,
  now: Date,
): CitedPage['sources'] {
  return CITATION_SOURCES.map((source) => ({
    name: APIS[source].name,
    says: saySource(
      source,
      standings.find((each) => each.source === source),
      { words, now },
    ),
  }));
}

function saySource(
  source: CitationSource,
  standing: SourceStanding | undefined,
  { words, now }: { readonly words: Words; readonly now: Date },
): string {
  const { failedSince = null, answeredAt = null, broughtAt = null } = standing ?? {};
  if (failedSince)
    return words.say('cited.source.rests', { date: words.shortDate(dateOf(failedSince)) });
  if (!answeredAt) return words.say('cited.source.never');
  const silentMs = broughtAt ? now.getTime() - broughtAt.getTime() : 0;
  if (broughtAt && silentMs > CITATIONS[source].silentAfterDays * DAY_MS) {
    return words.say('cited.source.silent', { date: words.shortDate(dateOf(broughtAt)) });
  }
  return words.say('cited.source.answers', { date: words.shortDate(dateOf(answeredAt)) });
}

function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
