import type { Rendering } from '../core/letter/rendering.ts';
import type { KeyRing } from '../core/reader/keys.ts';
import type { Language } from '../core/words/languages.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { Proofs } from '../mail/proof/proofs.ts';
import type { MxGroups } from '../mail/relay/mx-groups.ts';
import type { Relay } from '../mail/relay/relay.ts';
import type { Renderer } from '../mail/render.ts';
import type { Models } from '../models/models.ts';
import type { Poster } from '../poster/poster.ts';
import type { Config } from '../process/config.ts';
import type { Memory } from '../queue/memory.ts';
import type { Queue } from '../queue/queue.ts';
import type { Store } from '../store/store.ts';
import type { Threads } from '../threads/threads.ts';

/**
 * The outside things that a step may touch. Each step takes a `Pick` of these, so that
 * its signature says which; the composition root makes them.
 */
export interface Outside {
  readonly config: Config;
  readonly store: Store;
  readonly queue: Queue;
  /** What is remembered outside the database. */
  readonly memory: Memory;
  readonly feeds: Feeds;
  readonly threads: Threads;
  readonly poster: Poster;
  /** Absent where the configuration names no endpoint. */
  readonly models?: Models | undefined;
  readonly relay: Relay;
  readonly mxGroups: MxGroups;
  readonly proofs: Proofs;
  readonly renderer: Renderer;
  readonly keys: KeyRing;
  /** Today's templates and settings, already stored under `renderingHash`. */
  readonly rendering: Rendering;
  readonly renderingHash: string;
  /** The hashes of the same in each language. */
  readonly renderings: Readonly<Record<Language, string>>;
  readonly now: () => Date;
}
