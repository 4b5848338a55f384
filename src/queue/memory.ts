import { readFile, rename, writeFile } from 'node:fs/promises';
import { type Heartbeat, laterOf, readHeartbeat } from '../core/letter/heartbeat.ts';
import type { Queue } from './queue.ts';

/** What is remembered outside the database: in the queue's backend, and in a file where one can be written. */
export interface Memory {
  /** The latest that is remembered. Never rejects: nothing remembered says nothing. */
  recall(): Promise<Heartbeat | undefined>;
  /** Never rejects. */
  remember(heartbeat: Heartbeat): Promise<void>;
}

const NAME = 'heartbeat';

/** Remembers in Redis, which all processes of a service share, and in a file of this machine. */
export function openMemory(queue: Pick<Queue, 'keepText' | 'findText'>, path: string): Memory {
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
  };
}
