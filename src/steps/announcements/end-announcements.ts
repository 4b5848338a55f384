import type { Subscription } from '../../core/reader/subscription.ts';
import type { Outside } from '../steps.ts';

/**
 * Ends announcements to a reader at once, with those that are not on the wire yet; their digests go
 * on. Doing it again changes nothing; undefined where there is no such reader.
 */
export async function endAnnouncements(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriptionId: number,
  how: 'page' | 'one-click' | 'mailto' | 'complaint',
): Promise<Subscription | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    const reader = await tx.subscribers.find(subscriptionId);
    if (!reader) return undefined;
    if (await tx.subscribers.recordNoAnnouncements(subscriptionId)) {
      await tx.deliveries.failAnnouncements(reader.subscriberId, at);
      const subject = `subscription ${subscriptionId}`;
      const entry = { at, actor: 'reader', action: 'end_announcements', subject };
      await tx.records.recordAudit({ ...entry, detail: { how } });
    }
    return reader;
  });
}
