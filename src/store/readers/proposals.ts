import type { LookUpScheme } from '../../core/feed/look-ups.ts';
import type { Paper } from '../../core/paper/paper.ts';
import type { ProposalState } from '../../core/paper/proposals.ts';
import { type Database, findRow, getRow, json, type Sql, sql } from '../database.ts';
import { raiseShown } from '../papers/shown.ts';

/** A paper that a reader proposed. */
export interface Proposal {
  readonly id: number;
  readonly key: string;
  /** Who proposed it: for their own eyes and the operators'. */
  readonly subscriberId: number;
  /** As whom they want to be named; null where they do not. */
  readonly named: string | null;
  readonly state: ProposalState;
  readonly reason: string | null;
  /** Present once its source told of it. */
  readonly paper: Paper | null;
  /** What it became, or what it is of those that are here. */
  readonly paperId: number | null;
  readonly proposedAt: Date;
  /** Readers who want it, without the one who proposed it. */
  readonly votes: number;
  readonly reports: number;
}

/** A reader who may not act towards others. */
export interface StoppedReader {
  readonly subscriberId: number;
  readonly subscriptionId: number;
  readonly address: string;
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

type StoredPaper = Omit<Paper, 'publishedAt'> & { readonly publishedAt?: string };
type ProposalRow = Omit<Proposal, 'paper'> & { readonly paper: StoredPaper | null };

const columns = sql`p.id, p.key, p.subscriber_id as "subscriberId", p.named, p.state, p.reason,
  p.paper, p.paper_id as "paperId", p.proposed_at as "proposedAt",
  (select count(*)::int from public.proposal_vote v
    where v.proposal_id = p.id and v.subscriber_id <> p.subscriber_id) as votes,
  (select count(*)::int from public.proposal_report r where r.proposal_id = p.id) as reports`;

/** Papers that readers propose, and what others make of them. */
export function createProposalStore(db: Database) {
  const changes = async (change: Sql) => (await db.rows(change)).length > 0;
  const list = async (rest: Sql) => (await db.rows<ProposalRow>(rest)).map(toProposal);
  /** Of what all may see, in the same transaction. */
  const changesShown = async (change: Sql) => {
    const isChanged = await changes(change);
    if (isChanged) await db.rows(raiseShown);
    return isChanged;
  };

  return {
    /** The new proposal's id; undefined where the same was proposed before. */
    insert: async (given: { key: string; subscriberId: number; named: string | null; at: Date }) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`insert into public.proposal (key, subscriber_id, named, state, proposed_at, next_at)
            values (${given.key}, ${given.subscriberId}, ${given.named}, 'asked', ${given.at},
              ${given.at})
            on conflict do nothing returning id`,
        )
      )?.id,
    find: async (id: number) =>
      (
        await list(sql`select ${columns} from public.proposal p
      where p.id = ${id}`)
      )[0],
    /** Of one key, what was not refused. */
    findByKey: async (key: string) =>
      (
        await list(sql`select ${columns} from public.proposal p
      where p.key = ${key} and p.state <> 'refused'`)
      )[0],
    /** Has whoever decides about one do it after the other. */
    lock: (id: number) =>
      db.rows(sql`select id from public.proposal where id = ${id} for no key update`),
    /** Those in one state, the newest first. */
    listByState: (state: ProposalState, most: number) =>
      list(sql`select ${columns} from public.proposal p where p.state = ${state}
        order by p.proposed_at desc, p.id desc limit ${most}`),
    /** Those that are shown or were, those reported most first. */
    listToJudge: (most: number) =>
      list(sql`select ${columns} from public.proposal p where p.state in ('shown', 'down')
        order by p.state desc, reports desc, p.proposed_at desc, p.id desc limit ${most}`),
    /** One page of a list: those in one state, or of these what was reported; the newest first. */
    listPage: (page: { state: ProposalState; isReported: boolean; before: number; most: number }) =>
      list(sql`select ${columns} from public.proposal p
        where p.state = ${page.state} and p.id < ${page.before}
          and (not ${page.isReported}::boolean or exists (
            select 1 from public.proposal_report r where r.proposal_id = p.id))
        order by p.id desc limit ${page.most}`),
    /** How many that are shown were reported, and by nobody judged since. */
    countReported: async () =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(distinct p.id)::int as count from public.proposal_report r
            join public.proposal p on p.id = r.proposal_id where p.state = 'shown'`,
        )
      ).count,
    /** A reader's own, the newest first. */
    listOfSubscriber: (subscriberId: number, most: number) =>
      list(sql`select ${columns} from public.proposal p where p.subscriber_id = ${subscriberId}
        order by p.proposed_at desc, p.id desc limit ${most}`),
    /** What a reader voted for. */
    listVotesOf: (subscriberId: number) =>
      db.rows<{ key: string; at: Date }>(sql`select p.key, v.at from public.proposal_vote v
        join public.proposal p on p.id = v.proposal_id
        where v.subscriber_id = ${subscriberId} order by v.at desc, p.id`),

    /** Whether a source is to be asked now. */
    isDue: async (now: Date) =>
      (await findRow(db, sql`select 1 from public.proposal where next_at <= ${now} limit 1`)) !==
      undefined,
    /** Of one kind of id, what its source is to be asked for, the longest due first. */
    listDue: (scheme: LookUpScheme, now: Date, most: number) =>
      db.rows<{ id: number; key: string }>(sql`select id, key from public.proposal
        where next_at <= ${now} and starts_with(key, ${`${scheme}:`})
        order by next_at, id limit ${most}`),
    postpone: (ids: readonly number[], nextAt: Date) =>
      db.rows(sql`update public.proposal set next_at = ${nextAt}
        where id = any(${ids}::bigint[]) and state = 'asked'`),

    /** Shows one that was asked for. Needs a transaction. */
    recordShown: (id: number, paper: Paper, at: Date) =>
      changesShown(sql`update public.proposal set state = 'shown', paper = ${json(paper)},
          decided_at = ${at}, next_at = null
        where id = ${id} and state = 'asked' returning id`),
    /** Refuses one that was asked for. */
    recordRefused: (id: number, why: { reason: string; paperId: number | null; at: Date }) =>
      changes(sql`update public.proposal set state = 'refused', reason = ${why.reason},
          paper_id = ${why.paperId}, decided_at = ${why.at}, next_at = null
        where id = ${id} and state = 'asked' returning id`),
    /** One that is shown is a paper of a draft now. Needs a transaction. */
    recordTaken: (id: number, paperId: number | null, at: Date) =>
      changesShown(sql`update public.proposal set state = 'taken', paper_id = ${paperId},
          decided_at = ${at} where id = ${id} and state = 'shown' returning id`),
    /** Takes one down that is shown. Needs a transaction. */
    recordDown: (id: number, reason: string, at: Date) =>
      changesShown(sql`update public.proposal set state = 'down', reason = ${reason},
          decided_at = ${at} where id = ${id} and state = 'shown' returning id`),
    /** Takes back a reader's own that is no paper of a draft yet. Needs a transaction. */
    remove: (own: { id: number; subscriberId: number }) =>
      changesShown(sql`delete from public.proposal where id = ${own.id}
        and subscriber_id = ${own.subscriberId} and state in ('asked', 'refused', 'shown')
        returning id`),

    vote: (by: { id: number; subscriberId: number; at: Date }) =>
      changes(sql`insert into public.proposal_vote (proposal_id, subscriber_id, at)
        values (${by.id}, ${by.subscriberId}, ${by.at}) on conflict do nothing returning 1`),
    unvote: (by: { id: number; subscriberId: number }) =>
      changes(sql`delete from public.proposal_vote
        where proposal_id = ${by.id} and subscriber_id = ${by.subscriberId} returning 1`),
    hasVoted: async (by: { id: number; subscriberId: number }) =>
      (await findRow(
        db,
        sql`select 1 from public.proposal_vote
          where proposal_id = ${by.id} and subscriber_id = ${by.subscriberId}`,
      )) !== undefined,
    report: (by: { id: number; subscriberId: number; at: Date }) =>
      changes(sql`insert into public.proposal_report (proposal_id, subscriber_id, at)
        values (${by.id}, ${by.subscriberId}, ${by.at}) on conflict do nothing returning 1`),
    /** An operator saw what was reported and leaves it. */
    clearReports: (id: number) =>
      changes(sql`delete from public.proposal_report where proposal_id = ${id} returning 1`),

    /** Keeps a reader from acting towards others; what they proposed is shown no more. Needs a transaction. */
    async stopReader(stop: { subscriberId: number; reason: string; actor: string; at: Date }) {
      await db.rows(sql`insert into public.stopped_reader (subscriber_id, reason, actor, at)
        values (${stop.subscriberId}, ${stop.reason}, ${stop.actor}, ${stop.at})
        on conflict (subscriber_id) do nothing`);
      await db.rows(sql`delete from public.proposal_vote
        where subscriber_id = ${stop.subscriberId}`);
      await db.rows(sql`delete from public.proposal_report
        where subscriber_id = ${stop.subscriberId}`);
      await changesShown(sql`update public.proposal set state = 'down', next_at = null,
          reason = ${stop.reason}, decided_at = ${stop.at}
        where subscriber_id = ${stop.subscriberId} and state in ('asked', 'shown') returning id`);
    },
    /** False where they were not stopped. */
    letReader: (subscriberId: number) =>
      changes(sql`delete from public.stopped_reader
        where subscriber_id = ${subscriberId} returning 1`),
    isStopped: async (subscriberId: number) =>
      (await findRow(
        db,
        sql`select 1 from public.stopped_reader where subscriber_id = ${subscriberId}`,
      )) !== undefined,
    /** Readers who may not act. */
    listStopped: (page: { after: number; most: number }) =>
      db.rows<StoppedReader>(sql`select s.id as "subscriberId", n.id as "subscriptionId",
          s.address, t.reason, t.actor, t.at
        from public.stopped_reader t join public.subscriber s on s.id = t.subscriber_id
          join public.subscription n on n.subscriber_id = s.id
        where s.id > ${page.after} order by s.id limit ${page.most}`),
    /** Forgets what nobody took: shown to the end of its time, or refused. */
    removeOld: (before: { shown: Date; refused: Date }) =>
      changesShown(sql`delete from public.proposal
        where (state in ('asked', 'shown') and proposed_at < ${before.shown})
          or (state = 'refused' and proposed_at < ${before.refused}) returning id`),
  };
}

function toProposal({ paper, ...row }: ProposalRow): Proposal {
  if (!paper) return { ...row, paper: null };
  const { publishedAt, ...same } = paper;
  return { ...row, paper: { ...same, ...(publishedAt && { publishedAt: new Date(publishedAt) }) } };
}
