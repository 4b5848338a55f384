import { type Database, findRow, json, sql, textsOf } from '../database.ts';

/** What models elsewhere cost on one day of UTC. */
export interface Spent {
  readonly tokens: number;
  readonly milliseconds: number;
}

/** What models elsewhere answered, by a hash of all that was asked, and what it cost. */
export function createModelAnswerStore(db: Database) {
  return {
    /** Known answers by their keys; they count as used at that moment. */
    async find(keys: readonly string[], at: Date): Promise<Map<string, string>> {
      const rows = await db.rows<{ key: string; answer: string }>(sql`
        update public.model_answer set used_at = ${at}
        where key = any(${textsOf(keys)}::text[]) returning key, answer`);
      return new Map(rows.map(({ key, answer }) => [key, answer]));
    },
    record: (answers: readonly { key: string; answer: string }[], at: Date) =>
      db.rows(sql`insert into public.model_answer (key, answer, used_at)
        select a.key, a.answer, ${at} from jsonb_to_recordset(${json(answers)}::jsonb) as a(key text, answer text)
        on conflict (key) do update set answer = excluded.answer, used_at = excluded.used_at`),
    removeUnused: (before: Date) =>
      db.rows(sql`delete from public.model_answer where used_at < ${before}`),
    /** What a day, `YYYY-MM-DD`, has cost so far. */
    findSpent: async (day: string): Promise<Spent> =>
      (await findRow<Spent>(
        db,
        sql`select tokens::int8::float8 as tokens, milliseconds::float8 as milliseconds
          from public.model_use where day = ${day}`,
      )) ?? { tokens: 0, milliseconds: 0 },
    spend: (day: string, { tokens, milliseconds }: Spent) =>
      db.rows(sql`insert into public.model_use as u (day, tokens, milliseconds)
        values (${day}, ${Math.round(tokens)}, ${Math.round(milliseconds)})
        on conflict (day) do update set tokens = u.tokens + excluded.tokens,
          milliseconds = u.milliseconds + excluded.milliseconds`),
    removeUses: (before: string) =>
      db.rows(sql`delete from public.model_use where day < ${before}`),
  };
}
