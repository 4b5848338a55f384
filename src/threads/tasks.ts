import { buildEdition, type StoredPaper } from '../core/edition/cut.ts';
import type { PaperMark } from '../core/edition/marks.ts';
import { parseLibrary, readLibraryFile } from '../core/library/library.ts';
import type { CitedPaper } from '../core/paper/bibtex.ts';
import { citationForms } from '../core/paper/citations.ts';
import {
  type Background,
  countBackground,
  type PackedBackground,
  packBackground,
} from '../core/ranking/background.ts';
import { layOutOthers, type Others } from '../core/ranking/regression.ts';
import { type Example, learnTaste, type Taste, vectorOf } from '../core/ranking/taste.ts';
import { describeTaste, type TasteWords } from '../core/ranking/taste-words.ts';
import { countTerms, type TermVector } from '../core/ranking/terms.ts';
import { learnBasis } from '../core/reading/learn-basis.ts';
import { type ModelPlaces, spaceOf, spaceOfModel } from '../core/reading/space.ts';
import { type PackedBasis, packBasis, unpackBasis } from '../core/reading/vectors.ts';
import type { Work } from '../core/reading/work.ts';
import { type ReadMail, readAlertMail } from '../feeds/alerts/read-mail.ts';
import { findSigners, type KeyRecords } from '../mail/proof/signatures.ts';

/**
 * What threads can be asked for by name: long work of `core`, and reading what strangers send.
 * Arguments and results cross over as copies, so they hold no functions.
 */
export const tasks = {
  /** Groups and summarises a day. */
  edition: { run: buildWith, isLong: true },
  /** Learns a basis from texts; undefined where they are too few. */
  basis: { run: learnPacked, isLong: true },
  /** Counts in how many texts each term stands. */
  background: { run: countPacked, isLong: true },
  /** Reads a pasted library, or the bytes of a file. */
  library: { run: readLibrary, isLong: false },
  /** Writes a bibliography; empty in a form that nobody knows. */
  cite: { run: cite, isLong: false },
  /** Lays out the papers that stand for what a reader does not ask for. */
  others: { run: layOut, isLong: false },
  /** Learns a reader's taste, and puts it in words; undefined without examples. */
  taste: { run: learn, isLong: false },
  /** Reads a mail of a stranger, and says which domains signed it. */
  mail: { run: readSigned, isLong: false, mostMs: 60_000 },
} satisfies Record<string, Task>;

function buildWith(
  papers: readonly StoredPaper[],
  marks?: readonly PaperMark[],
  basis?: PackedBasis,
  places?: ModelPlaces,
) {
  const own = () => basis && spaceOf(unpackBasis(basis));
  return buildEdition(papers, marks, places ? spaceOfModel(places) : own());
}

function* learnPacked(texts: readonly string[], id: string): Work<PackedBasis | undefined> {
  const basis = yield* learnBasis(texts, id);
  return basis && packBasis(basis);
}

function* countPacked(texts: readonly string[]): Work<PackedBackground> {
  const terms: Int32Array[] = [];
  for (const text of texts) {
    terms.push(Int32Array.from(countTerms(text).keys()));
    yield;
  }
  return packBackground(countBackground(terms));
}

function readLibrary(given: string | Uint8Array) {
  return typeof given === 'string' ? parseLibrary(given) : readLibraryFile(given);
}

function* cite(ending: string, papers: readonly CitedPaper[]): Work<string> {
  yield;
  return citationForms.find((form) => form.ending === ending)?.write(papers) ?? '';
}

function* layOut(
  texts: readonly Pick<Example, 'title' | 'abstract'>[],
  background?: Background,
): Work<Others> {
  const vectors: TermVector[] = [];
  for (const text of texts) {
    vectors.push(vectorOf(text, background));
    yield;
  }
  return layOutOthers(vectors, background);
}

function* learn(
  examples: readonly Example[],
  at: Date,
  others: Others,
): Work<{ readonly taste: Taste; readonly words: TasteWords } | undefined> {
  const taste = yield* learnTaste(examples, at, others);
  return taste && { taste, words: yield* describeTaste(taste, examples) };
}

async function readSigned(
  raw: Uint8Array,
  { records, site }: { readonly records: KeyRecords; readonly site: string },
): Promise<{ readonly mail: ReadMail; readonly signedBy: readonly string[] }> {
  return { mail: await readAlertMail(raw, site), signedBy: await findSigners(raw, records) };
}

/** A kind of work that a thread can do. */
export interface Task {
  run(...args: never[]): Work<unknown> | Promise<unknown>;
  /** It may take long. Of all that are one runs at a time: a reader's short one finds a thread. */
  readonly isLong: boolean;
  /** One that takes longer fails, and its thread ends. */
  readonly mostMs?: number;
}

/** The name of a task. */
export type TaskName = keyof typeof tasks;

/** What a task is given. */
export type TaskArgs<Name extends TaskName> = Parameters<(typeof tasks)[Name]['run']>;

/** What a task gives. */
export type TaskResult<Name extends TaskName> =
  ReturnType<(typeof tasks)[Name]['run']> extends Work<infer Result> | Promise<infer Result>
    ? Result
    : never;

/** What a thread is told to do. */
export interface Order {
  readonly name: TaskName;
  readonly args: readonly unknown[];
}

/** What a thread says: how many pauses its work has made, what it gave, or what it threw. */
export type Reply =
  | { readonly kind: 'pauses'; readonly pauses: number }
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'fault'; readonly error: unknown };
