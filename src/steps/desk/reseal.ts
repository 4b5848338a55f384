import { resealPlaces } from '../channels/channels.ts';
import { resealLibraries } from '../readers/follow.ts';
import { resealShelves } from '../readers/shelf.ts';
import type { Outside } from '../steps.ts';
import { resealEndpoints } from '../webhooks/endpoints.ts';
import { resealFactors } from './second-factor.ts';

/** Seals under the newest key what hangs on an older one, so that this one can be dropped; how many. */
export async function resealAll(outside: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const kinds = [resealFactors, resealLibraries, resealShelves, resealPlaces, resealEndpoints];
  let count = 0;
  for (const reseal of kinds) count += await reseal(outside);
  return count;
}
