import { Readable } from 'node:stream';
import { importSubscribers } from '../../src/steps/readers/import.ts';
import type { Outside } from '../../src/steps/steps.ts';
import type { Clock } from './context.ts';
import { compose, cutWith, subscribe } from './morning.ts';
import { makePapers } from './papers.ts';

/** More than these are taken over from a file, in a tenth of the time. */
const FEW = 1_000;

/** One edition and a frozen round of `count` readers, their digests ready to be sent; the readers' addresses. */
export async function prepareRound(
  outside: Outside,
  clock: Clock,
  count: number,
): Promise<string[]> {
  const addresses = Array.from({ length: count }, (_, at) => `reader${at}@readers.example`);
  if (count > FEW) await takeOver(outside, addresses);
  else for (const address of addresses) await subscribe(outside, address);
  await cutWith(outside, makePapers('round', 5));
  clock.advance(24 * 3_600_000);
  const report = await compose(outside);
  if (report?.deliveries !== count) throw new Error(`composed ${report?.deliveries} of ${count}`);
  return addresses;
}

async function takeOver(outside: Outside, addresses: readonly string[]): Promise<void> {
  const today = outside.now().toISOString().slice(0, 10);
  const rows = addresses.map((address) => `${address},${today},1|2|3|4|5|6|7,Etc/UTC`);
  const file = () =>
    Readable.from([Buffer.from(['address,confirmed_at,days,zone', ...rows].join('\n'))]);
  const order = {
    source: 'made up',
    unconfirmed: 'refuse',
    isDryRun: false,
    actor: 'test',
  } as const;
  const { active, fault } = await importSubscribers(outside, file, order);
  if (active !== addresses.length) throw new Error(`${active} were taken over: ${fault}`);
}
