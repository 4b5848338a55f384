import type { NoticeContent } from '../../core/letter/notice.ts';
import type { CodedNote } from '../../core/letter/quiet-note.ts';
import { inWords } from '../../core/letter/stored-content.ts';
import { domainOf } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { NewDelivery } from '../../store/ledger/deliveries.ts';
import { freezeDigest } from '../digests/freeze.ts';
import type { Outside } from '../steps.ts';
import { recordTyped } from './slow-down.ts';

/** A notice to one address. */
export interface Notice {
  /** What it is for, in one word: `confirmation`. */
  readonly notice: string;
  /** Unique for ever: the same key is never mailed twice. */
  readonly key: string;
  readonly address: string;
  /** Absent where no subscriber stands behind the address. */
  readonly subscriberId: number | null;
  readonly content: NoticeContent | CodedNote;
  /** Present where a stranger typed the address: at which IP address, null where it was forgotten. */
  readonly typedFrom?: string | null;
}

/**
 * Writes a notice into the ledger, to be sent like every delivery, in the caller's
 * transaction. Its delivery's id; undefined where its key was used before.
 */
export async function recordNotice(
  outside: Pick<Outside, 'store' | 'keys' | 'rendering' | 'renderingHash'>,
  notice: Notice,
  at: Date,
): Promise<number | undefined> {
  const [id] = await recordNotices(outside, [notice], at);
  return id;
}

/** The same for several at once; their deliveries' ids. */
export async function recordNotices(
  outside: Pick<Outside, 'store' | 'keys' | 'rendering' | 'renderingHash'>,
  notices: readonly Notice[],
  at: Date,
): Promise<number[]> {
  if (notices.length === 0) return [];
  const isCoded = notices.some(({ content }) => 'quiet' in content);
  const isLong = isCoded && (await outside.store.senders.hasOlder());
  const deliveries = notices.map((notice) => deliveryOf(outside, notice, { at, isLong }));
  const ids = await outside.store.deliveries.insert(deliveries);
  for (const [index, { typedFrom: from, address }] of notices.entries()) {
    const deliveryId = ids.get(deliveries[index]?.messageId ?? '');
    if (deliveryId !== undefined && from !== undefined) {
      await recordTyped(outside, { deliveryId, address, from }, at);
    }
  }
  return [...ids.values()];
}

function deliveryOf(
  outside: Pick<Outside, 'keys' | 'rendering' | 'renderingHash'>,
  { notice, key, address, subscriberId, content }: Notice,
  { at, isLong }: { at: Date; isLong: boolean },
): NewDelivery {
  const { keys, rendering } = outside;
  const hash = hashAddress(keys, `notice:${key}`).slice(0, 24);
  return {
    kind: 'notice',
    notice,
    noticeKey: key,
    editionId: null,
    subscriberId,
    resend: 0,
    roundId: null,
    address,
    addressHash: hashAddress(keys, address.toLowerCase()),
    messageId: `<n.${hash}@${domainOf(rendering.from)}>`,
    covers: [],
    at,
    digest: freezeDigest(outside, inWords(content), at),
    ...(isLong ? {} : { stored: { content, packed: null } }),
  };
}
