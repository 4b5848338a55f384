import type { Marks, WebhookEvent } from '../../core/webhooks/event.ts';
import type { OffBecause } from '../../core/webhooks/retry.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** Somebody elsewhere who is told events. */
export interface Webhook {
  readonly id: number;
  readonly name: string;
  /** Where it goes, as it may be shown. */
  readonly shown: string;
  /** Address and secrets, sealed. */
  readonly sealed: string;
  readonly events: readonly WebhookEvent[];
  readonly withAddresses: boolean;
  /** Everything up to here is in a batch, or was not asked for. */
  readonly marks: Marks;
  /** Null while it is on. */
  readonly offBecause: OffBecause | 'hand' | 'restored' | null;
  readonly offAt: Date | null;
  readonly createdAt: Date;
}

/** A webhook with how it goes. */
export interface ListedWebhook extends Webhook {
  /** When a batch of it was taken last. */
  readonly takenAt: Date | null;
  /** Of the batch that waits: since when, how often it was tried, when it is tried next, what was said last. */
  readonly waiting: {
    readonly batchId: number;
    readonly since: string;
    readonly tries: number;
    readonly nextAt: string | null;
    readonly words: string | null;
  } | null;
}

/** What is added. */
export type NewWebhook = Pick<
  Webhook,
  'name' | 'shown' | 'sealed' | 'events' | 'withAddresses' | 'marks'
>;

const columns = sql`w.id, w.name, w.shown, w.sealed, w.events, w.with_addresses as "withAddresses",
  w.marks, w.off_because as "offBecause", w.off_at as "offAt", w.created_at as "createdAt"`;

/** Webhooks: who is told what, up to where, and who works on one. */
export function createWebhookStore(db: Database) {
  return {
    /** Undefined where the name is taken. */
    insert: async (webhook: NewWebhook, at: Date) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`insert into public.webhook
              (name, shown, sealed, events, with_addresses, marks, created_at)
            values (${webhook.name}, ${webhook.shown}, ${webhook.sealed}, ${json(webhook.events)},
              ${webhook.withAddresses}, ${json(webhook.marks)}, ${at})
            on conflict (name) do nothing returning id`,
        )
      )?.id,
    find: (id: number) =>
      findRow<Webhook>(db, sql`select ${columns} from public.webhook w where w.id = ${id}`),
    findByName: (name: string) =>
      findRow<Webhook>(db, sql`select ${columns} from public.webhook w where w.name = ${name}`),
    list: () =>
      db.rows<ListedWebhook>(sql`select ${columns},
          (select max(t.at) from public.webhook_batch b
            join public.webhook_try t on t.batch_id = b.id
            where b.webhook_id = w.id and b.outcome = 'taken' and t.status between 200 and 299)
            as "takenAt",
          (select jsonb_build_object('batchId', b.id, 'since', b.made_at, 'tries', b.tries,
              'nextAt', b.next_at, 'words', (select t.words from public.webhook_try t
                where t.batch_id = b.id order by t.id desc limit 1))
            from public.webhook_batch b where b.webhook_id = w.id and b.outcome is null) as waiting
        from public.webhook w order by w.name`),
    /** Those that are on, whose waiting batch is due or that have none. */
    listDue: (at: Date) =>
      db.rows<{ id: number }>(sql`select w.id from public.webhook w
        where w.off_because is null and not exists (select 1 from public.webhook_batch b
          where b.webhook_id = w.id and b.outcome is null and b.next_at > ${at})
        order by w.id`),
    /** Whether one that is on is told an event. */
    isTold: async (event: WebhookEvent) =>
      (
        await getRow<{ isTold: boolean }>(
          db,
          sql`select exists (select 1 from public.webhook
            where off_because is null and events ? ${event}) as "isTold"`,
        )
      ).isTold,
    remove: async (id: number) =>
      (await db.rows(sql`delete from public.webhook where id = ${id} returning id`)).length > 0,

    /** Takes a webhook for `leaseMs`, on the database's clock; undefined where another has it. */
    claim: (id: number, leaseMs: number) =>
      findRow<Webhook>(
        db,
        sql`update public.webhook w
          set held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
          where w.id = ${id} and (w.held_until is null or w.held_until < clock_timestamp())
          returning ${columns}`,
      ),
    /** Keeps it for longer. */
    renew: (id: number, leaseMs: number) =>
      db.rows(sql`update public.webhook
        set held_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        where id = ${id}`),
    /** Lets it go. */
    release: (id: number) =>
      db.rows(sql`update public.webhook set held_until = null where id = ${id}`),

    recordMarks: (id: number, marks: Marks) =>
      db.rows(sql`update public.webhook set marks = ${json(marks)} where id = ${id}`),
    recordSealed: (id: number, sealed: string) =>
      db.rows(sql`update public.webhook set sealed = ${sealed} where id = ${id}`),
    /** Switches one off; false where it is off already. */
    recordOff: async (id: number, because: NonNullable<Webhook['offBecause']>, at: Date) =>
      (
        await db.rows(sql`update public.webhook set off_because = ${because}, off_at = ${at}
          where id = ${id} and off_because is null returning id`)
      ).length > 0,
    /** Switches one on again; false where it is on. */
    recordOn: async (id: number) =>
      (
        await db.rows(sql`update public.webhook set off_because = null, off_at = null
          where id = ${id} and off_because is not null returning id`)
      ).length > 0,
  };
}
