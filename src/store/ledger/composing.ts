import { remember } from '../../core/letter/remember.ts';
import type { StoredContent } from '../../core/letter/stored-content.ts';
import type { LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile, SubscriptionState } from '../../core/reader/subscription.ts';
import { type Database, json, listOf, sql, textsOf } from '../database.ts';

/** A candidate of a round whose outcome is open: what composing asks of a subscription. */
export interface PendingCandidate {
  readonly id: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly state: SubscriptionState;
  readonly profile: Profile;
  /** The profile as its row has it: whoever asks for the same has the same text. */
  readonly wishes: string;
  readonly papersPerDigest: number;
  /** The weekdays on which they are due. */
  readonly days: readonly number[];
  readonly pausedUntil: Date | null;
  readonly confirmedAt: Date | null;
  readonly localDate: string;
}

/** As a query gives it: the days are told as JSON, and what they and the wishes say is added. */
type PendingRow = Omit<PendingCandidate, 'profile' | 'days'> & {
  profile: Profile;
  days: readonly number[];
  readonly told: string;
};

/** The digest of one candidate, with its delivery. */
export interface CandidateDigest {
  /** Taken for it before. */
  readonly id: number;
  readonly subscriptionId: number;
  readonly localDate: string;
  readonly subscriberId: number;
  /** Null for one of items alone, which has a key that is used once. */
  readonly editionId: number | null;
  readonly key: string | null;
  /** The items that it tells of; `items.recordTold` writes which. */
  readonly items: readonly number[];
  readonly resend: number;
  readonly address: string;
  readonly addressHash: string;
  readonly messageId: string;
  readonly covers: readonly number[];
  readonly stored: StoredContent;
  /** Null where it follows from the Message-ID. */
  readonly seed: string | null;
  /** When it may go; null for at once. */
  readonly nextAt: Date | null;
}

/** What is frozen alike with all digests of a round. */
export interface FrozenRound {
  readonly id: number;
  readonly at: Date;
  /** The hash of the templates and settings. */
  readonly rendering: string;
  readonly keyId: string;
}

/** What became of a candidate who gets no digest. */
export interface CandidateExclusion {
  readonly subscriptionId: number;
  readonly localDate: string;
  readonly exclusion: Exclusion;
  /** What was looked at where nothing of it was for this reader. */
  readonly lookedAt: LookedAt | null;
}

/** How the candidates of a round get their outcomes, some thousand in a few statements. */
export function composingOn(db: Database) {
  return {
    /** Candidates of a round without an outcome yet, locked; those held by another process are passed over. */
    async lockPending(
      roundId: number,
      page: { afterId: number; most: number; readProfile: (text: string) => Profile },
    ): Promise<PendingCandidate[]> {
      const rows = await db.rows<PendingRow>(sql`
        select s.id, s.subscriber_id as "subscriberId", r.address, s.state,
          s.profile::text as wishes, s.papers_per_digest as "papersPerDigest",
          array_to_json(s.days)::text as told, s.paused_until as "pausedUntil",
          s.confirmed_at as "confirmedAt", o.local_date as "localDate"
        from public.outcome o
        join public.subscription s on s.id = o.subscription_id and s.id > ${page.afterId}
        join public.subscriber r on r.id = s.subscriber_id
        where o.round_id = ${roundId} and o.delivery_id is null and o.exclusion is null
          and o.subscription_id > ${page.afterId}
        order by o.subscription_id limit ${page.most} for update of o, s skip locked`);
      const parseDays = remember((text: string) => JSON.parse(text) as number[]);
      for (const row of rows) {
        row.profile = page.readProfile(row.wishes);
        row.days = parseDays(row.told);
      }
      return rows;
    },

    /** When the date before this one was due, by subscription; absent where it is the first. */
    async listLastDue(
      dates: readonly { id: number; localDate: string }[],
    ): Promise<Map<number, Date>> {
      const rows = await db.rows<{ id: number; dueAt: Date }>(sql`
        select n.id, p.due_at as "dueAt"
        from unnest(${listOf(dates.map(({ id }) => id))}::bigint[],
          ${textsOf(dates.map(({ localDate }) => localDate))}::date[]) as n(id, date)
        cross join lateral (select o.due_at from public.outcome o where o.subscription_id = n.id
          and o.local_date < n.date order by o.local_date desc limit 1) p`);
      return new Map(rows.map(({ id, dueAt }) => [id, dueAt]));
    },

    /**
     * Writes the digests of some candidates, each with its delivery and its outcome, in one
     * statement.
     */
    async recordDigests(digests: readonly CandidateDigest[], round: FrozenRound): Promise<void> {
      const numbers = (read: (digest: CandidateDigest) => number | null) =>
        listOf(digests.map(read));
      const texts = (read: (digest: CandidateDigest) => string | null) =>
        textsOf(digests.map(read));
      // JSON breaks no line.
      const lines = (read: (digest: CandidateDigest) => string | null) =>
        digests.map((digest) => read(digest) ?? '').join('\n');
      const { rendering } = round;
      await db.rows(sql`
        with given as materialized (
          select * from unnest(
            ${numbers(({ id }) => id)}::bigint[],
            ${numbers(({ subscriptionId }) => subscriptionId)}::bigint[],
            ${texts(({ localDate }) => localDate)}::date[],
            ${numbers(({ subscriberId }) => subscriberId)}::bigint[],
            ${numbers(({ editionId }) => editionId)}::bigint[],
            ${numbers(({ resend }) => resend)}::int[],
            ${numbers(({ items }) => (items.length > 0 ? items.length : null))}::int[],
            ${texts(({ key }) => key)}::text[],
            ${texts(({ address }) => address)}::text[],
            ${texts(({ addressHash }) => addressHash)}::text[],
            ${texts(({ messageId }) => messageId)}::text[],
            ${texts(({ covers }) => `{${covers.join()}}`)}::text[],
            string_to_array(${lines(({ stored }) => stored.packed)}, E'\\n', ''),
            string_to_array(${lines(({ stored }) => contentOf(stored.content))}, E'\\n', ''),
            ${texts(({ seed }) => seed)}::text[],
            ${texts(({ nextAt }) => nextAt?.toISOString() ?? null)}::timestamptz[])
          as n(id, subscription_id, local_date, subscriber_id, edition_id, resend, items, key,
            address, address_hash, message_id, covers, packed, content, seed, next_at)),
        made as (insert into public.delivery (id, kind, edition_id, subscriber_id, resend,
            items, notice_key, round_id, address, address_hash, message_id, covers, state, next_at, composed_at)
          overriding system value
          select id, 'digest', edition_id, subscriber_id, resend, items, key, ${round.id}, address,
            address_hash, message_id, covers::bigint[], 'ready',
            coalesce(next_at, ${round.at}::timestamptz), ${round.at}
          from given),
        written as (insert into public.digest
            (delivery_id, packed, rendering_id, content, rendering, date, seed, key_id)
          select id, packed, case when packed is not null then
              (select r.id from public.rendering r where r.hash = ${rendering}) end,
            content::jsonb, case when packed is null then ${rendering} end,
            case when packed is null then ${round.at}::timestamptz end, seed, ${round.keyId}
          from given)
        update public.outcome o set delivery_id = n.id from given n
        where o.subscription_id = n.subscription_id and o.local_date = n.local_date`);
    },

    /** Writes why some candidates get no digest. */
    recordExclusions: (excluded: readonly CandidateExclusion[]) =>
      db.rows(sql`update public.outcome o set exclusion = n.exclusion,
          looked_at = n.looked_at::jsonb
        from unnest(${listOf(excluded.map(({ subscriptionId }) => subscriptionId))}::bigint[],
          ${textsOf(excluded.map(({ localDate }) => localDate))}::date[],
          ${textsOf(excluded.map(({ exclusion }) => exclusion))}::text[],
          ${textsOf(excluded.map(({ lookedAt }) => lookedAt && json(lookedAt)))}::text[])
          as n(subscription_id, local_date, exclusion, looked_at)
        where o.subscription_id = n.subscription_id and o.local_date = n.local_date`),
  };
}

/** Readers whose wishes are equal share one decision, whose content is written once. */
const contents = new WeakMap<object, string>();

function contentOf(content: StoredContent['content'] | undefined): string | null {
  if (!content) return null;
  const known = contents.get(content) ?? json(content);
  contents.set(content, known);
  return known;
}
