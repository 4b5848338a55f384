import { buildMessageId } from '../../core/letter/message-id.ts';
import type { NoticeContent } from '../../core/letter/notice.ts';
import type { CodedNote } from '../../core/letter/quiet-note.ts';
import { inWords } from '../../core/letter/stored-content.ts';
import { domainOf } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Language } from '../../core/words/languages.ts';
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
  /** In which language it is said; absent where in the site's. */
  readonly language?: Language | undefined;
  readonly content: NoticeContent | CodedNote;
  /** Present where a stranger typed the address: at which IP address, null where it was forgotten. */
  readonly typedFrom?: string | null;
}

/**
 * Writes a notice into the ledger, to be sent like every delivery, in the caller's
 * transaction. Its delivery's id; undefined where its key was used before.
 */
export async function recordNotice(
  outside: Pick<Outside, 'store' | 'keys' | 'rendering' | 'renderingHash' | 'renderings'>,
  notice: Notice,
  at: Date,
): Promise<number | undefined> {
  const [id] = await recordNotices(outside, [notice], at);
  return id;
}

/** The same for several at once; their deliveries' ids. */
export async function recordNotices(
  outside: Pick<Outside, 'store' | 'keys' | 'rendering' | 'renderingHash' | 'renderings'>,
  notices: readonly Notice[],
  at: Date,
): Promise<number[]> {
  if (notices.length === 0) return [];
  const { store } = outside;
  const isCoded = notices.some(({ content }) => 'quiet' in content);
  const isLong = isCoded && (await store.senders.hasOlder());
  const ids = await store.deliveries.takeIds(notices.length);
  const deliveries = notices.map((notice, place) =>
    deliveryOf(outside, notice, { id: ids[place] ?? 0, at, isLong }),
  );
  const written = await store.deliveries.insert(deliveries);
  for (const [place, { typedFrom: from, address }] of notices.entries()) {
    const deliveryId = ids[place] ?? 0;
    if (written.has(deliveryId) && from !== undefined) {
      await recordTyped(outside, { deliveryId, address, from }, at);
    }
  }
  return [...written];
}

function deliveryOf(
  outside: Pick<Outside, 'keys' | 'rendering' | 'renderingHash' | 'renderings'>,
  { notice, key, address, subscriberId, content, language }: Notice,
  { id, at, isLong }: { id: number; at: Date; isLong: boolean },
): NewDelivery {
  const { keys, rendering } = outside;
  return {
    id,
    kind: 'notice',
    notice,
    noticeKey: key,
    editionId: null,
    subscriberId,
    resend: 0,
    roundId: null,
    address,
    addressHash: hashAddress(keys, address.toLowerCase()),
    messageId: buildMessageId(keys, id, domainOf(rendering.from)),
    covers: [],
    at,
    digest: freezeDigest(outside, inWords(content), { at, language }),
    ...(isLong ? {} : { stored: { content, packed: null } }),
  };
}
