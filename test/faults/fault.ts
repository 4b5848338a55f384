import type { Services } from '../harness/services.ts';

/** One fault, by its number in the list of reliability tests. */
export interface Fault {
  readonly number: string;
  readonly name: string;
  /** True for a fault of what the others share: PostgreSQL or Redis. */
  readonly isAlone?: true;
  /** What was seen, in a few words; throws where an invariant broke. */
  run(services: Services): Promise<string>;
}
