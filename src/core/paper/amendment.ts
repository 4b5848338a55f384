import { english, type WordKey, type Words } from '../words/words.ts';
import { isAmendment, titleAbout } from './kind.ts';
import type { AmendmentKind, PaperKind } from './kinds.ts';
import { foldTitle, type Paper, paperKeys } from './paper.ts';

/** A correction or a retraction, with what may be the keys of the paper that it is about. */
export interface FoundAmendment {
  readonly kind: AmendmentKind;
  readonly title: string;
  readonly link?: string;
  /** Of the amendment itself: it may come under its paper's own id. */
  readonly own: readonly string[];
  /** Of the paper, the surest first: DOIs that the amendment names, then its title. */
  readonly about: readonly string[];
}

/** What a later text said of a paper. */
export interface Amended {
  readonly kind: AmendmentKind;
  readonly title: string;
}

/** A known paper under one of its keys. */
export interface KeyedPaper {
  readonly id: number;
  readonly key: string;
  readonly kind: PaperKind;
}

/** JAMA and Hindawi name the paper in the text: `In the article titled “Moss on walls,” …`. */
const QUOTED = /\b(?:en)?titled,?\s+["“]([^"”]{16,400}?)[.,]?["”]/;
const DOI = /\b10\.\d{4,9}\/[^\s"'<>)\]]+/g;

/** The amendments among some papers. */
export function findAmendments(papers: readonly Paper[]): FoundAmendment[] {
  return papers.flatMap((paper) => {
    const { kind, title, link, abstract, ids } = paper;
    if (!isAmendment(kind)) return [];
    const named = Array.from(`${title} ${abstract}`.matchAll(DOI), ([doi]) =>
      doi.replace(/[.,;:]+$/, '').toLowerCase(),
    );
    const abouts = [titleAbout(title) ?? '', QUOTED.exec(abstract)?.[1] ?? ''];
    return [
      {
        ...{ kind, title },
        ...(link !== undefined && { link }),
        own: paperKeys(paper).filter((key) => /^(?:doi|arxiv|pmid):/.test(key)),
        about: [
          ...named.filter((doi) => doi !== ids.doi).map((doi) => `doi:${doi}`),
          // A word or two are the title of too many.
          ...abouts.filter((about) => foldTitle(about).length > 15).map(titleKey),
        ],
      },
    ];
  });
}

function titleKey(title: string): string {
  return paperKeys({ ids: {}, title }).at(-1) ?? '';
}

/**
 * Which known paper an amendment is about: the one that has its own id and is no amendment, else the
 * one under the surest of the keys that it names. Undefined where none is known, or several are.
 */
export function findAmended(
  { own, about }: FoundAmendment,
  known: readonly KeyedPaper[],
): number | undefined {
  const under = (key: string) =>
    new Set(
      known.filter((paper) => paper.key === key && !isAmendment(paper.kind)).map(({ id }) => id),
    );
  const found = [...own, ...about].map(under).find((ids) => ids.size > 0);
  return found?.size === 1 ? [...found][0] : undefined;
}

/** What became of a paper, for a line beside its title, in English: `Publisher Correction`, `Retracted`. */
export function sayAmendment({ kind, title }: Amended, paper: string): string {
  const plain = english.say(kind === 'retraction' ? 'amended.retracted' : 'amended.corrected');
  // arXiv withdraws a paper under its own title, and an index marks one so.
  if (foldTitle(title) === foldTitle(paper))
    return kind === 'retraction' ? english.say('amended.withdrawn') : plain;
  const about = titleAbout(title);
  if (about === undefined || !foldTitle(paper).startsWith(foldTitle(about).slice(0, 60))) {
    return title;
  }
  const said = title
    .slice(0, title.indexOf(about))
    .replace(/^\W+|\W+$/g, '')
    .replace(/\s+(?:to|for|of|zu)$/i, '');
  const words = said === said.toUpperCase() ? said.charAt(0) + said.slice(1).toLowerCase() : said;
  return words || plain;
}

const own: readonly WordKey[] = ['amended.retracted', 'amended.corrected', 'amended.withdrawn'];

/** The same in another language where it is said in our words; a title stays as it is. */
export function translateAmendment(said: string, words: Words): string {
  const key = own.find((each) => english.say(each) === said);
  return key ? words.say(key) : said;
}

/** A paper that a reader was sent, and what became of it: frozen with the digest that tells them. */
export interface AmendedPaper {
  readonly paper: number;
  readonly kind: AmendmentKind;
  readonly title: string;
  readonly said: string;
  /** Where it is said, else where the paper is. */
  readonly link?: string;
}
