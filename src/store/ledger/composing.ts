import type { StoredContent } from '../../core/letter/stored-content.ts';
import type { LookedAt } from '../../core/reader/outcome.ts';
import type { Exclusion, Profile, SubscriptionState } from '../../core/reader/subscription.ts';
import { type Database, json, sql } from '../database.ts';
import type { NewDelivery } from './deliveries.ts';

/** A candidate of a round whose outcome is open: what composing asks of a subscription. */
export interface PendingCandidate {
  readonly id: number;
  readonly subscriberId: number;
  readonly address: string;
  readonly state: SubscriptionState;
  readonly profile: Profile;
  readonly papersPerDigest: number;
  /** The weekdays on which they are due. */
  readonly days: readonly number[];
  readonly pausedUntil: Date | null;
  readonly confirmedAt: Date | null;
  readonly localDate: string;
}

/** The digest of one candidate. */
export interface CandidateDigest {
  readonly subscriptionId: number;
  readonly localDate: string;
  readonly delivery: NewDelivery & { readonly subscriberId: number };
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
      page: { afterId: number; most: number },
    ): Promise<PendingCandidate[]> {
      const rows = await db.rows<
        Omit<PendingCandidate, 'profile' | 'days'> & { profile: string; days: string }
      >(sql`
        select s.id, s.subscriber_id as "subscriberId", r.address, s.state, s.profile::text,
          s.papers_per_digest as "papersPerDigest", array_to_json(s.days)::text as days,
          s.paused_until as "pausedUntil", s.confirmed_at as "confirmedAt",
          o.local_date as "localDate"
        from public.outcome o
        join public.subscription s on s.id = o.subscription_id
        join public.subscriber r on r.id = s.subscriber_id
        where o.round_id = ${roundId} and o.delivery_id is null and o.exclusion is null
          and o.subscription_id > ${page.afterId}
        order by o.subscription_id limit ${page.most} for update of o, s skip locked`);
      const [parseProfile, parseDays] = [parseOnce<Profile>(), parseOnce<number[]>()];
      return rows.map((row) => ({
        ...row,
        profile: parseProfile(row.profile),
        days: parseDays(row.days),
      }));
    },

    /** When the date before this one was due, by subscription; absent where it is the first. */
    async listLastDue(
      dates: readonly { id: number; localDate: string }[],
    ): Promise<Map<number, Date>> {
      const rows = await db.rows<{ id: number; dueAt: Date }>(sql`
        select n.id, p.due_at as "dueAt"
        from unnest(${dates.map(({ id }) => id)}::bigint[],
          ${dates.map(({ localDate }) => localDate)}::text[]) as n(id, date)
        cross join lateral (select o.due_at from public.outcome o where o.subscription_id = n.id
          and o.local_date < n.date::date order by o.local_date desc limit 1) p`);
      return new Map(rows.map(({ id, dueAt }) => [id, dueAt]));
    },

    /** Writes the digests of some candidates, each with its delivery and its outcome, in one statement. */
    async recordDigests(
      digests: readonly CandidateDigest[],
      round: { id: number; at: Date },
    ): Promise<void> {
      const all = digests.map(({ delivery }) => delivery);
      const rendering = all[0]?.digest.rendering ?? null;
      await db.rows(sql`
        with given as (select * from unnest(
            ${digests.map(({ subscriptionId }) => subscriptionId)}::bigint[],
            ${digests.map(({ localDate }) => localDate)}::text[],
            ${all.map(({ id }) => id)}::bigint[],
            ${all.map(({ subscriberId }) => subscriberId)}::bigint[],
            ${all.map(({ editionId }) => editionId)}::bigint[],
            ${all.map(({ resend }) => resend)}::int[],
            ${all.map(({ address }) => address)}::text[],
            ${all.map(({ addressHash }) => addressHash)}::text[],
            ${all.map(({ messageId }) => messageId)}::text[],
            ${all.map(({ covers }) => `{${covers.join()}}`)}::text[],
            ${all.map(({ stored }) => stored?.packed)}::text[],
            ${all.map(({ stored }) => contentOf(stored?.content))}::text[],
            ${all.map(({ digest, stored }) => (isPacked(stored) ? null : digest.seed))}::text[])
          as n(subscription_id, local_date, id, subscriber_id, edition_id, resend, address,
            address_hash, message_id, covers, packed, content, seed)),
        made as (insert into public.delivery (id, kind, edition_id, subscriber_id, resend, round_id,
            address, address_hash, message_id, covers, state, next_at, composed_at)
          overriding system value
          select id, 'digest', edition_id, subscriber_id, resend, ${round.id}, address,
            address_hash, message_id, covers::bigint[], 'ready', ${round.at}, ${round.at}
          from given),
        written as (insert into public.digest
            (delivery_id, packed, rendering_id, content, rendering, date, seed, key_id)
          select n.id, n.packed, case when n.packed is not null then
              (select r.id from public.rendering r where r.hash = ${rendering}) end,
            n.content::jsonb, case when n.packed is null then ${rendering} end,
            case when n.packed is null then ${round.at}::timestamptz end, n.seed,
            ${all[0]?.digest.keyId}
          from given n)
        update public.outcome o set delivery_id = n.id from given n
        where o.subscription_id = n.subscription_id and o.local_date = n.local_date::date`);
    },

    /** Writes why some candidates get no digest. */
    recordExclusions: (excluded: readonly CandidateExclusion[]) =>
      db.rows(sql`update public.outcome o set exclusion = n.exclusion,
          looked_at = n.looked_at::jsonb
        from unnest(${excluded.map(({ subscriptionId }) => subscriptionId)}::bigint[],
          ${excluded.map(({ localDate }) => localDate)}::text[],
          ${excluded.map(({ exclusion }) => exclusion)}::text[],
          ${excluded.map(({ lookedAt }) => lookedAt && json(lookedAt))}::text[])
          as n(subscription_id, local_date, exclusion, looked_at)
        where o.subscription_id = n.subscription_id and o.local_date = n.local_date::date`),
  };
}

const isPacked = (stored: StoredContent | undefined) => typeof stored?.packed === 'string';

/** Readers whose wishes are equal share one decision, whose content is written once. */
const contents = new WeakMap<object, string>();

function contentOf(content: StoredContent['content'] | undefined): string | null {
  if (!content) return null;
  const known = contents.get(content) ?? json(content);
  contents.set(content, known);
  return known;
}

/** Parses JSON, a text that comes again only once. */
function parseOnce<Value>(): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    const value = known.get(text) ?? (JSON.parse(text) as Value);
    known.set(text, value);
    return value;
  };
}
