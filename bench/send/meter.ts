import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { type Database, getRow, sql } from '../../src/store/database.ts';

/** Who uses the processor while letters go out. */
export const parts = ['sender', 'postgres', 'redis', 'sink'] as const;
export type Part = (typeof parts)[number];

/** What was used up to a moment. */
export interface Reading {
  readonly cpuMs: Readonly<Record<Part, number>>;
  /** Undefined where PostgreSQL has no pg_stat_statements. */
  readonly statements: number | undefined;
  /** Transactions that wrote: each of them is a commit that waits for the disk. */
  readonly commits: number;
}

/** What a letter, or a reader, cost; what was not asked is left out. */
export interface Cost {
  readonly cpuUs: Readonly<Partial<Record<Part, number>>>;
  readonly statements?: number | undefined;
  readonly commits?: number;
}

const TICKS_A_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Milliseconds of processor that a process and its descendants have used, ended ones too; 0 where it is gone. */
export function cpuMsOf(pid: number): number {
  if (pid === 0) return 0;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in brackets may hold anything: utime, stime, cutime and cstime are the 14th to 17th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim();
    const below = children.split(' ').filter(Boolean).map(Number);
    return (ticks * 1000) / TICKS_A_SECOND + below.reduce((sum, each) => sum + cpuMsOf(each), 0);
  } catch {
    return 0;
  }
}

/** Bytes of memory that a process holds now, or held at most; 0 where it is gone. */
export function memoryOf(pid: number, which: 'now' | 'most'): number {
  const name = which === 'now' ? 'VmRSS' : 'VmHWM';
  const file = `/proc/${pid}/status`;
  const status = existsSync(file) ? readFileSync(file, 'latin1') : '';
  return Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
}

/** The processes that are measured. */
export type Pids = Readonly<Record<Part, number>>;

/** Reads what was used so far; the bench's own statements are not counted. */
export async function read(pids: Pids, db: Database, hasStatements: boolean): Promise<Reading> {
  const { commits } = await getRow<{ commits: number }>(
    db,
    sql`select pg_snapshot_xmax(pg_current_snapshot())::text::float8 as commits`,
  );
  const statements = hasStatements
    ? await getRow<{ calls: number }>(
        db,
        sql`select coalesce(sum(calls), 0)::float8 as calls from public.pg_stat_statements
          where userid <> current_user::text::regrole`,
      )
    : undefined;
  return {
    cpuMs: {
      sender: cpuMsOf(pids.sender),
      postgres: cpuMsOf(pids.postgres),
      redis: cpuMsOf(pids.redis),
      sink: cpuMsOf(pids.sink),
    },
    statements: statements?.calls,
    commits,
  };
}

/** What one of `count` cost between two readings. */
export function costOf(before: Reading, after: Reading, count: number): Cost {
  const us = (part: Part) => ((after.cpuMs[part] - before.cpuMs[part]) * 1000) / count;
  const { statements } = after;
  return {
    cpuUs: {
      sender: us('sender'),
      postgres: us('postgres'),
      redis: us('redis'),
      sink: us('sink'),
    },
    statements:
      statements === undefined ? undefined : (statements - (before.statements ?? 0)) / count,
    commits: (after.commits - before.commits) / count,
  };
}
