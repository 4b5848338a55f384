/**
 * Reads the library of a reader, whatever it was exported from: the format is told by the text
 * itself. Linear in the text, whatever it holds.
 */
import type { Work } from '../reading/work.ts';
import { decodeBytes } from '../text/charset.ts';
import { cleanTitle, shortenText } from '../text/text.ts';
import type { LibraryEntry } from './entry.ts';
import { findForeign } from './foreign.ts';
import { LIBRARY_FORMATS } from './formats.ts';
import { listFormat } from './list.ts';

export type { LibraryEntry } from './entry.ts';

/** A place in the text, and what was made of it. */
export interface ReadLine {
  /** From 1. */
  readonly line: number;
  /** The title of an entry that has one, else the beginning of what stands there. */
  readonly text: string;
}

/** What was made of a text or a file. */
export interface ReadLibrary {
  /** What it was read as, such as "RIS". */
  readonly format: string;
  /** Why it was not read, where it is another thing; in a sentence or two. */
  readonly refusal?: string;
  /** Each paper once, in the order of the text, at most `MOST_ENTRIES`. */
  readonly entries: readonly (LibraryEntry & ReadLine)[];
  /** What was not understood and why, in a sentence; the first `MOST_FAULTS`. */
  readonly faults: readonly (ReadLine & { readonly problem: string })[];
  readonly faultCount: number;
}

/** The largest library; the longest text and the largest file that are read at once, in bytes. */
export const MOST_ENTRIES = 2_000;
export const LONGEST_LIBRARY = 1_000_000;
export const LARGEST_LIBRARY_FILE = 5_000_000;
const MOST_FAULTS = 100;
const SHOWN_TEXT = 80;

/** Reads the bytes of a file: UTF-8, what its byte order mark says, else windows-1252. Never throws. */
export function* readLibraryFile(bytes: Uint8Array): Work<ReadLibrary> {
  const refusal = findForeign(Buffer.from(bytes).toString('latin1')) ?? findNoText(bytes);
  if (refusal) return refuse(refusal);
  return yield* parseLibrary(decodeBytes(bytes));
}

/** Reads a pasted library. Never throws; what is no paper is told with its line. */
export function* parseLibrary(pasted: string): Work<ReadLibrary> {
  const refusal = findForeign(pasted);
  if (refusal) return refuse(refusal);
  // A byte order mark also stands where files were put together.
  const text = pasted.replace(/\ufeff/g, '').replace(/\r\n?/g, '\n');
  const format = LIBRARY_FORMATS.find(({ isIt }) => isIt(text)) ?? listFormat;
  const entries = new Map<string, LibraryEntry & ReadLine>();
  const faults: (ReadLine & { problem: string })[] = [];
  let faultCount = 0;
  const tellFault = ({ line, text: source }: ReadLine, problem: string) => {
    faultCount += 1;
    if (faults.length < MOST_FAULTS) faults.push({ line, text: showText(source), problem });
  };
  for (const { read, ...place } of format.read(text)) {
    yield;
    if (read === undefined) continue;
    if ('problem' in read) tellFault(place, read.problem);
    else if (entries.has(read.key)) continue;
    else if (entries.size < MOST_ENTRIES) {
      const shown = read.title ?? showText(place.text);
      entries.set(read.key, { ...read, line: place.line, text: shown });
    } else {
      tellFault(place, FULL);
      break;
    }
  }
  return { format: format.name, entries: [...entries.values()], faults, faultCount };
}

const FULL = `A library holds at most ${MOST_ENTRIES.toLocaleString('en')} papers; nothing was read from here on.`;

function refuse(refusal: string): ReadLibrary {
  return { format: 'nothing', refusal, entries: [], faults: [], faultCount: 0 };
}

/** Zeros stand in no text, but in UTF-16. */
function findNoText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || !bytes.subarray(0, 4096).includes(0)) return undefined;
  return 'This is no text, so it was not read. Export your papers as RIS, BibTeX or CSL JSON.';
}

function showText(text: string): string {
  return shortenText(cleanTitle(text.slice(0, 4 * SHOWN_TEXT)), SHOWN_TEXT);
}
