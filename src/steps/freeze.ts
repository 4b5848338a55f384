import { randomBytes } from 'node:crypto';
import { domainOf } from '../core/address.ts';
import type { FrozenDigest } from '../core/delivery.ts';
import type { DigestContent } from '../core/digest.ts';
import { hashAddress } from '../core/keys.ts';
import type { Outside } from './steps.ts';

/** Fixes everything that a message depends on beside the stored edition. */
export function freezeDigest(
  { keys, renderingHash }: Pick<Outside, 'keys' | 'renderingHash'>,
  content: DigestContent,
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
export function messageIdOf(
  { keys, rendering }: Pick<Outside, 'keys' | 'rendering'>,
  copy: { editionId: number; subscriberId: number; resend: number },
): string {
  const reader = hashAddress(keys, `reader:${copy.subscriberId}`).slice(0, 16);
  return `<e${copy.editionId}.${reader}.r${copy.resend}@${domainOf(rendering.from)}>`;
}
