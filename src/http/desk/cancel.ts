import type { FastifyRequest } from 'fastify';
import { tellCount } from '../../core/desk/counted.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { countCancellable } from '../../steps/deliveries/pause.ts';
import type { Outside } from '../../steps/steps.ts';
import type { Site } from '../site.ts';
import { giveOrder } from './order.ts';

/** Whether an edition is paused or cancelled by itself. */
export async function isStopped(
  { store }: Pick<Outside, 'store'>,
  { id }: Pick<Edition, 'id'>,
): Promise<boolean> {
  return (await store.pauses.listActive()).some(({ editionId }) => editionId === id);
}

/** What cancelling an edition would do; undefined where no reader may have it, or it is cancelled. */
export async function tellCancelling(
  outside: Pick<Outside, 'store'>,
  { id, name, releasedAt }: Edition,
): Promise<string | undefined> {
  const pauses = await outside.store.pauses.listActive();
  const isCancelled = pauses.some(({ editionId, cancels }) => editionId === id && cancels);
  if (!name || !releasedAt || isCancelled) return undefined;
  const waiting = await countCancellable(outside, name);
  const mails =
    waiting === 1 ? '1 mail that is ready is' : `${tellCount(waiting)} mails that are ready are`;
  return `${mails} given up, and so is what would still be composed of it: those readers get none of it. What is on the wire goes on, and its page stays. It can be let go on again here: what comes due then is sent.`;
}

/** Cancels what is left of an edition; what came of it. */
export async function cancelEdition(
  site: Site,
  request: FastifyRequest,
  name: string,
): Promise<{ status: string } | { error: string }> {
  const args = { what: name, yes: true };
  const done = await giveOrder(site, request, { name: 'deliveries cancel', args });
  return 'error' in done ? done : { status: done.answer.lines.join(' ') };
}
