import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { checkLedger } from '../../src/steps/deliveries/check-ledger.ts';
import { readHealth } from '../../src/steps/deliveries/health.ts';
import { sql } from '../../src/store/database.ts';
import type { Fault } from './fault.ts';
import { onStage } from './stage.ts';

export const alarmFaults: readonly Fault[] = [
  {
    number: '33',
    name: 'a wedged queue: the canary ends the process',
    run: (services) =>
      onStage(services, { readers: 30, env: { CANARY_SECONDS: '1' } }, async (stage) => {
        const worker = stage.start();
        const redis = new Redis(stage.env['REDIS_URL'] ?? '');
        let canary = '';
        await stage.until(async () => {
          const [key] = await redis.keys('*:canary-*:meta');
          canary = key ?? '';
          return canary !== '';
        });
        // As a worker that fetches no job any more: BullMQ's own mark of a paused queue.
        const { Queue } = await import('bullmq');
        const [prefix = '', name = ''] = canary.split(':');
        const queue = new Queue(name, { connection: redis, prefix });
        await queue.pause();
        const began = Date.now();
        let isRed = false;
        const watching = stage.until(async () => {
          isRed ||= !(await readHealth(stage.context.outside)).isHealthy;
          return isRed;
        });
        assert.equal(await worker.ended, 1);
        const took = (Date.now() - began) / 1000;
        await watching;
        await queue.close();
        redis.disconnect();
        return `red, exit 1 after ${took.toFixed(0)} s of canaries each second`;
      }),
  },
  {
    number: '34',
    name: 'planted faults of the ledger raise their alarms',
    run: (services) =>
      onStage(services, { readers: 30 }, async (stage) => {
        const { outside } = stage.context;
        stage.start();
        await stage.settle();
        await stage.judge({ inDoubt: 0 });
        assert.deepEqual(await checkLedger(outside), []);
        await stage.database.rows(sql`insert into public.attempt (delivery_id, edition_id, sender_id,
            fence, relay, started_at, ended_at, outcome, verdict)
          select delivery_id, edition_id, sender_id, fence, relay, started_at, now(), outcome, verdict
          from public.attempt order by id limit 1`);
        await stage.database.rows(sql`update public.round set settled_at = null, deliveries = deliveries - 1,
          exclusions = exclusions + 1`);
        const began = Date.now();
        await stage.until(async () => (await outside.store.checks.listAlarms()).length >= 3);
        const names = (await outside.store.checks.listAlarms()).map(({ name }) => name).sort();
        assert.deepEqual(names, ['accounting', 'too_many', 'twice']);
        const took = ((Date.now() - began) / 1000).toFixed(0);
        return `${names.join(', ')}: after ${took} s, by the worker's own check`;
      }),
  },
];
