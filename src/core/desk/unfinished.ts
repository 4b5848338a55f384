import type { Edition } from '../edition/edition.ts';
import { countOf } from '../text/words.ts';
import { tellActor } from './audit-words.ts';
import { tellCount } from './counted.ts';

/** What is known of an edition that may not be at its end. */
export interface UnfinishedFacts extends Pick<Edition, 'state'> {
  readonly name: string;
  /** What stops it; null where nothing does. */
  readonly pause: {
    readonly cancels: boolean;
    readonly actor: string;
    readonly reason: string;
  } | null;
  readonly ready: number;
  readonly deferred: number;
  readonly sending: number;
  /** Readers whose digest of it was cancelled, and who had no later one that brought its papers. */
  readonly unserved: number;
}

/** An edition that is not at its end, what of it waits, and what ends that. */
export interface Unfinished {
  readonly name: string;
  readonly words: string;
  /** What to type, where something can be done. */
  readonly command: string;
}

/** What is said of an edition that is not at its end; undefined where it is. */
export function tellUnfinished(facts: UnfinishedFacts): Unfinished | undefined {
  const { name, state, pause, unserved } = facts;
  if (state === 'cut') {
    const words = `Edition ${name} is still written: no reader gets it before that is done, by any worker that runs.`;
    return { name, words, command: 'paperround deliveries status' };
  }
  if (pause?.cancels) {
    if (unserved === 0) return undefined;
    const readers = `${tellCount(unserved)} ${unserved === 1 ? 'reader' : 'readers'}`;
    const words = `Edition ${name} was cancelled by ${tellActor(pause.actor)}: ${readers} got nothing of it, and its papers come with their next digest. To send it all the same, resume it and then resend what failed.`;
    return { name, words, command: `paperround deliveries resume ${name}` };
  }
  const open = countOpen(facts);
  if (open === '') return undefined;
  if (pause) {
    const words = `Edition ${name} stands still with ${open}, by ${tellActor(pause.actor)} (${pause.reason}). A reader's next digest takes its papers along and ends theirs.`;
    return { name, words, command: `paperround deliveries resume ${name}` };
  }
  const words = `Edition ${name} is sent in part: ${open}. They are tried until their readers' next digest takes the papers along, four days at most.`;
  const command = facts.deferred > 0 ? `paperround resend ${name} --deferred` : undefined;
  return { name, words, command: command ?? `paperround deliveries list --edition ${name}` };
}

/** `12 digests ready, 3 deferred`; empty where none is open. */
function countOpen({ ready, deferred, sending }: UnfinishedFacts): string {
  const parts = [
    [ready, 'ready'],
    [deferred, 'deferred'],
    [sending, 'on the wire'],
  ] as const;
  const [first, ...more] = parts.filter(([count]) => count > 0);
  if (!first) return '';
  const [count, state] = first;
  const head = count === 1 ? countOf(1, 'digest') : `${tellCount(count)} digests`;
  return [`${head} ${state}`, ...more.map(([many, other]) => `${tellCount(many)} ${other}`)].join(
    ', ',
  );
}
