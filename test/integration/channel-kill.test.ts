import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../src/process/context.ts';
import { composeForChannel } from '../../src/steps/channels/compose.ts';
import { planWork } from '../../src/steps/plan.ts';
import { type Database, sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { addTeamChannel } from '../harness/channels.ts';
import { backends, createClock, createPlace, openContext, type Place } from '../harness/context.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openTeamServer, type TeamServer } from '../harness/team-server.ts';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.ts';

// Only processes that share a server can outlive each other: the sandbox is one process.
const describeService = backends.includes('service') ? describe : describe.skip;

describeService('kill -9 of who posts to a channel', () => {
  let place: Place;
  let context: Context;
  let database: Database;
  let team: TeamServer;
  let workers: WorkerProcess | undefined;
  const env = { ALLOW_PRIVATE_CHANNELS: 'true' };

  beforeEach(async () => {
    place = await createPlace('service');
    team = await openTeamServer();
    context = await openContext(place, createClock(new Date().toISOString()), env);
    database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  });
  afterEach(async () => {
    await workers?.kill();
    await database?.close();
    await context?.close();
    await team?.close();
    await place?.remove();
  });

  const until = async (isDone: () => boolean | Promise<boolean>) => {
    const end = Date.now() + 90_000;
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error(`this never came true: ${isDone}`);
      await pause(100);
    }
  };
  const start = () => {
    workers = startWorkerProcess({ ...place.env, ...env });
    return workers;
  };
  const stateOf = async (id: number) => (await context.outside.store.posts.list(id, 1))[0]?.state;

  it.each([
    ['between the mark and the answer', false],
    ['with the answer on its way', true],
  ])(
    'leaves it in doubt, and it is posted once, %s',
    async (_name, isAnswered) => {
      const { outside } = context;
      await cutWith(outside, makePapers('paper', 3));
      const { id } = await addTeamChannel(outside, team, { service: 'slack' });
      await database.rows(sql`update public.subscription
        set next_due_at = now() - interval '1 second' where state = 'posting'`);
      const killed = start();
      let isKilled = false;
      team.answer = (_got, response) => {
        if (isAnswered) response.writeHead(200).end('ok');
        void killed.kill().then(() => {
          isKilled = true;
        });
      };
      await until(() => isKilled);
      team.answer = undefined;
      start();
      await until(async () => ['in_doubt', 'accepted'].includes((await stateOf(id)) ?? ''));
      if (!isAnswered) expect(await stateOf(id)).toBe('in_doubt');
      // What mail in doubt would be tried again after, and more.
      await database.rows(sql`update public.delivery set in_flight_at = now() - interval '1 hour'`);
      for (let looks = 0; looks < 3; looks += 1) {
        await planWork(outside);
        await pause(500);
      }
      expect(team.got).toHaveLength(1);
      expect(['in_doubt', 'accepted']).toContain(await stateOf(id));
    },
    180_000,
  );

  it('has no sender of mail take a post, of whatever version', async () => {
    const { outside } = context;
    await cutWith(outside, makePapers('paper', 3));
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await database.rows(sql`update public.subscription
      set next_due_at = now() - interval '1 minute' where state = 'posting'`);
    expect(await composeForChannel(outside, id)).toBe(true);
    // As processes of older versions do with what they take back, or try again.
    await database.rows(sql`update public.delivery set next_at = now() where kind = 'post'`);
    const rows = await database.rows(sql`select next_at as "nextAt" from public.delivery`);
    expect(rows).toEqual([{ nextAt: null }]);
    const { id: senderId } = await outside.store.senders.insert({
      host: 'here',
      pid: 1,
      leaseMs: 60_000,
    });
    const claim = { senderId, now: new Date(Date.now() + 3_600_000), most: 10 };
    expect(await outside.store.deliveries.claim(claim)).toEqual([]);
    expect(await outside.store.posts.claim(id, claim)).toMatchObject({ attempts: 1 });
  });
});
