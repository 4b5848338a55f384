import type { Context } from '../../src/process/context.ts';
import { serviceNames } from '../../src/core/channels/place.ts';
import type { DeliveryState } from '../../src/core/letter/delivery.ts';
import { bringEditions } from '../../src/steps/channels/bring.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { addTeamChannel } from '../harness/channels.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { cutWith } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openTeamServer, type TeamServer, verifySigned } from '../harness/team-server.ts';

describe.each(backends)('channels in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let team: TeamServer;

  beforeEach(async () => {
    place = await createPlace(backend);
    team = await openTeamServer();
    clock = createClock('2026-03-03T06:30:00Z');
    context = await openContext(place, clock, { ALLOW_PRIVATE_CHANNELS: 'true' });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterEach(async () => {
    await lease?.end();
    await context?.close();
    await team?.close();
    await place?.remove();
  });

  const bring = (id: number) =>
    bringEditions(context.outside, id, { lease, isStopping: () => false });
  const states = async (id: number): Promise<DeliveryState[]> =>
    (await context.outside.store.posts.list(id, 10)).map(({ state }) => state);
  /** An edition of three papers that is due at seven. */
  const cutAndWait = async (series = 'paper', count = 3) => {
    const name = await cutWith(context.outside, makePapers(series, count));
    clock.set('2026-03-03T07:01:00Z');
    return name;
  };

  it.each(serviceNames)('post an edition to %s once, in its form', async (service) => {
    const { outside } = context;
    const { id, secret } = await addTeamChannel(outside, team, { service });
    await cutAndWait();
    expect(await bring(id)).toBe('a channel took 1 post');
    expect(await bring(id)).toBeUndefined();
    expect(await states(id)).toEqual(['accepted']);
    expect(team.got).toHaveLength(1);
    expect(team.stands).toHaveLength(1);
    if (service !== 'webhook') expect(team.stands[0]).toMatch(/paper.*1/i);
    if (secret && team.got[0]) verifySigned(secret, team.got[0]);
    const [post] = await outside.store.posts.list(id, 1);
    const attempts = await outside.store.overview.listAttempts(post?.id ?? 0);
    expect(attempts).toMatchObject([{ relay: 'channel lab', outcome: 'accepted' }]);
  });
});
