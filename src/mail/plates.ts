import type { EditionTexts } from '../core/edition/edition.ts';
import type { DigestContent } from '../core/letter/digest-content.ts';
import type { DigestLinks } from '../core/letter/digest-view.ts';
import { encodeQuotedPrintable } from '../core/letter/quoted-printable.ts';

/** A letter with its parts in quoted-printable, in pieces to be joined. */
export interface EncodedParts {
  readonly subject: string;
  readonly html: readonly string[];
  readonly text: readonly string[];
}

/** What a digest is filled in from, but for its links. */
export interface Unlinked {
  readonly content: DigestContent;
  readonly editions: readonly EditionTexts[];
}

/** The links of a digest that are its reader's own. */
export const readersOwn = ['view', 'preferences', 'unsubscribe', 'vote', 'keep'] as const;
/** The same on a site for members only, whose every page is opened by a link of the reader's own. */
export const membersOwn = [...readersOwn, 'home', 'edition', 'circle'] as const;
type Name = (typeof membersOwn)[number];

/** A part in pieces, with the places of links among them. */
type Laid = readonly (string | { readonly name: Name })[];

/** What the digests of readers who get the same have in common. */
interface Plate {
  readonly editions: readonly EditionTexts[];
  readonly html: Laid;
  readonly text: Laid;
  readonly subject: string;
}

/** Stands in HTML as it is, and is not parted in a text. */
const PLAIN_LINK = /^[\w:/.+%-]{24,}$/;
/** In characters: kept of one rendering, at most; then all is made anew. */
const MOST_KEPT = 12_000_000;

/**
 * Fills in digests, and keeps what readers who get the same papers for the same reasons have in
 * common: it is filled in once with marks in the place of their links. That is done for the second of
 * them, whose letter is filled in for itself too; where both are not the same to the byte, nothing is
 * kept. Templates can ask of a link only whether it is there.
 */
export function createPlates(
  fill: (from: Unlinked, links: DigestLinks) => EncodedParts,
  names: readonly Name[] = readersOwn,
) {
  let kept = 0;
  let plates = new WeakMap<DigestContent, Map<string, Plate | 'none'>>();

  const make = (from: Unlinked, links: DigestLinks, filled: EncodedParts): Plate | 'none' => {
    const marks = markLinks(links, names);
    const marked = fill(from, { ...links, ...marks });
    const places = new Map(
      names.flatMap((name) => {
        const mark = marks[name];
        return mark === undefined ? [] : [[encodeQuotedPrintable(mark), { name }] as const];
      }),
    );
    const html = lay(marked.html, places);
    const text = lay(marked.text, places);
    const plate = { html, text, subject: marked.subject, editions: from.editions };
    return isSame(fillIn(plate, links), filled) ? plate : 'none';
  };

  return (from: Unlinked, links: DigestLinks): EncodedParts => {
    const known = plates.get(from.content);
    if (!known) {
      plates.set(from.content, new Map());
      return fill(from, links);
    }
    const key = names.map((name) => links[name]?.length).join();
    const plate = known.get(key);
    const isNew = plate === undefined || (plate !== 'none' && !isOf(plate, from.editions));
    if (!isNew) return plate === 'none' ? fill(from, links) : fillIn(plate, links);
    const filled = fill(from, links);
    const isPlain = names.every((name) => PLAIN_LINK.test(links[name] ?? 'x'.repeat(24)));
    known.set(key, isPlain ? make(from, links, filled) : 'none');
    kept += sizeOf(filled);
    if (kept > MOST_KEPT) {
      kept = 0;
      plates = new WeakMap();
    }
    return filled;
  };
}

/** Each link as long as it is, and like nothing that stands in a letter. */
function markLinks(links: DigestLinks, names: readonly Name[]): Partial<Record<Name, string>> {
  return Object.fromEntries(
    names.flatMap((name, at) => {
      const link = links[name];
      return link === undefined ? [] : [[name, `${'~'.repeat(link.length - 1)}${at}`]];
    }),
  );
}

function lay(pieces: readonly string[], places: ReadonlyMap<string, { name: Name }>): Laid {
  const laid: (string | { readonly name: Name })[] = [];
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 0) laid.push(run.join(''));
    run = [];
  };
  for (const piece of pieces) {
    const place = places.get(piece);
    if (!place) {
      run.push(piece);
      continue;
    }
    endRun();
    laid.push(place);
  }
  endRun();
  return laid;
}

function fillIn({ html, text, subject }: Plate, links: DigestLinks): EncodedParts {
  const encoded: Partial<Record<Name, string>> = {};
  const read = (name: Name) => {
    encoded[name] ??= encodeQuotedPrintable(links[name] ?? '');
    return encoded[name];
  };
  const fillPart = (laid: Laid) =>
    laid.map((piece) => (typeof piece === 'string' ? piece : read(piece.name)));
  return { subject, html: fillPart(html), text: fillPart(text) };
}

function isOf({ editions }: Plate, others: readonly EditionTexts[]): boolean {
  return editions.length === others.length && editions.every((each, at) => each === others[at]);
}

function isSame(one: EncodedParts, other: EncodedParts): boolean {
  const isPart = (part: 'html' | 'text') => one[part].join('') === other[part].join('');
  return one.subject === other.subject && isPart('html') && isPart('text');
}

function sizeOf({ html, text }: EncodedParts): number {
  return [...html, ...text].reduce((sum, piece) => sum + piece.length, 0);
}
