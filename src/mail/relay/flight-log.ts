import { mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SendResult } from '../../core/letter/delivery.ts';
import type { Message } from '../message.ts';
import type { Checks, Relay, Seat } from './relay.ts';

/** A relay that remembers on disk which bodies were begun. */
export interface RememberingRelay extends Relay {
  /** Message-IDs whose body had begun in an earlier life, and that no server refused. */
  listUnanswered(): string[];
  /** Lets go of messages of which the ledger knows: from now on its rows decide. */
  forget(messageIds: readonly string[]): void;
}

/** No delivery waits longer, so what is older is forgotten when the file is next opened. */
const KEPT_MS = 30 * 24 * 3_600_000;

/**
 * Puts a file before a relay: the Message-ID is appended and fsynced after the gate said yes
 * and before the first byte of the body, and so is what the server answered. The embedded
 * database does not fsync: after a power cut this file knows what it has forgotten. A message
 * that stands in it without an answer is not begun again.
 */
export async function rememberFlights(
  relay: Relay,
  path: string,
  now: () => Date,
): Promise<RememberingRelay> {
  const unanswered = await readUnanswered(path, now());
  const file = await open(path, 'a', 0o600);
  const write = async (how: string, messageId: string) => {
    await file.write(`${now().toISOString()} ${how} ${messageId}\n`);
    await file.datasync();
  };
  const sendOn = async (seat: Seat, message: Message, checks: Checks): Promise<SendResult> => {
    const { messageId } = message;
    if (unanswered.has(messageId)) {
      seat.leave();
      return { kind: 'in_doubt', reason: 'its body was begun before, and its answer was lost' };
    }
    let hasBegun = false;
    const gate = async () => {
      if (!(await checks.gate())) return false;
      await write('begun', messageId);
      hasBegun = true;
      return true;
    };
    const result = await seat.send(message, { ...checks, gate });
    // Without this line the message is held in doubt after a power cut: safe, and rare.
    if (hasBegun && isAnswered(result)) await write('answered', messageId).catch(() => undefined);
    return result;
  };
  return {
    ...relay,
    listUnanswered: () => [...unanswered],
    forget(messageIds) {
      for (const id of messageIds) unanswered.delete(id);
    },
    takeSeat(except, passesOver) {
      const seat = relay.takeSeat(except, passesOver);
      return seat && { ...seat, send: (message, checks) => sendOn(seat, message, checks) };
    },
    close() {
      relay.close();
      void file.close();
    },
  };
}

/** An accepted message keeps its line: its row may be forgotten, and it must not go out again. */
function isAnswered({ kind }: SendResult): boolean {
  return kind === 'refused' || kind === 'unsent' || kind === 'withheld' || kind === 'paced';
}

/** Reads the file back and rewrites it without what is answered or too old. */
async function readUnanswered(path: string, now: Date): Promise<Set<string>> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = new Map<string, string>();
  // A last line that a power cut left in halves is no line: its body never began.
  for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
    const [at = '', how, ...rest] = line.split(' ');
    const messageId = rest.join(' ');
    if (!messageId) continue;
    if (how === 'begun' && now.getTime() - Date.parse(at) < KEPT_MS) lines.set(messageId, line);
    else lines.delete(messageId);
  }
  const fresh = `${path}.new`;
  await writeFile(fresh, [...lines.values()].map((line) => `${line}\n`).join(''), { mode: 0o600 });
  const file = await open(fresh, 'r+');
  await file.datasync();
  await file.close();
  await rename(fresh, path);
  return new Set(lines.keys());
}
