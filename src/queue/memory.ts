import { readFile, rename, writeFile } from 'node:fs/promises';
import { type Heartbeat, laterOf, readHeartbeat } from '../core/letter/heartbeat.ts';
import { MOST_NOTED } from './link.ts';
import type { Queue } from './queue.ts';

/** What is remembered outside the database: in the queue's backend, and in a file where one can be written. */
export interface Memory {
  /** The latest that is remembered. Never rejects: nothing remembered says nothing. */
  recall(): Promise<Heartbeat | undefined>;
  /** Never rejects. */
  remember(heartbeat: Heartbeat): Promise<void>;
  /** Notes the message whose body is about to begin, with others of the same moment. */
  noteBegun(messageId: string, at: Date): void;
  /**
   * Messages whose bodies began since a moment, as of a heartbeat that is remembered; undefined
   * where not all of them are known. Never rejects.
   */
  listBegun(since: Date, heartbeat: Heartbeat): Promise<readonly string[] | undefined>;
}

const NAME = 'heartbeat';
const BEGUN = 'begun';

type MemoryQueue = Pick<Queue, 'keepText' | 'findText' | 'noteNames' | 'listNames'>;

/** Remembers in Redis, which all processes of a service share, and in a file of this machine. */
export function openMemory(queue: MemoryQueue, path: string): Memory {
  let begun: string[] = [];
  const flush = (at: Date) => {
    const names = begun;
    begun = [];
    queue.noteNames(BEGUN, names, at).catch(() => {});
  };
  return {
    async recall() {
      const texts = await Promise.all([
        queue.findText(NAME).catch(() => undefined),
        readFile(path, 'utf8').catch(() => undefined),
      ]);
      return texts.map(readHeartbeat).reduce(laterOf);
    },
    async remember(heartbeat) {
      const text = JSON.stringify(heartbeat);
      const beside = `${path}.${process.pid}`;
      await Promise.allSettled([
        queue.keepText(NAME, text),
        writeFile(beside, text, { mode: 0o600 }).then(() => rename(beside, path)),
      ]);
    },
    noteBegun(messageId, at) {
      if (begun.push(messageId) === 1) setImmediate(flush, at);
    },
    async listBegun(since, heartbeat) {
      try {
        // A Redis that was emptied, or went back itself, has forgotten messages, too.
        const kept = readHeartbeat(await queue.findText(NAME));
        if (kept?.epoch !== heartbeat.epoch || kept.count !== heartbeat.count) return undefined;
        const names = await queue.listNames(BEGUN, since);
        return names.length < MOST_NOTED ? names : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
