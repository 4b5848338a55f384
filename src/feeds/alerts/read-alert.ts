import { readKind } from '../../core/paper/kind.ts';
import type { Alert, AlertMail, NamedPaper, NoPaper } from './alert.ts';
import { ALERT_KINDS, type AlertKind, type TextWay, UNKNOWN } from './kinds.ts';
import { LAYOUTS, type Layout } from './layouts.ts';
import { type Line, readHtmlLines, readTextLines } from './lines.ts';
import { dropLayers } from './links.ts';
import { readNamedPaper } from './named-paper.ts';
import { findOrigin } from './origin.ts';
import { readScholarLink } from './scholar.ts';
import { cutSegments, linkOf } from './segments.ts';
import { readAbout, readScholarKind } from './subjects.ts';
import { readArxivListing, readOpenrxiv } from './text-alerts.ts';

/** Which kind of alert a mail is by its From and what it holds; undefined for another mail. */
export function findKind({ from, html = '', text = '' }: AlertMail): AlertKind | undefined {
  const holds = (links: RegExp) => links.test(html) || links.test(text);
  return ALERT_KINDS.find(({ senders, links }) => senders.test(from) && holds(links));
}

/**
 * Reads what an alert mail names, sent by its service or forwarded by hand: then by the mail that
 * it quotes. A mail of no known kind is read by its ids alone, and says so. Nothing is opened.
 * Undefined where no paper was found.
 */
export function readAlert(sent: AlertMail): Alert | undefined {
  const { html, text } = sent;
  const mail = {
    ...sent,
    ...(html && { html: dropLayers(html, 'html') }),
    ...(text && { text: dropLayers(text, 'text') }),
  };
  const origin = findKind(mail) ? mail : (findOrigin(mail) ?? mail);
  const kind = findKind(origin) ?? UNKNOWN;
  const read =
    'text' in kind.way
      ? readText(origin, kind.way.text)
      : readLayout(origin, LAYOUTS[kind.way.layout]);
  if (read.papers.length + read.others.length === 0) return undefined;
  const about = readAbout(origin.subject);
  const key = read.number ?? about.toLowerCase();
  const scholar =
    kind.id === 'scholar' ? (read.scholar ?? readScholarKind(origin.subject)) : undefined;
  const { papers, others, more } = read;
  return {
    kind: kind.id,
    ...(kind.service && { service: kind.service }),
    ...(scholar && { scholar }),
    about,
    key: `${kind.id}:${key}`,
    papers,
    others,
    ...(more !== undefined && { more }),
  };
}

interface Read extends Pick<Alert, 'papers' | 'others' | 'more' | 'scholar'> {
  /** Google Scholar's own number of the alert. */
  readonly number?: string;
}

function readText({ text = '', html = '' }: AlertMail, way: TextWay): Read {
  const lines = (text === '' ? readHtmlLines(html) : readTextLines(text)).map((line) => line.text);
  return partByKind(way === 'arxiv' ? readArxivListing(lines) : readOpenrxiv(lines));
}

function readLayout({ html = '', text = '' }: AlertMail, layout: Layout): Read {
  const lines = html === '' ? readTextLines(text) : readHtmlLines(html);
  const segments = cutSegments(lines, layout);
  const papers = segments.flatMap((segment) => readNamedPaper(segment, layout) ?? []);
  const [link] = segments.flatMap(({ title }) => readScholarLink(linkOf(title) ?? '') ?? []);
  const more = readMore(lines);
  return {
    ...partByKind(layout.needsId ? papers.filter(hasId) : papers),
    ...(link?.alert && { number: link.alert }),
    ...(link?.kind && { scholar: link.kind }),
    ...(more !== undefined && { more }),
  };
}

const hasId = ({ ids, scholar }: NamedPaper) =>
  scholar !== undefined || Object.keys(ids).length > 0;

/** What is no paper, by its section and title, stands apart; doubles stand once. */
function partByKind(found: readonly NamedPaper[]): Pick<Alert, 'papers' | 'others'> {
  const papers = new Map<string, NamedPaper>();
  const others: NoPaper[] = [];
  for (const paper of found) {
    const { title, section, link, ids } = paper;
    const sections = section ? [section] : [];
    const { kind, why } = readKind({ title, sections, links: link ? [link] : [] });
    if (kind === 'news' || kind === 'matter' || kind === 'editorial') {
      others.push({ title, kind, why });
      continue;
    }
    const key = paper.scholar ?? ids.doi ?? ids.pmid ?? title.toLowerCase();
    papers.set(key, papers.get(key) ?? paper);
  }
  return { papers: [...papers.values()], others };
}

const COUNTED = /\bItems 1 ?[-–] ?(\d{1,6}) of (\d{1,6})\b/i;

/** How many more there are, where a mail says that it holds only the first. */
function readMore(lines: readonly Line[]): number | undefined {
  for (const { text } of lines) {
    const [, here, all] = COUNTED.exec(text) ?? [];
    if (here && all && Number(all) > Number(here)) return Number(all) - Number(here);
  }
  return undefined;
}
