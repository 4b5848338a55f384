import { type Finding, fail, ok, warn } from './finding.ts';

/** What a database said of itself. */
export interface DatabaseFacts {
  /** As PostgreSQL counts: 150004 is 15.4. */
  readonly version: number;
  readonly now: Date;
  /** Why this version of Paperround cannot work with its schema; undefined where it can. */
  readonly schemaFault: string | undefined;
}

const OLDEST_POSTGRES = 15;

/** Judges a PostgreSQL server. */
export function judgeDatabase({ version, schemaFault }: DatabaseFacts): Finding[] {
  const major = Math.floor(version / 10_000);
  const faults: Finding[] = [];
  if (major < OLDEST_POSTGRES) {
    faults.push(
      fail(
        `The database is PostgreSQL ${major}; Paperround needs ${OLDEST_POSTGRES} or later.`,
        'Upgrade it (pg_upgrade, or dump and restore).',
      ),
    );
  }
  if (schemaFault !== undefined) {
    faults.push(
      fail(`The schema does not fit this version: ${schemaFault}.`, 'paperround migrate'),
    );
  }
  return faults.length > 0
    ? faults
    : [ok(`The database is PostgreSQL ${major}, and has every migration of this version.`)];
}

/** What a Redis or Valkey said of itself; undefined where it keeps it to itself, as hosted ones do. */
export interface QueueFacts {
  readonly product: 'Redis' | 'Valkey';
  readonly version: string;
  readonly policy: string | undefined;
  readonly isPersistent: boolean | undefined;
}

/** What BullMQ recommends (`RedisConnection.recommendedMinimumVersion`). */
const OLDEST_REDIS = [6, 2] as const;

/** Judges the server of the queue. */
export function judgeQueue(facts: QueueFacts): Finding[] {
  const { product, version, policy, isPersistent } = facts;
  const faults: Finding[] = [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
  if (product === 'Redis' && isOld) {
    faults.push(
      fail(
        `The queue is Redis ${version}; it needs ${OLDEST_REDIS.join('.')} or later, or Valkey.`,
        'Upgrade it.',
      ),
    );
  }
  if (policy !== undefined && policy !== 'noeviction') {
    faults.push(
      fail(
        `${product} throws keys away when its memory is full (maxmemory-policy ${policy}), jobs among them.`,
        'Set maxmemory-policy noeviction in its configuration (redis-cli config set maxmemory-policy noeviction does it until a restart).',
      ),
    );
  }
  if (isPersistent === false) {
    faults.push(
      warn(
        `${product} writes nothing to disk: after its restart the queue is empty, which costs a delay and no mail.`,
        'Set appendonly yes.',
      ),
    );
  }
  return faults.length > 0 ? faults : [ok(`The queue is ${product} ${version}${tellKept(facts)}.`)];
}

function tellKept({ policy, isPersistent }: QueueFacts): string {
  if (policy === undefined) return '; its settings cannot be read from here';
  if (isPersistent) return ', keeps everything, and writes it to disk';
  return ', and keeps everything; whether it writes that to disk cannot be read from here';
}

const WARN_SECONDS = 5;
const FAIL_SECONDS = 60;

/** Judges our clock against another one's; `graceMs` is how coarse that one shows. */
export function judgeClock(
  of: string,
  { now, other, graceMs = 0 }: { now: Date; other: Date; graceMs?: number },
): Finding {
  const differs = now.getTime() - other.getTime();
  const seconds = Math.round(Math.max(0, Math.abs(differs) - graceMs) / 1000);
  const way = differs > 0 ? 'ahead of' : 'behind';
  const says = `The clock of this machine is ${seconds} s ${way} that of ${of}.`;
  const change =
    'Keep all machines on network time (timedatectl set-ntp true, or chrony): readers are due by this clock, leases run by that of the database.';
  if (seconds >= FAIL_SECONDS) return fail(says, change);
  if (seconds >= WARN_SECONDS) return warn(says, change);
  return ok(`The clock of this machine agrees with that of ${of}.`);
}
