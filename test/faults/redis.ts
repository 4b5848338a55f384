import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { createApp } from '../../src/http/app.ts';
import { readHealth } from '../../src/steps/deliveries/health.ts';
import type { Services } from '../harness/services.ts';
import type { Fault } from './fault.ts';
import { form } from './form.ts';
import { inTheMidst, untilCanary } from './midst.ts';
import type { Stage } from './stage.ts';

const AWAY_SECONDS = form.isLong ? 60 : 10;
/** A canary comes every ten seconds, and a worker ends itself after three that do not. */
const scene = { env: { CANARY_SECONDS: '10' } };

async function withRedis<Result>(services: Services, work: (redis: Redis) => Promise<Result>) {
  const redis = new Redis(services.redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

/** Killed, and back after a time with what its log (AOF) kept, or with nothing. */
function killed(services: Services, how: { seconds: number; keeps: boolean }): Promise<string> {
  return inTheMidst(services, {
    scene,
    async breakIt(stage) {
      if (how.keeps) {
        await withRedis(services, async (redis) => {
          await redis.config('SET', 'appendonly', 'yes');
          await stage.until(async () =>
            /aof_rewrite_in_progress:0[\s\S]*aof_last_bgrewrite_status:ok/.test(
              await redis.info('persistence'),
            ),
          );
        });
      }
      await services.redis.end('SIGKILL');
      await pause(how.seconds * 1000);
      await services.redis.start(how.keeps ? ['--appendonly', 'yes'] : []);
    },
    after: untilCanary,
  });
}

/** While Redis takes nothing: the API takes a sign-up, a page answers, and health turns red. */
async function askMeanwhile(stage: Stage): Promise<void> {
  const app = await createApp(stage.context);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/subscriptions',
    payload: { address: NEW_READER },
  });
  assert.equal(answer.statusCode, 202);
  assert.equal((await app.inject('/')).statusCode, 200);
  await app.close();
  await stage.until(async () => {
    const { isHealthy, reasons } = await readHealth(stage.context.outside);
    return !isHealthy && reasons.some((reason) => reason.startsWith('nothing came through'));
  }, 60);
}

const NEW_READER = 'new.reader@readers.example';

export const redisFaults: readonly Fault[] = [
  {
    number: '5',
    breaksServices: true,
    name: `Redis restarted (AOF) after 1 s and ${AWAY_SECONDS} s, killed for ${AWAY_SECONDS} s without persistence, and flushed`,
    async run(services) {
      const soon = await killed(services, { seconds: 1, keeps: true });
      const late = await killed(services, { seconds: AWAY_SECONDS, keeps: true });
      const empty = await killed(services, { seconds: AWAY_SECONDS, keeps: false });
      const flushed = await inTheMidst(services, {
        scene,
        breakIt: () => withRedis(services, async (redis) => void (await redis.flushall())),
        after: untilCanary,
      });
      return `AOF 1 s: ${soon}; AOF ${AWAY_SECONDS} s: ${late}; killed: ${empty}; flushed: ${flushed}; the canary came back each time`;
    },
  },
  {
    number: '6',
    breaksServices: true,
    name: 'Redis out of memory: every write is refused until health turns red (canaries each second)',
    async run(services) {
      const seen = await inTheMidst(services, {
        scene: { env: { CANARY_SECONDS: '1' } },
        async breakIt(stage) {
          await withRedis(services, async (redis) => {
            await redis.config('SET', 'maxmemory', '1');
            try {
              await askMeanwhile(stage);
            } finally {
              await redis.config('SET', 'maxmemory', '0');
            }
          });
        },
        after: (stage) => stage.until(() => stage.server.accepted().includes(NEW_READER), 60),
      });
      return `API 202, pages 200, health red; the sign-up was answered after; ${seen}`;
    },
  },
];
