import { type Finding, fail, ok, warn } from './finding.ts';
import type { CitationFacts } from './judge-citations.ts';
import type { SealedCount } from './judge-sealed.ts';
import type { WarmUpFacts } from './judge-warm-up.ts';
import type { ZonesFacts } from './judge-zones.ts';

/** What a database said of itself. */
export interface DatabaseFacts {
  /** As PostgreSQL counts: 150004 is 15.4. */
  readonly version: number;
  readonly now: Date;
  /** Why this version of Paperround cannot work with its schema; undefined where it can. */
  readonly schemaFault: string | undefined;
  /** The zones in use; undefined where there are no readers' tables yet. */
  readonly zones: ZonesFacts | undefined;
  /** How much is sent; undefined where the schema is not this version's. */
  readonly warmUp: WarmUpFacts | undefined;
  /** What cites readers' works; undefined where the schema is not this version's. */
  readonly citations: CitationFacts | undefined;
  /** What is sealed, by the key that it is under; none where the schema does not fit. */
  readonly sealed: readonly SealedCount[];
}

const OLDEST_POSTGRES = 15;

/** Judges a PostgreSQL server. */
export function judgeDatabase({
  version,
  schemaFault,
}: Omit<DatabaseFacts, 'zones' | 'warmUp' | 'citations' | 'sealed'>): Finding[] {
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
