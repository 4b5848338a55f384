import type { Marks } from '../../core/webhooks/event.ts';
import { type Database, findRow, getRow, json, sql } from '../database.ts';

/** Events that go out together. */
export interface Batch {
  readonly id: number;
  readonly webhookId: number;
  /** What is in it: all that the webhook is told behind `after`, up to `upto`. */
  readonly after: Marks;
  readonly upto: Marks;
  readonly events: number;
  readonly isTest: boolean;
  readonly madeAt: Date;
  readonly tries: number;
  /** Null where it is not tried again by itself. */
  readonly nextAt: Date | null;
  /** Null while it waits. */
  readonly outcome: 'taken' | 'left_out' | 'failed' | null;
  readonly previousId: number | null;
}

/** What came of one try. */
export interface BatchTry {
  readonly at: Date;
  readonly tookMs: number;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly words: string;
}

/** A batch with its webhook's name and every try, the newest first. */
export type LoggedBatch = Omit<Batch, 'after' | 'upto' | 'previousId' | 'webhookId'> & {
  readonly webhook: string;
  readonly log: readonly (Omit<BatchTry, 'at'> & { readonly at: string })[];
};

const columns = sql`b.id, b.webhook_id as "webhookId", b.after, b.upto, b.events,
  b.is_test as "isTest", b.made_at as "madeAt", b.tries, b.next_at as "nextAt", b.outcome,
  (select max(p.id) from public.webhook_batch p
    where p.webhook_id = b.webhook_id and p.id < b.id and not p.is_test) as "previousId"`;

/** Batches of webhooks, and what came of each try. */
export function createBatchStore(db: Database) {
  return {
    /** The one batch of a webhook that waits. */
    findOpen: (webhookId: number) =>
      findRow<Batch>(
        db,
        sql`select ${columns} from public.webhook_batch b
          where b.webhook_id = ${webhookId} and b.outcome is null`,
      ),
    find: (id: number) =>
      findRow<Batch>(db, sql`select ${columns} from public.webhook_batch b where b.id = ${id}`),
    /** Makes a batch, to be sent at once. */
    insert: async (
      batch: Pick<Batch, 'webhookId' | 'after' | 'upto' | 'events' | 'isTest' | 'outcome'>,
      at: Date,
    ) =>
      (
        await getRow<{ id: number }>(
          db,
          sql`insert into public.webhook_batch
              (webhook_id, after, upto, events, is_test, made_at, next_at, outcome)
            values (${batch.webhookId}, ${json(batch.after)}, ${json(batch.upto)}, ${batch.events},
              ${batch.isTest}, ${at}, ${at}, ${batch.outcome}) returning id`,
        )
      ).id,
    /** Writes what came of a try, and what follows from it for the batch. */
    async recordTry(
      id: number,
      { at, tookMs, status, words }: BatchTry,
      then: Pick<Batch, 'tries' | 'nextAt' | 'outcome'>,
    ): Promise<void> {
      await db.rows(sql`insert into public.webhook_try (batch_id, at, took_ms, status, words)
        values (${id}, ${at}, ${tookMs}, ${status}, ${words})`);
      await db.rows(sql`update public.webhook_batch set tries = ${then.tries},
          next_at = ${then.nextAt}, outcome = ${then.outcome} where id = ${id}`);
    },
    /** Lets the batch that waits be tried at once, from the beginning of the schedule. */
    recordDue: (webhookId: number, at: Date) =>
      db.rows(sql`update public.webhook_batch set tries = 0, next_at = ${at}
        where webhook_id = ${webhookId} and outcome is null`),
    /** Has the batch that waits told to nobody; its id, undefined where none waits. */
    recordLeftOut: async (webhookId: number) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`update public.webhook_batch set outcome = 'left_out', next_at = null
            where webhook_id = ${webhookId} and outcome is null returning id`,
        )
      )?.id,
    /** The newest first, of one webhook where one is named, those before an id where one is given. */
    list: (of: { webhookId: number | null; beforeId?: number | undefined; most: number }) =>
      db.rows<LoggedBatch>(sql`select b.id, w.name as webhook, b.events, b.is_test as "isTest",
          b.made_at as "madeAt", b.tries, b.next_at as "nextAt", b.outcome,
          coalesce((select jsonb_agg(jsonb_build_object('at', t.at, 'tookMs', t.took_ms,
              'status', t.status, 'words', t.words) order by t.id desc)
            from public.webhook_try t where t.batch_id = b.id), '[]') as log
        from public.webhook_batch b join public.webhook w on w.id = b.webhook_id
        where (${of.webhookId}::bigint is null or b.webhook_id = ${of.webhookId})
          and (${of.beforeId ?? null}::bigint is null or b.id < ${of.beforeId ?? 0})
        order by b.id desc limit ${of.most}`),
    /** Forgets batches that were made before a time and wait no more. */
    removeBefore: (at: Date) =>
      db.rows(sql`delete from public.webhook_batch
        where made_at < ${at} and outcome is not null`),
  };
}
