import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../../src/store/database.ts';
import type { Services } from '../harness/services.ts';
import { onStage, type Scene, type Stage } from './stage.ts';

/** Answers take their time, so that a fault falls into the midst of the sending. */
export function slowly(stage: Stage, ms = 100): void {
  stage.server.script = async ({ phase }) => {
    if (phase === 'dot') await pause(ms);
    return undefined;
  };
}

const RESUMED_WITHIN_SECONDS = 30;

/** What is broken in the midst of a sending, and what may be in doubt after it. */
export interface Breaking {
  /** Resolves when it is whole again. */
  breakIt(stage: Stage): Promise<void>;
  /** What must hold after. */
  after?(stage: Stage): Promise<void>;
  readonly inDoubt?: number;
  readonly scene?: Partial<Scene>;
}

/** Sends, breaks something, and judges that it goes on within half a minute of the end of that. */
export function inTheMidst(
  services: Services,
  { breakIt, after, inDoubt = 0, scene }: Breaking,
): Promise<string> {
  return onStage(services, { readers: 300, connections: 5, ...scene }, async (stage) => {
    const { database, server } = stage;
    slowly(stage);
    // Half of it becomes due when the fault is over, since what was claimed needs no queue.
    await database.rows(sql`update public.delivery set next_at = now() + interval '1 hour'
      where id % 2 = 0`);
    stage.start();
    await stage.until(() => server.accepted().length >= 30);
    await breakIt(stage);
    const makeDue = () =>
      database.rows(sql`update public.delivery set next_at = now() where state = 'ready'`);
    await stage.until(
      () =>
        makeDue().then(
          () => true,
          () => false,
        ),
      RESUMED_WITHIN_SECONDS,
    );
    const before = server.accepted().length;
    const back = Date.now();
    await stage.until(() => server.accepted().length > before, RESUMED_WITHIN_SECONDS);
    const resumed = ((Date.now() - back) / 1000).toFixed(1);
    await stage.settle(120);
    await after?.(stage);
    const doubts = await stage.judge({ inDoubt });
    return `again after ${resumed} s, ${doubts} in doubt`;
  });
}

/** Waits until a canary came back through the queue: its consumers and its planner work. */
export async function untilCanary(stage: Stage): Promise<void> {
  const [{ since } = { since: '' }] = await stage.database.rows<{ since: string }>(
    sql`select clock_timestamp()::text as since`,
  );
  await stage.until(
    async () =>
      (
        await stage.database.rows(
          sql`select 1 from public.sender where canary_at > ${since}::timestamptz`,
        )
      ).length > 0,
    60,
  );
}
