import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { type Database, getRow, sql } from '../../src/store/database.ts';

/** What the sink took: when the body for an address began, once or more often. */
export type SinkLog = ReadonlyMap<string, readonly number[]>;

/** One promise of ARCHITECTURE.md, and what breaks it: nothing, where it was kept. */
export interface Verdict {
  readonly promise: string;
  readonly broken: number;
  readonly seen: string;
}

/** What happened while letters went out. */
export interface Story {
  readonly db: Database;
  readonly log: SinkLog;
  readonly readers: number;
  readonly roundsAfter: number;
  /** Transactions that may have been open in what was killed. */
  readonly mostInDoubt: number;
  readonly left: { readonly addresses: ReadonlySet<string>; readonly at: number };
  readonly logFiles: readonly string[];
  /** Whatever the queue held and the metrics said, at several times. */
  readonly overheard: readonly string[];
}

const PAGE = 20_000;
/** A mark holds so long: a body may begin so much later. */
const MARK_HOLDS_MS = 5_000;
const ADDRESS = '@readers.example';
/** A link of a letter with its token, or the key that signs it. */
const SECRET = /papers\.example\.org\/\S|abababab/;

/** Reads the log of the small sink. */
export function readSinkLog(file: string): SinkLog {
  const log = new Map<string, number[]>();
  for (const line of readFileSync(file, 'latin1').split('\n')) {
    const [begunAt = '', address] = line.split(' ');
    if (address) log.set(address, [...(log.get(address) ?? []), Number(begunAt)]);
  }
  return log;
}

/** Everything that lies in Redis, as text. */
export async function readQueue(redis: Redis): Promise<string> {
  const texts: string[] = [];
  for (const key of await redis.keys('*')) {
    texts.push(key);
    const type = await redis.type(key);
    if (type === 'hash') texts.push(JSON.stringify(await redis.hgetall(key)));
    if (type === 'string') texts.push((await redis.get(key)) ?? '');
    if (type === 'list') texts.push(...(await redis.lrange(key, 0, -1)));
    if (type === 'zset') texts.push(...(await redis.zrange(key, '0', '-1')));
    if (type === 'stream') texts.push(JSON.stringify(await redis.xrange(key, '-', '+')));
  }
  return texts.join('\n');
}

/** Holds the ledger and the sink's log to the six promises of ARCHITECTURE.md. */
export async function judgePromises(story: Story): Promise<Verdict[]> {
  return [
    await judgeStates(story),
    await judgeTwice(story),
    await judgeAccepted(story),
    await judgeDoubts(story),
    await judgeLeft(story),
    judgeSecrets(story),
  ];
}

async function judgeStates({ db, readers, roundsAfter }: Story): Promise<Verdict> {
  const row = await getRow<{ candidates: number; whole: number; open: number; wrong: number }>(
    db,
    sql`select
      (select coalesce(sum(candidates), 0)::int from public.round where id > ${roundsAfter}) as candidates,
      (select count(*)::int from public.outcome
        where round_id > ${roundsAfter} and num_nonnulls(delivery_id, exclusion) = 1) as whole,
      (select count(*)::int from public.delivery
        where state not in ('accepted', 'failed', 'in_doubt')) as open,
      (select count(*)::int from public.round r where r.id > ${roundsAfter} and (r.frozen_at is null
        or r.candidates <> r.deliveries + r.exclusions
        or r.deliveries <> (select count(*) from public.delivery d where d.round_id = r.id))) as wrong`,
  );
  const { candidates, whole, open, wrong } = row;
  return {
    promise: '1. every candidate ends in exactly one recorded state',
    broken: Math.abs(candidates - readers) + Math.abs(candidates - whole) + open + wrong,
    seen: `${readers} fell due, ${candidates} candidates, ${whole} with one outcome, ${open} open`,
  };
}

async function judgeTwice({ db, log }: Story): Promise<Verdict> {
  const twice = [...log.values()].filter((times) => times.length > 1).length;
  const { copies } = await getRow<{ copies: number }>(
    db,
    sql`select count(*)::int as copies from (select 1 from public.delivery
      where state = 'accepted' and kind = 'digest'
      group by edition_id, subscriber_id having count(*) > 1) c`,
  );
  return {
    promise: '2. no subscriber gets an edition twice',
    broken: twice + copies,
    seen: `${log.size} addresses in the sink's log, ${twice} of them twice; ${copies} in the ledger`,
  };
}

interface Delivered {
  readonly id: number;
  readonly address: string;
  readonly state: string;
}

async function judgeAccepted({ db, log }: Story): Promise<Verdict> {
  let [after, invented, lost, accepted, met] = [0, 0, 0, 0, 0];
  for (;;) {
    const rows = await db.rows<Delivered>(sql`select id, address, state from public.delivery
      where id > ${after} and kind = 'digest' and address like 'reader%' order by id limit ${PAGE}`);
    for (const { address, state } of rows) {
      const isTaken = log.has(address);
      if (state === 'accepted') accepted += 1;
      if (isTaken) met += 1;
      if (state === 'accepted' && !isTaken) invented += 1;
      if (isTaken && state !== 'accepted' && state !== 'in_doubt') lost += 1;
    }
    after = rows.at(-1)?.id ?? 0;
    if (rows.length < PAGE) break;
  }
  const strangers = [...log.keys()].filter((address) => address.startsWith('reader')).length - met;
  return {
    promise: '3. recorded as accepted and accepted by the server are the same, but for doubts',
    broken: invented + lost + strangers,
    seen: `${accepted} recorded, ${met} taken by the sink; ${invented} recorded and never taken, ${lost + strangers} taken and not recorded`,
  };
}

async function judgeDoubts({ db, mostInDoubt }: Story): Promise<Verdict> {
  const { doubts } = await getRow<{ doubts: number }>(
    db,
    sql`select count(*)::int as doubts from public.delivery where state = 'in_doubt'`,
  );
  return {
    promise: '4. no more in doubt than transactions were open in what died',
    broken: Math.max(0, doubts - mostInDoubt),
    seen: `${doubts} in doubt, ${mostInDoubt} connections in the worker that was killed`,
  };
}

async function judgeLeft({ db, log, left }: Story): Promise<Verdict> {
  const { late } = await getRow<{ late: number }>(
    db,
    sql`select count(*)::int as late from public.delivery d
      join public.subscription s on s.subscriber_id = d.subscriber_id
      where s.state = 'ended' and d.in_flight_at > ${new Date(left.at)}`,
  );
  const begun = [...left.addresses].flatMap((address) => log.get(address) ?? []);
  const lateBodies = begun.filter((at) => at > left.at + MARK_HOLDS_MS).length;
  return {
    promise: '5. nothing goes out after an unsubscribe, beyond what is in an open transaction',
    broken: late + lateBodies,
    seen: `${left.addresses.size} left in the middle; ${begun.length} of them were in an open transaction, ${late + lateBodies} began later`,
  };
}

function judgeSecrets({ logFiles, overheard }: Story): Verdict {
  const texts = [...logFiles.map((file) => readFileSync(file, 'utf8')), ...overheard];
  const found = texts.filter((text) => text.includes(ADDRESS) || SECRET.test(text)).length;
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  return {
    promise: '6. no address, token or secret in logs, queue or metrics',
    broken: found,
    seen: `${logFiles.length} logs and ${overheard.length} looks at queue and metrics, ${size} characters`,
  };
}
