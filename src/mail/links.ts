import type { EditionTexts } from '../core/edition/edition.ts';
import { editionPath } from '../core/edition/edition-link.ts';
import type { StoredDelivery } from '../core/letter/delivery.ts';
import type { DigestContent } from '../core/letter/digest-content.ts';
import type { DigestLinks } from '../core/letter/digest-view.ts';
import type { NoticeContent } from '../core/letter/notice.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { buildToken, type KeyRing, type Right } from '../core/reader/keys.ts';
import { buildReference, LEAVING_SUBJECT } from '../core/reader/references.ts';

type Letter = Pick<StoredDelivery, 'id' | 'subscriptionId' | 'keyId'>;
type Site = Pick<Rendering, 'publicUrl' | 'isForMembers' | 'webPath'>;

/** The links of a digest, signed with the key that was frozen with it; none that acts for a reader where there is no subscription. */
export function linkDigest(
  keys: KeyRing,
  letter: Letter & { readonly content: DigestContent; readonly editions: readonly EditionTexts[] },
  { publicUrl, isForMembers, webPath = '' }: Site,
): DigestLinks {
  const { content, editions, subscriptionId, id } = letter;
  const newest = editions.find((edition) => edition.id === content.editions[0]);
  const path = newest && !content.trial ? editionPath(newest) : '';
  const web = `${publicUrl}${webPath}`;
  if (subscriptionId === null) return { home: `${web}/`, edition: `${web}${path}` };
  const link = signer(keys, letter, publicUrl);
  const begin = `${isForMembers ? link('read', subscriptionId) : publicUrl}${webPath}`;
  return {
    home: `${begin}/`,
    edition: `${begin}${path || (isForMembers ? '/' : '')}`,
    ...(isForMembers ? { subscribe: `${web}/subscribe` } : {}),
    ...(content.date === undefined ? { view: link('view', id) } : {}),
    preferences: link('preferences', subscriptionId),
    unsubscribe: link('unsubscribe', subscriptionId),
    vote: link('vote', id),
    keep: link('keep', id),
    // Signed in, whoever got this mail: nobody else speaks in their name.
    ...(content.inCircle ? { circle: `${begin}/circles/for` } : {}),
  };
}

/** The links of a notice: its button's, one more to read, and the way out where it goes to a subscriber as such. */
export function linkNotice(
  keys: KeyRing,
  letter: Letter & { readonly content: NoticeContent },
  { publicUrl, isForMembers, webPath = '' }: Site,
) {
  const { content, subscriptionId } = letter;
  const link = signer(keys, letter, publicUrl);
  const { button, more } = content;
  const isSubscribed = content.isSubscribed && subscriptionId !== null;
  const isOwn = isForMembers && isSubscribed;
  const begin = `${isOwn ? link('read', subscriptionId) : publicUrl}${webPath}`;
  return {
    ...(more ? { more: { label: more.label, url: `${begin}${more.path}` } } : {}),
    ...(button
      ? {
          button: {
            label: button.label,
            url: `${link(button.right, button.row)}${button.path ?? ''}`,
          },
        }
      : {}),
    links: {
      home: `${publicUrl}${webPath}/`,
      ...(isSubscribed
        ? {
            preferences: link('preferences', subscriptionId),
            unsubscribe: link('unsubscribe', subscriptionId),
          }
        : {}),
    },
  };
}

/** The links of an announcement: the way out is out of announcements alone. */
export function linkAnnouncement(keys: KeyRing, letter: Letter, { publicUrl, webPath = '' }: Site) {
  const home = `${publicUrl}${webPath}/`;
  const { subscriptionId } = letter;
  if (subscriptionId === null) return { home };
  const link = signer(keys, letter, publicUrl);
  return {
    home,
    preferences: link('preferences', subscriptionId),
    unsubscribe: link('announcements', subscriptionId),
  };
}

/** The address that one leaves by writing to it (RFC 2369, 3.2), as a link. */
export function linkLeaving(
  keys: KeyRing,
  { subscriptionId, keyId }: { subscriptionId: number; keyId: string },
  inboundDomain: string,
  purpose: 'leave' | 'end_announcements' = 'leave',
): string {
  const reference = buildReference(keys, { purpose, id: subscriptionId }, keyId);
  return `mailto:${reference}@${inboundDomain}?subject=${LEAVING_SUBJECT}`;
}

function signer(keys: KeyRing, { keyId }: Letter, publicUrl: string) {
  return (right: Right, row: number) =>
    `${publicUrl}/${right}/${buildToken(keys, right, row, keyId)}`;
}
