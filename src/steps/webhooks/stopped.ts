import type { StoppedWebhook } from '../../core/webhooks/stopped.ts';
import type { Outside } from '../steps.ts';

/** Webhooks that were switched off by no hand. */
export async function listStopped({ store }: Pick<Outside, 'store'>): Promise<StoppedWebhook[]> {
  const webhooks = await store.webhooks.list();
  return webhooks.flatMap(({ name, offBecause, offAt }) =>
    offBecause && offBecause !== 'hand' && offAt ? [{ name, because: offBecause, at: offAt }] : [],
  );
}
