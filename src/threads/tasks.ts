import { buildEdition, type StoredPaper } from '../core/edition/cut.ts';
import type { PaperMark } from '../core/edition/marks.ts';
import {
  countBackground,
  type PackedBackground,
  packBackground,
} from '../core/ranking/background.ts';
import { countTerms } from '../core/ranking/terms.ts';
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
  edition: { run: buildWith, atOnce: 1 },
  /** Learns a basis from texts; undefined where they are too few. */
  basis: { run: learnPacked, atOnce: 1 },
  /** Counts in how many texts each term stands. */
  background: { run: countPacked, atOnce: 1 },
  /** Reads a mail of a stranger, and says which domains signed it. */
  mail: { run: readSigned, atOnce: 1, mostMs: 60_000 },
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

async function readSigned(
  raw: Uint8Array,
  { records, site }: { readonly records: KeyRecords; readonly site: string },
): Promise<{ readonly mail: ReadMail; readonly signedBy: readonly string[] }> {
  return { mail: await readAlertMail(raw, site), signedBy: await findSigners(raw, records) };
}

/** A kind of work that a thread can do. */
export interface Task {
  run(...args: never[]): Work<unknown> | Promise<unknown>;
  /** So many of it run beside each other: heavy ones take their turns. */
  readonly atOnce: number;
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
