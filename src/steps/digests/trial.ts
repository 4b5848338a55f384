import { randomUUID } from 'node:crypto';
import type { EditionTexts } from '../../core/edition/edition.ts';
import { parseFeedAddress } from '../../core/feed/feed.ts';
import { spellOut } from '../../core/letter/digest.ts';
import type { DigestContent } from '../../core/letter/digest-content.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { isFreshAnnouncement } from '../../core/paper/paper.ts';
import { rankPapers } from '../../core/ranking/ranking.ts';
import { buildRankingIndex } from '../../core/ranking/ranking-index.ts';
import type { Address } from '../../core/reader/address.ts';
import { domainOf } from '../../core/reader/address.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import { emptyProfile, readerDefaults } from '../../core/reader/subscription.ts';
import { english, wordsOf } from '../../core/words/words.ts';
import { findBackground, findBasis } from '../editions/learned.ts';
import { planSending } from '../plan.ts';
import type { Outside } from '../steps.ts';
import { freezeDigest } from './freeze.ts';

/** A trial that came to nothing; the message says why. */
export class TrialRefused extends Error {
  override readonly name = 'TrialRefused';
}

const DAY_MS = 24 * 3_600_000;

/**
 * Sends today's real digest of one feed to one address, through the same ledger, without
 * storing a paper or making a subscription. Throws TrialRefused where the feed has
 * nothing new, nothing matches or the address is suppressed, FeedError where it cannot be read.
 */
export async function sendTrial(
  outside: Pick<
    Outside,
    | 'store'
    | 'queue'
    | 'feeds'
    | 'threads'
    | 'config'
    | 'keys'
    | 'rendering'
    | 'renderingHash'
    | 'renderings'
    | 'now'
  >,
  order: { feed: string; to: Address; topics: readonly string[] },
): Promise<{ deliveryId: number; papers: number }> {
  const { store, keys } = outside;
  if (await store.records.isSuppressed(hashAddress(keys, order.to.key))) {
    throw new TrialRefused(`${order.to.address} is suppressed: nothing was sent`);
  }
  const edition = await fetchEdition(outside, order.feed);
  const profile = { ...emptyProfile, topics: order.topics };
  const { choices } = rankPapers(edition.index, { profile }, readerDefaults.papersPerDigest);
  if (choices.length === 0) {
    throw new TrialRefused(
      `none of the ${edition.texts.papers.length} papers matches these topics`,
    );
  }
  const content = { editions: [edition.texts.id], choices, trial: edition.texts };
  const deliveryId = await recordTrial(outside, { notice: 'trial', to: order.to, content });
  await planSending(outside);
  return { deliveryId, papers: choices.length };
}

/** Writes a digest to somebody without a subscription into the ledger, edition and all; its delivery's id. */
export async function recordTrial(
  outside: Pick<Outside, 'store' | 'keys' | 'rendering' | 'renderingHash' | 'renderings' | 'now'>,
  trial: { notice: 'trial' | 'test'; to: Address; content: DigestContent },
): Promise<number> {
  const { store, keys, rendering, now } = outside;
  const { notice, to, content: coded } = trial;
  const isLong = await store.senders.hasOlder();
  const content =
    isLong && coded.trial
      ? spellOut(coded, [coded.trial], wordsOf(rendering.language ?? 'en'))
      : coded;
  const at = now();
  const [id = 0] = await store.deliveries.takeIds(1);
  await store.transaction((tx) =>
    tx.deliveries.insert([
      {
        id,
        kind: 'notice',
        notice,
        noticeKey: `${notice}-${randomUUID()}`,
        editionId: null,
        subscriberId: null,
        resend: 0,
        roundId: null,
        address: to.address,
        addressHash: hashAddress(keys, to.key),
        messageId: buildMessageId(keys, id, domainOf(rendering.from)),
        covers: [],
        at,
        digest: freezeDigest(outside, content, { at }),
      },
    ]),
  );
  return id;
}

/** The feed's newest papers as an edition that is stored nowhere. */
async function fetchEdition(
  {
    store,
    feeds,
    threads,
    config,
    now,
  }: Pick<Outside, 'store' | 'feeds' | 'threads' | 'config' | 'now'>,
  feed: string,
) {
  const at = now();
  const window = { from: new Date(at.getTime() - DAY_MS), to: at };
  const fetched = await feeds.fetchFeed(parseFeedAddress(feed), window);
  const papers = fetched.papers
    .filter(isFreshAnnouncement)
    .map((paper, index) => ({ ...paper, id: index + 1 }));
  if (papers.length === 0) {
    throw new TrialRefused(
      'the feed has no new papers now (arXiv announces none on Saturday and Sunday)',
    );
  }
  const { groups, entries } = await threads.run('edition', [papers, [], await findBasis(store)]);
  const date = fetched.batchDate ?? dateIn(config.cut.zone, at);
  const shown = entries.filter(({ sameAs }) => sameAs === null);
  const texts: EditionTexts = { id: 0, name: date, date, isSample: false, groups, papers: shown };
  const labels = groups.map((group) => sayGroup(group, english).label);
  const index = buildRankingIndex(
    shown.flatMap(({ paperId, groupNumber }) => {
      const paper = papers[paperId - 1];
      return paper ? [{ ...paper, groupLabel: labels[groupNumber] ?? '' }] : [];
    }),
    await findBackground(store),
  );
  return { texts, index };
}
