import { SECTIONS } from './kind-sections.ts';
import { DECIDING_TITLES, TITLES } from './kind-titles.ts';
import { type AmendmentKind, LINKS, type PaperKind } from './kinds.ts';

/** What tells the kind of a text. */
export interface KindSigns {
  /** Cleaned, with what a publisher sets before it. */
  readonly title: string;
  /** What elements call it (`prism:section`, `dc:type`, categories), as the feed spells them. */
  readonly sections: readonly string[];
  readonly links: readonly string[];
  /** What its journal is called. */
  readonly journals?: readonly string[];
  /** Whether a sound is attached, as podcasts have it. */
  readonly isHeard?: boolean;
}

/** No title is longer. What is looked for at its end is tried at each blank before it, so more is not looked at. */
const LONGEST_TITLE = 2_000;

/** A kind with what told it, for whoever asks why. */
export interface ReadKind {
  readonly kind: PaperKind;
  readonly why: string;
}

/**
 * Reads what a text is: titles that can be nothing else first, then what its elements and its
 * address say, then other titles. A paper where nothing says otherwise.
 */
export function readKind(signs: KindSigns): ReadKind {
  const { sections, links, journals = [], isHeard = false } = signs;
  const title = signs.title.slice(0, LONGEST_TITLE);
  if (isHeard) return { kind: 'matter', why: 'a sound is attached to it, as to a podcast' };
  if (journals.some((name) => name !== '' && name === title))
    return { kind: 'matter', why: 'it has the name of its journal' };
  const byTitle = (table: typeof TITLES) => {
    const [kind] = table.find(([, pattern]) => pattern.test(title)) ?? [];
    return kind && { kind, why: `its title says so: "${title.slice(0, 80)}"` };
  };
  return (
    byTitle(DECIDING_TITLES) ??
    readAddress(links) ??
    readSection(sections) ??
    byTitle(TITLES) ??
    PAPER
  );
}

const PAPER: ReadKind = { kind: 'paper', why: 'nothing says that it is anything else' };

function readAddress(links: readonly string[]): ReadKind | undefined {
  for (const link of links) {
    const [kind] = LINKS.find(([, pattern]) => pattern.test(link)) ?? [];
    if (kind) return { kind, why: `its address says so: ${link.slice(0, 120)}` };
  }
  return undefined;
}

function readSection(sections: readonly string[]): ReadKind | undefined {
  for (const section of sections) {
    const name = foldSection(section);
    const kind = SECTIONS.get(name);
    if (kind) return { kind, why: `it is in the section "${section.slice(0, 60)}"` };
  }
  return undefined;
}

/** Whether a line is the name of a part of an issue, as `SECTIONS` has them. */
export const isSectionName = (text: string): boolean =>
  text.length <= LONGEST_SECTION && SECTIONS.has(foldSection(text));

const LONGEST_SECTION = 60;

/** `ISSUE INFORMATION`, `News & Views`, `Reviews` as the table has them. */
function foldSection(section: string): string {
  return section
    .toLowerCase()
    .replace(/&amp;|&/g, ' and ')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .replace(/(?<=..)s$/, '');
}

/** Whether a text says first of all that the paper it stands with is gone: arXiv, Elsevier, Hindawi. */
export function saysWithdrawn(text: string): boolean {
  return WITHDRAWN.test(text.slice(0, LONGEST_NOTICE));
}

const LONGEST_NOTICE = 200;
const WITHDRAWN =
  /^\W*(?:arXiv admin note: )?(?:(?:this|the) (?:\w+ )?(?:paper|article|submission|manuscript|preprint|work|version|chapter)|paper|article)s? (?:has been|have been|is|was|being)?\s*(?:temporarily |permanently )?(?:withdrawn|retracted)\b|^\W*(?:withdrawn|retracted)(?: by (?:the )?\w+| due to\b|\s*[.;:(]|\s*$)|^\W*(?:the )?authors? (?:has|have) withdrawn (?:this|the|their)\b/i;

/** The title of the paper that a correction or a retraction is about; undefined where it has none. */
export function titleAbout(title: string): string | undefined {
  const about = title
    .slice(0, LONGEST_TITLE)
    .replace(ABOUT, '')
    .replace(BEHIND, '')
    .replace(WHAT, '')
    .replace(WHO, '')
    .replace(PLACE, '')
    .replace(BY, '')
    .replace(/^["“'‘«]+|["”'’»]+$/g, '')
    .trim();
  return about === '' || about === title ? undefined : about;
}

/** PNAS names the authors before the title, Elsevier and others where it appeared behind it. */
const WHO = /^.{2,60}? et al[.,]+\s+/;
/** Science: `Erratum for the Research Article “Moss on walls” by A. Example et al.` */
const WHAT =
  /^(?:the|this) (?:[\w-]+ ){0,2}(?:article|report|paper|letter|review|perspective)\W{1,4}/i;
const BEHIND =
  /\s*[([](?:corrigend(?:um|a)|errat(?:um|a)|addendum|correction|retract(?:ion|ed))[)\]]\W*$/i;
const BY = /["”’»],?\s+by\s.{2,200}$/;
const PLACE = /\s*\[[^[\]]{4,200}\]\s*$|\.\s+\p{Lu}[\p{L} .&]{1,60}\s\d{4};\S{1,30}\s*$/u;
const ABOUT =
  /^\W*(?:(?:statement|notice) of |editorial )?(?:(?:author|publisher)['’]?s? )?(?:retraction(?: note| notice| and replacement)?|retracted(?: article)?|withdrawn|withdrawal(?: notice)?|removed|correction|corrigendum|erratum|addendum|amendment|expression of concern|berichtigung|korrektur|rétractation|rectificatif|corrección|correção|fe de erratas|errata corrige)s?\W*(?:to|for|zu|à|de|a|of)?\b\s*\W*(?=\S)/iu;

/** Whether a text tells that another paper is changed or gone. */
export function isAmendment(kind: PaperKind | undefined): kind is AmendmentKind {
  return kind === 'correction' || kind === 'retraction';
}

const KIND_WORDS: Readonly<Record<PaperKind, string>> = {
  paper: '',
  review: 'Review',
  correction: 'Correction',
  retraction: 'Retraction',
  editorial: 'Editorial or comment',
  news: 'News or report',
  matter: 'Part of an issue',
};

/** What a text is, in words; empty for a paper as any other. */
export function sayKind(kind: PaperKind = 'paper'): string {
  return KIND_WORDS[kind];
}

/** Whether a text is what a feed of papers is read for; all else ranks behind. */
export function isResearch(kind: PaperKind | undefined = 'paper'): boolean {
  return kind === 'paper' || kind === 'review';
}
