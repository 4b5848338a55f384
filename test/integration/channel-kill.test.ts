import { setTimeout as pause } from 'node:timers/promises';
import { composeForChannel } from '../../src/steps/channels/compose.ts';
import { planWork } from '../../src/steps/plan.ts';
import { sql } from '../../src/store/database.ts';
import { addTeamChannel } from '../harness/channels.ts';
import { describeKills, type KillStage, openKillStage } from '../harness/kill-stage.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openTeamServer, type TeamServer } from '../harness/team-server.ts';

describeKills('kill -9 of who posts to a channel', () => {
  let stage: KillStage;
  let team: TeamServer;

  beforeEach(async () => {
    team = await openTeamServer();
    stage = await openKillStage({ ALLOW_PRIVATE_CHANNELS: 'true' });
  });
  afterEach(async () => {
    await stage?.close();
    await team?.close();
  });

  const stateOf = async (id: number) =>
    (await stage.context.outside.store.posts.list(id, 1))[0]?.state;

  it.each([
    ['between the mark and the answer', false],
    ['with the answer on its way', true],
  ])(
    'leaves it in doubt, and it is posted once, %s',
    async (_name, isAnswered) => {
      const { outside } = stage.context;
      await cutWith(outside, makePapers('paper', 3));
      const { id } = await addTeamChannel(outside, team, { service: 'slack' });
      await stage.database.rows(sql`update public.subscription
        set next_due_at = now() - interval '1 second' where state = 'posting'`);
      const killed = stage.start();
      team.answer = (_got, response) => {
        if (isAnswered) response.writeHead(200).end('ok');
        stage.kill(killed);
      };
      await stage.until(stage.isKilled);
      team.answer = undefined;
      stage.start();
      await stage.until(async () => ['in_doubt', 'accepted'].includes((await stateOf(id)) ?? ''));
      if (!isAnswered) expect(await stateOf(id)).toBe('in_doubt');
      // What mail in doubt would be tried again after, and more.
      await stage.database.rows(
        sql`update public.delivery set in_flight_at = now() - interval '1 hour'`,
      );
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
    const { outside } = stage.context;
    await cutWith(outside, makePapers('paper', 3));
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await stage.database.rows(sql`update public.subscription
      set next_due_at = now() - interval '1 minute' where state = 'posting'`);
    expect(await composeForChannel(outside, id)).toBe(true);
    // As processes of older versions do with what they take back, or try again.
    await stage.database.rows(sql`update public.delivery set next_at = now() where kind = 'post'`);
    const rows = await stage.database.rows(sql`select next_at as "nextAt" from public.delivery`);
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
