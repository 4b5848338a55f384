import type { Services } from '../harness/services.ts';

/** One fault, by its number in the list of reliability tests. */
export interface Fault {
  readonly number: string;
  readonly name: string;
  /** True for what must not share the machine: it measures a rate. */
  readonly isAlone?: true;
  /** True for a fault of PostgreSQL or Redis, which then are its own. */
  readonly breaksServices?: true;
  /** What was seen, in a few words; throws where an invariant broke. */
  run(services: Services): Promise<string>;
}
