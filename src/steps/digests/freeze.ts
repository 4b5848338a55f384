import { randomBytes } from 'node:crypto';
import type { EditionTexts } from '../../core/edition/edition.ts';
import type { FrozenDigest } from '../../core/letter/delivery.ts';
import { spellOut } from '../../core/letter/digest.ts';
import type { DigestContent } from '../../core/letter/digest-content.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { packDigest } from '../../core/letter/packed-digest.ts';
import type { StoredContent } from '../../core/letter/stored-content.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { Profile, Subscription } from '../../core/reader/subscription.ts';
import type { Language } from '../../core/words/languages.ts';
import type { Words } from '../../core/words/words.ts';
import type { NewDelivery } from '../../store/ledger/deliveries.ts';
import type { Outside } from '../steps.ts';

/** What it takes to decide a digest by itself, freeze it and have it sent. */
export type FreezeOutside = Pick<
  Outside,
  | 'store'
  | 'queue'
  | 'threads'
  | 'keys'
  | 'config'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'now'
>;

/**
 * Fixes everything that a message depends on beside the stored edition. A digest that is packed
 * keeps nothing that its delivery says: its seed follows from the Message-ID.
 */
export function freezeDigest(
  { keys, renderingHash, renderings }: Pick<Outside, 'keys' | 'renderingHash' | 'renderings'>,
  content: FrozenDigest['content'],
  { at, language }: { readonly at: Date; readonly language?: Language | undefined },
): FrozenDigest {
  return {
    content,
    rendering: hashIn({ renderingHash, renderings }, language),
    date: at,
    seed: makeSeed(),
    keyId: keys.newest,
  };
}

/** The hash of the rendering in a language; without one, in the site's. */
export function hashIn(
  { renderingHash, renderings }: Pick<Outside, 'renderingHash' | 'renderings'>,
  language: Language | undefined,
): string {
  return language === undefined ? renderingHash : renderings[language];
}

/** What the boundaries of one letter's parts are made of. */
export function makeSeed(): string {
  return randomBytes(12).toString('hex');
}

/** In which form digests are written now, and the texts that the long one is spelt with. */
export interface Form {
  /** True as long as a sending process of an older version lives: it reads the long form alone. */
  readonly isLong: boolean;
  readonly editions: readonly EditionTexts[];
  readonly words: Words;
}

/** A digest as it is written; a copy of a packed one, whose texts are not at hand, stays packed. */
export function storeContent(
  content: DigestContent,
  { isLong, editions, words }: Form,
): StoredContent {
  if (!isLong) return { content: null, packed: packDigest(content) };
  const isSpelt = content.choices.every(({ reason }) => typeof reason === 'string');
  if (isSpelt) return { content, packed: null };
  return editions.length > 0
    ? { content: spellOut(content, editions, words), packed: null }
    : { content: null, packed: packDigest(content) };
}

/** One reader's copy of the newest edition that their digest covers, under an id that was taken for it. */
export function digestFor(
  outside: Pick<Outside, 'keys' | 'rendering' | 'renderingHash' | 'renderings'>,
  copy: {
    id: number;
    reader: Pick<Subscription, 'subscriberId' | 'address'> & {
      readonly profile?: Pick<Profile, 'language'>;
    };
    addressHash: string;
    content: DigestContent;
    copies: ReadonlyMap<number, number> | undefined;
    at: Date;
    roundId: number | null;
    form: Form;
  },
): NewDelivery & { readonly subscriberId: number } {
  const { id, reader, content, at } = copy;
  const editionId = content.editions[0] ?? null;
  // One of items alone is made here only as a copy.
  const resend = editionId === null ? 1 : (copy.copies?.get(editionId) ?? 0);
  const items = content.items?.length;
  const { subscriberId, address } = reader;
  return {
    id,
    kind: 'digest',
    notice: null,
    noticeKey: editionId === null ? `items-copy-${id}` : null,
    editionId,
    subscriberId,
    resend,
    roundId: copy.roundId,
    address,
    addressHash: copy.addressHash,
    messageId: buildMessageId(outside.keys, id, domainOf(outside.rendering.from)),
    covers: content.editions,
    at,
    digest: freezeDigest(outside, content, { at, language: reader.profile?.language }),
    stored: storeContent(content, copy.form),
    ...(items ? { items } : {}),
  };
}
