import type { EditionTexts } from '../../core/edition/edition.ts';
import { type AnnouncementText, isAnnouncement } from '../../core/letter/announcement.ts';
import type { StoredDelivery } from '../../core/letter/delivery.ts';
import { type DigestContent, isDigest } from '../../core/letter/digest-content.ts';
import type { SaidNote } from '../../core/letter/item.ts';
import type { Rendering } from '../../core/letter/rendering.ts';
import { listNoteIds, withNotes } from '../../core/letter/said-notes.ts';
import { emptyProfile, type Subscription } from '../../core/reader/subscription.ts';
import { english } from '../../core/words/words.ts';
import type { Message } from '../../mail/message.ts';
import type { Letter, Renderable } from '../../mail/render.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { decideDigest, loadEdition } from './choose.ts';
import { digestFor } from './freeze.ts';

/** The texts and renderings that several deliveries share, each read once. */
export interface Shared {
  texts(ids: readonly number[]): Promise<EditionTexts[]>;
  announcement(id: number): Promise<AnnouncementText | undefined>;
  rendering(hash: string): Promise<Rendering>;
  /** What members of circles said, as it stands at this moment: read each time. */
  notes(ids: readonly string[]): Promise<SaidNote[]>;
}

/** Makes a memory for one job; it is dropped with the job, so nothing in it grows old. */
export function createShared({ store }: Pick<Outside, 'store'>): Shared {
  const remember = <Value>(load: (key: string) => Promise<Value>) => {
    const known = new Map<string, Promise<Value>>();
    return (key: string) => {
      const value = known.get(key) ?? load(key);
      known.set(key, value);
      return value;
    };
  };
  const announcements = remember((id) => store.announcements.find(Number(id)));
  const announcement = (id: number) => announcements(String(id));
  const texts = remember((id) => store.editions.listTexts([Number(id)]));
  return {
    texts: async (ids) => (await Promise.all(ids.map((id) => texts(String(id))))).flat(),
    announcement,
    rendering: remember((hash) => store.records.getRendering(hash)),
    notes: (ids) => store.circleNotes.listSaid(ids),
  };
}

type ViewOutside = Pick<Outside, 'store' | 'renderer'>;

/** The letter of a stored delivery: the one way to its bytes, for sending, preview and retry alike. Undefined after pruning or erasing. */
export async function renderDelivery(
  outside: ViewOutside,
  deliveryId: number,
  shared: Shared = createShared(outside),
): Promise<Letter | undefined> {
  const delivery = await outside.store.deliveries.find(deliveryId);
  if (!delivery?.address) return undefined;
  return outside.renderer.renderLetter(await loadParts(delivery, shared));
}

/** The message of a stored delivery that was read before, the same as `renderDelivery` gives. Throws where its address was erased. */
export async function renderForSending(
  outside: Pick<Outside, 'renderer'>,
  delivery: StoredDelivery,
  shared: Shared,
): Promise<Message> {
  return outside.renderer.renderMessage(await loadParts(delivery, shared));
}

/** The same letter as an operator may see it: the tokens of its links are cut out. Undefined after pruning or erasing, and for a post. */
export async function renderShown(
  outside: ViewOutside,
  deliveryId: number,
): Promise<Letter | undefined> {
  const delivery = await outside.store.deliveries.find(deliveryId);
  if (!delivery?.address || delivery.kind === 'post') return undefined;
  const parts = await loadParts(delivery, createShared(outside));
  return outside.renderer.renderShown(parts);
}

/** A digest as a page for whoever holds its link; undefined after pruning or erasing, and for what is no digest. */
export async function renderWebView(
  outside: ViewOutside,
  deliveryId: number,
): Promise<string | undefined> {
  const delivery = await outside.store.deliveries.find(deliveryId);
  if (!delivery?.address) return undefined;
  const parts = await loadParts(delivery, createShared(outside));
  return outside.renderer.renderWebView(parts)?.html;
}

type PreviewOutside = ViewOutside &
  Pick<Outside, 'threads' | 'keys' | 'rendering' | 'renderingHash' | 'renderings' | 'now'>;

/**
 * What a reader got of an edition, or, where there is no delivery, what they would get.
 * Without a reader: what someone without wishes would; `shown` without the tokens of its links.
 * Undefined where nothing matches.
 */
export async function previewEdition(
  outside: PreviewOutside,
  editionId: number,
  reader: Subscription = nobody,
  as: 'sent' | 'shown' = 'sent',
): Promise<Letter | undefined> {
  const source = await findPreview(outside, editionId, reader);
  if (!source) return undefined;
  const { renderer } = outside;
  return as === 'sent' ? renderer.renderLetter(source) : renderer.renderShown(source);
}

/** A reader's digest of an edition by today's templates, whatever it went out by: as it would go out, and as it may be shown. */
export async function previewToday(
  outside: PreviewOutside,
  editionId: number,
  reader?: Subscription,
): Promise<{ readonly sent: Letter; readonly shown: Letter } | undefined> {
  const source = await findPreview(outside, editionId, reader);
  if (!source) return undefined;
  const { renderer, rendering, renderingHash } = outside;
  const delivery = { ...source.delivery, rendering: renderingHash };
  const today = { ...source, delivery, rendering };
  return { sent: renderer.renderLetter(today), shown: renderer.renderShown(today) };
}

/** What such a preview is rendered from; undefined where nothing matches. */
export async function findPreview(
  outside: PreviewOutside,
  editionId: number,
  reader: Subscription = nobody,
): Promise<Renderable | undefined> {
  const { store } = outside;
  const [sent] = await store.deliveries.listOfReader(editionId, reader.subscriberId);
  if (sent) {
    const delivery = await store.deliveries.find(sent.id);
    if (!delivery?.address) return undefined;
    return loadParts(delivery, createShared(outside));
  }
  const editions = await loadEdition(store, editionId);
  const tastes = await findTastes(outside, [reader.subscriberId]);
  const taste = tastes.get(reader.subscriberId);
  const covers = { editions: [editionId], leftOut: 0 };
  const decision = decideDigest({ ...reader, taste }, editions, covers);
  if ('exclusion' in decision) return undefined;
  const copy = digestFor(outside, {
    id: 0,
    reader,
    addressHash: '',
    content: decision.content,
    copies: undefined,
    at: outside.now(),
    roundId: null,
    // It is shown and not written.
    form: { isLong: false, editions: [], words: english },
  });
  const subscriptionId = reader === nobody ? null : reader.id;
  return {
    delivery: { ...copy.digest, ...copy, subscriptionId },
    editions: [...editions.texts.values()],
    rendering: outside.rendering,
  };
}

const nobody: Subscription = {
  id: 0,
  subscriberId: 0,
  address: 'reader@readers.invalid',
  state: 'active',
  profile: emptyProfile,
  papersPerDigest: 10,
  schedule: { days: [1, 2, 3, 4, 5], minuteOfDay: 420, zone: 'Etc/UTC' },
  pausedUntil: null,
  announcements: 'none',
  confirmedAt: null,
  isSample: true,
  endedAt: null,
  endReason: null,
};

/** The editions whose texts a digest shows: those it covers, and those of its rising papers. */
function editionsOf({ editions, rising = [] }: DigestContent): number[] {
  return [...new Set([...editions, ...rising.map(({ edition }) => edition)])];
}

async function loadParts<Delivery extends Pick<StoredDelivery, 'content' | 'rendering'>>(
  delivery: Delivery,
  shared: Shared,
): Promise<Pick<Renderable, 'editions' | 'rendering' | 'announcement'> & { delivery: Delivery }> {
  const { content, rendering } = delivery;
  const loadEditionsOf = async () => {
    if (!isDigest(content)) return [];
    return content.trial ? [content.trial] : shared.texts(editionsOf(content));
  };
  const announcement = isAnnouncement(content)
    ? await shared.announcement(content.announcement)
    : undefined;
  return {
    delivery: await fillNotes(delivery, shared),
    editions: await loadEditionsOf(),
    rendering: await shared.rendering(rendering),
    ...(announcement ? { announcement } : {}),
  };
}

/** The same delivery with what members of circles said of its papers. */
async function fillNotes<Delivery extends Pick<StoredDelivery, 'content'>>(
  delivery: Delivery,
  shared: Shared,
): Promise<Delivery> {
  const { content } = delivery;
  const ids = isDigest(content) ? listNoteIds(content) : [];
  if (!isDigest(content) || ids.length === 0) return delivery;
  return { ...delivery, content: withNotes(content, await shared.notes(ids)) };
}
