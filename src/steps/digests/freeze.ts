import { randomBytes } from 'node:crypto';
import type { FrozenDigest } from '../../core/letter/delivery.ts';
import type { DigestContent } from '../../core/letter/digest.ts';
import { domainOf } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { NewDelivery } from '../../store/ledger/deliveries.ts';
import type { Outside } from '../steps.ts';

/** Fixes everything that a message depends on beside the stored edition. */
export function freezeDigest(
  { keys, renderingHash }: Pick<Outside, 'keys' | 'renderingHash'>,
  content: FrozenDigest['content'],
  at: Date,
): FrozenDigest {
  return {
    content,
    rendering: renderingHash,
    date: at,
    seed: randomBytes(12).toString('hex'),
    keyId: keys.newest,
  };
}

/**
 * The Message-ID of one reader's copy of one edition: the same however often it is tried,
 * another for each resend, and silent about who reads.
 */
function messageIdOf(
  { keys, rendering }: Pick<Outside, 'keys' | 'rendering'>,
  copy: { editionId: number; subscriberId: number; resend: number },
): string {
  const reader = hashAddress(keys, `reader:${copy.subscriberId}`).slice(0, 16);
  return `<e${copy.editionId}.${reader}.r${copy.resend}@${domainOf(rendering.from)}>`;
}

/** One reader's copy of the newest edition that their digest covers. */
export function digestFor(
  outside: Pick<Outside, 'keys' | 'rendering' | 'renderingHash'>,
  copy: {
    reader: Pick<Subscription, 'subscriberId' | 'address'>;
    addressHash: string;
    content: DigestContent;
    copies: ReadonlyMap<number, number> | undefined;
    at: Date;
    roundId: number | null;
  },
): NewDelivery {
  const { reader, content, at } = copy;
  const editionId = content.editions[0] ?? 0;
  const resend = copy.copies?.get(editionId) ?? 0;
  const { subscriberId, address } = reader;
  return {
    kind: 'digest',
    notice: null,
    noticeKey: null,
    editionId,
    subscriberId,
    resend,
    roundId: copy.roundId,
    address,
    addressHash: copy.addressHash,
    messageId: messageIdOf(outside, { editionId, subscriberId, resend }),
    covers: content.editions,
    at,
    digest: freezeDigest(outside, content, at),
  };
}
