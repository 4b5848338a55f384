import type { Outside } from '../../src/steps/steps.ts';
import type { Clock } from './context.ts';
import { compose, cutWith, subscribe } from './morning.ts';
import { makePapers } from './papers.ts';

/** One edition and a frozen round of `count` readers, their digests ready to be sent; the readers' addresses. */
export async function prepareRound(
  outside: Outside,
  clock: Clock,
  count: number,
): Promise<string[]> {
  const addresses = Array.from({ length: count }, (_, at) => `reader${at}@readers.example`);
  for (const address of addresses) await subscribe(outside, address);
  await cutWith(outside, makePapers('round', 5));
  clock.advance(24 * 3_600_000);
  const report = await compose(outside);
  if (report?.deliveries !== count) throw new Error(`composed ${report?.deliveries} of ${count}`);
  return addresses;
}
