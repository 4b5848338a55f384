import {
  type AnnouncementText,
  type Audience,
  LONGEST_BODY,
  LONGEST_SUBJECT,
} from '../../core/letter/announcement.ts';
import { findField } from '../../core/reader/fields.ts';
import type { Letter } from '../../mail/render.ts';
import type { Announcement } from '../../store/ledger/announcements.ts';
import { type Foretold, foretellAnnounced } from '../digests/announced.ts';
import { freezeDigest } from '../digests/freeze.ts';
import { OrderRefused } from '../order-refused.ts';
import { hashAddresses } from '../readers/suppress.ts';
import type { Outside } from '../steps.ts';

/** What is to be written, and by whom. */
export interface WriteOrder extends AnnouncementText {
  readonly audience: Audience;
  readonly actor: string;
}

/** Keeps the text of an announcement, which goes to nobody yet; its id. Throws OrderRefused. */
export async function writeAnnouncement(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  order: WriteOrder,
): Promise<number> {
  const draft = readDraft(order, now());
  return store.transaction(async (tx) => {
    const id = await tx.announcements.insert(draft);
    await audit(tx, { id, actor: order.actor, action: 'write', at: draft.at });
    return id;
  });
}

/** Changes one that was not sent yet. Throws OrderRefused. */
export async function changeAnnouncement(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  id: number,
  order: WriteOrder,
): Promise<void> {
  const draft = readDraft(order, now());
  await store.transaction(async (tx) => {
    if (!(await tx.announcements.change(id, draft))) await refuse(tx, id);
    await audit(tx, { id, actor: order.actor, action: 'write', at: draft.at });
  });
}

/** Puts one aside that was not sent yet: it never is. Throws OrderRefused. */
export async function discardAnnouncement(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  id: number,
  actor: string,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    if (!(await tx.announcements.recordDiscarded(id, at))) await refuse(tx, id);
    await audit(tx, { id, actor, action: 'discard', at });
  });
}

/** One by its id. Throws OrderRefused where there is none. */
export async function findAnnouncement(
  { store }: Pick<Outside, 'store'>,
  id: number,
): Promise<Announcement> {
  const found = await store.announcements.find(id);
  if (!found) throw new OrderRefused(`there is no announcement ${id}`, 'missing');
  return found;
}

/** How many it would go to at this moment, to the last one. */
export async function countReaders(
  outside: Pick<Outside, 'store' | 'keys' | 'now'>,
  announcement: Pick<Announcement, 'audience' | 'isService'>,
): Promise<number> {
  // A suppression is known by the hash of an address.
  await hashAddresses(outside);
  return outside.store.announcements.countAudience(announcement, outside.now());
}

/** When the last of its mails goes, where a warm-up spreads them: of a draft, if it were sent now. */
export async function foretellAnnouncement(
  outside: Pick<Outside, 'store' | 'config' | 'now'>,
  found: Announcement,
): Promise<Foretold | undefined> {
  const isDraft = !found.releasedAt && !found.discardedAt;
  if (!isDraft && found.waiting === 0) return undefined;
  const { announcements, warmUps } = outside.store;
  // Who reads what is asked for a warm-up alone.
  if ((await warmUps.find(outside.now()))?.endedAt !== null) return undefined;
  const more = isDraft ? await announcements.countProviders(found, outside.now()) : [];
  return foretellAnnounced(outside, more);
}

/** The letter as a reader would get it, without the links that act for one. */
export function previewAnnouncement(
  outside: Pick<
    Outside,
    'renderer' | 'keys' | 'rendering' | 'renderingHash' | 'renderings' | 'config' | 'now'
  >,
  announcement: AnnouncementText & { readonly id: number },
): Letter {
  const digest = freezeDigest(outside, { announcement: announcement.id }, { at: outside.now() });
  const { from } = outside.rendering;
  return outside.renderer.renderShown({
    delivery: {
      ...digest,
      id: 0,
      subscriptionId: 0,
      address: 'reader@readers.invalid',
      messageId: `<preview@${from.slice(from.indexOf('@') + 1)}>`,
    },
    editions: [],
    announcement,
    rendering: outside.rendering,
  });
}

function readDraft({ actor, ...order }: WriteOrder, at: Date) {
  const subject = order.subject.replace(/\s+/g, ' ').trim();
  const body = order.body.replaceAll('\0', '').replaceAll('\r\n', '\n').trim();
  const address = order.audience.address?.trim() || undefined;
  const { field } = order.audience;
  if (subject === '') throw new OrderRefused('it has no subject');
  if (subject.length > LONGEST_SUBJECT) throw tooLong('subject', LONGEST_SUBJECT);
  if (body === '') throw new OrderRefused('it has no text');
  if (body.length > LONGEST_BODY) throw tooLong('text', LONGEST_BODY);
  if (field && !findField(field)) throw new OrderRefused(`there is no field "${field}"`);
  const audience = { ...(field ? { field } : {}), ...(address ? { address } : {}) };
  return { ...order, subject, body, audience, writtenBy: actor, at };
}

function tooLong(what: string, most: number): OrderRefused {
  return new OrderRefused(`its ${what} may have at most ${most} characters`);
}

async function refuse(store: Outside['store'], id: number): Promise<never> {
  const { releasedAt } = await findAnnouncement({ store }, id);
  const why = releasedAt ? 'was sent already' : 'was put aside';
  throw new OrderRefused(`announcement ${id} ${why}: write another`, 'conflict');
}

/** Writes down what was done with an announcement, in the caller's transaction. */
export function audit(
  store: Outside['store'],
  entry: {
    id: number;
    actor: string;
    action: string;
    at: Date;
    detail?: Record<string, unknown>;
  },
) {
  const { id, detail = {}, ...rest } = entry;
  return store.records.recordAudit({ ...rest, subject: `announcement ${id}`, detail });
}
