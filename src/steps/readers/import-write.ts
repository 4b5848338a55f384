import { writeConfirmation } from '../../core/letter/notices.ts';
import {
  type ImportFate,
  importedConsentText,
  type UnconfirmedChoice,
} from '../../core/reader/import.ts';
import type { ImportRow } from '../../core/reader/import-row.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { type Due, nextDue, type Schedule } from '../../core/reader/schedule.ts';
import { CONFIRM_WITHIN_MS } from '../../core/reader/sign-up.ts';
import type { ImportedReader } from '../../store/readers/imports.ts';
import { recordNotice } from '../deliveries/notify.ts';
import type { Outside } from '../steps.ts';
import { from } from './language.ts';

type WriteOutside = Pick<
  Outside,
  'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** Where a file comes from, in the operator's words, and what they chose. */
interface WriteOrder {
  readonly source: string;
  readonly unconfirmed: UnconfirmedChoice;
}

/** The reader that a row is written as. */
export function readerOf(
  { address, wishes, pausedUntil }: ImportRow,
  fate: Exclude<ImportFate, { kind: unknown }>,
  { at, dues }: { at: Date; dues: (schedule: Schedule) => Due },
): ImportedReader {
  const isActive = fate.take === 'active';
  return {
    ...address,
    state: isActive ? 'active' : 'pending',
    wishes,
    pausedUntil,
    due: isActive ? dues(wishes.schedule) : null,
    agreedAt: isActive ? (fate.confirmedAt ?? at) : null,
  };
}

/** Writes readers, with the mail that asks, in the caller's transaction; the keys of those that are new. */
export async function writeReaders(
  outside: WriteOutside,
  taken: readonly { reader: ImportedReader }[],
  { order, at }: { order: WriteOrder; at: Date },
): Promise<Set<string>> {
  if (taken.length === 0) return new Set();
  const text = importedConsentText(order.source.trim(), order.unconfirmed);
  const expiresAt = new Date(at.getTime() + CONFIRM_WITHIN_MS);
  const readerByKey = new Map(taken.map(({ reader }) => [reader.key, reader]));
  const { store } = outside;
  const textHash = await store.consents.recordText(text, at);
  const readers = taken.map(({ reader }) => reader);
  const made = await store.imports.insertReaders(readers, { at, textHash, expiresAt });
  for (const { key, subscriberId, consentId } of made) {
    const reader = readerByKey.get(key);
    if (reader?.state !== 'pending') continue;
    const content = writeConfirmation(from(outside, reader.wishes), consentId);
    const notice = { notice: 'confirmation', key: `confirmation-${consentId}`, content };
    const to = { address: reader.address, subscriberId, language: reader.wishes.profile.language };
    await recordNotice(outside, { ...notice, ...to }, at);
  }
  return new Set(made.map(({ key }) => key));
}

/**
 * Keeps some who left elsewhere as suppressions, in the caller's transaction; how many are new.
 * Who signed up here meanwhile is left alone.
 */
export function suppressLeft(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  addressKeys: readonly string[],
  { source, importId, at }: { source: string; importId: number; at: Date },
): Promise<number> {
  const people = addressKeys.map((key) => ({ key, hash: hashAddress(keys, key) }));
  const note = `left elsewhere, by import ${importId}: ${source.trim()}`;
  return store.suppressions.insertLeftElsewhere(people, { note, importId, at });
}

/** The next date of a schedule; most readers of a file share a few. */
export function createDues(at: Date): (schedule: Schedule) => Due {
  const known = new Map<string, Due>();
  return (schedule) => {
    const key = JSON.stringify(schedule);
    const due = known.get(key) ?? nextDue(schedule, at);
    known.set(key, due);
    return due;
  };
}
