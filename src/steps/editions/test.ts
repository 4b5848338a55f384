import type { Edition, EditionTexts } from '../../core/edition/edition.ts';
import type { DigestContent } from '../../core/letter/digest-content.ts';
import { type Address, parseAddress } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { emptyProfile, readerDefaults } from '../../core/reader/subscription.ts';
import type { Store } from '../../store/store.ts';
import { decideDigest, loadTexts } from '../digests/choose.ts';
import { recordTrial } from '../digests/trial.ts';
import { OrderRefused } from '../order-refused.ts';
import { planSending } from '../plan.ts';
import { findTastes } from '../readers/taste.ts';
import type { Outside } from '../steps.ts';
import { findBasis } from './learned.ts';

/** The draft's name wherever an edition is named. */
export const DRAFT = 'draft';

/** A test of an edition. */
export interface TestOrder {
  /** Its name, or `draft`. */
  readonly edition: string;
  readonly to: Address;
  /** The reader whose digest it is; somebody's without wishes where absent. */
  readonly as?: string | undefined;
  readonly actor: string;
}

type TestOutside = Pick<
  Outside,
  | 'store'
  | 'queue'
  | 'config'
  | 'keys'
  | 'rendering'
  | 'renderingHash'
  | 'renderings'
  | 'threads'
  | 'now'
>;

/**
 * Sends what a reader would get of an edition, or of the draft as it stands, to one address
 * alone: it says that it is a test, acts for nobody and covers nothing. Its delivery's id.
 * Throws OrderRefused where there is nothing to send, and for a suppressed address.
 */
export async function sendTest(outside: TestOutside, order: TestOrder): Promise<number> {
  const { store, keys, now } = outside;
  if (await store.records.isSuppressed(hashAddress(keys, order.to.key))) {
    throw new OrderRefused(`${order.to.address} is suppressed: nothing was sent`);
  }
  const texts = await findTexts(outside, order.edition);
  const content = await decideTest(outside, texts, order.as);
  const deliveryId = await store.transaction(async (tx) => {
    const { to, actor, edition } = order;
    const id = await recordTrial({ ...outside, store: tx }, { notice: 'test', to, content });
    const subject = edition === DRAFT ? DRAFT : `edition ${edition}`;
    const detail = { delivery: id };
    await tx.records.recordAudit({ at: now(), actor, action: 'test', subject, detail });
    return id;
  });
  await planSending(outside);
  return deliveryId;
}

async function decideTest(
  outside: Pick<Outside, 'store' | 'threads' | 'now'>,
  texts: EditionTexts,
  as: string | undefined,
): Promise<DigestContent> {
  const { store } = outside;
  const reader = as === undefined ? undefined : await findReader(store, as);
  const subscriberId = reader?.subscriberId ?? 0;
  const taste = (await findTastes(outside, [subscriberId])).get(subscriberId);
  const { papersPerDigest, profile } = reader ?? { ...readerDefaults, profile: emptyProfile };
  const decision = decideDigest(
    { profile, papersPerDigest, taste },
    await loadTexts(store, texts),
    { editions: [texts.id], leftOut: 0 },
  );
  if ('exclusion' in decision) {
    throw new OrderRefused('nothing in it matches what this reader follows: nothing was sent');
  }
  return { ...decision.content, trial: texts, isTest: true };
}

async function findReader(store: Store, address: string) {
  const reader = await store.subscribers.findByAddress(parseAddress(address).key);
  if (!reader) throw new OrderRefused(`${address} has no subscription`, 'missing');
  return reader;
}

async function findTexts(
  outside: Pick<Outside, 'store' | 'config' | 'threads' | 'now'>,
  name: string,
): Promise<EditionTexts> {
  const { store } = outside;
  const edition =
    name === DRAFT ? await store.editions.findDraft() : await store.editions.findByName(name);
  if (!edition) throw new OrderRefused(`there is no edition ${name}`, 'missing');
  const texts =
    edition.state === 'draft'
      ? await writeDraft(outside, edition)
      : (await store.editions.listTexts([edition.id]))[0];
  if (texts && texts.papers.length > 0) return texts;
  throw new OrderRefused(
    `${name === DRAFT ? 'the draft' : `edition ${name}`} has no papers to show`,
  );
}

/** What the draft would be, were it cut now. */
async function writeDraft(
  { store, config, threads, now }: Pick<Outside, 'store' | 'config' | 'threads' | 'now'>,
  { id, cutDueAt }: Edition,
): Promise<EditionTexts> {
  const papers = await store.papers.listOfEdition(id);
  const marks = await store.marks.listOfEdition(id);
  const isPostponed = new Set(
    marks.flatMap(({ paperId, mark }) => (mark === 'postponed' ? paperId : [])),
  );
  const shownPapers = papers.filter((paper) => !isPostponed.has(paper.id));
  const { groups, entries } = await threads.run('edition', [
    shownPapers,
    marks,
    await findBasis(store),
  ]);
  const date = dateIn(config.cut.zone, cutDueAt ?? now());
  const shown = entries.filter(({ sameAs }) => sameAs === null);
  return { id, name: DRAFT, date, isSample: false, groups, papers: shown };
}
