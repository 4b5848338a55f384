import { serviceNames } from '../../src/core/channels/place.ts';
import { explainChannelDate } from '../../src/core/channels/why.ts';
import type { DeliveryState } from '../../src/core/letter/delivery.ts';
import { freshWishes } from '../../src/core/reader/subscription.ts';
import type { Context } from '../../src/process/context.ts';
import { bringEditions } from '../../src/steps/channels/bring.ts';
import { resendPost, testChannel } from '../../src/steps/channels/by-hand.ts';
import {
  addChannel,
  changeChannel,
  pauseChannel,
  removeChannel,
  resumeChannel,
} from '../../src/steps/channels/channels.ts';
import { gatherChannelDate } from '../../src/steps/channels/why.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { gatherToday } from '../../src/steps/desk/today.ts';
import { planWork } from '../../src/steps/plan.ts';
import { addTeamChannel } from '../harness/channels.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { compose, cutWith, subscribe } from '../harness/morning.ts';
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

  it('bring what its fields ask for, cut honestly, and the next date only what is new', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'mattermost', papers: 2 });
    await cutAndWait('paper', 5);
    await bring(id);
    const [first = ''] = team.stands;
    expect(first).toContain('3 more papers on the page');
    expect(first).toMatch(/\/editions\/2026-03-03\)$/);
    expect(first).not.toMatch(/\byou\b/i);
    clock.set('2026-03-04T06:30:00Z');
    await cutWith(outside, makePapers('newer', 1));
    clock.set('2026-03-04T07:01:00Z');
    await bring(id);
    expect(team.stands[1]).not.toContain('more papers');
    const channel = await outside.store.channels.find(id);
    const outcomes = await outside.store.rounds.listOfSubscription(channel?.subscriptionId ?? 0);
    expect(outcomes).toMatchObject([
      { localDate: '2026-03-04', exclusion: null, state: 'accepted' },
      { localDate: '2026-03-03', exclusion: null, state: 'accepted' },
    ]);
    await changeChannel(outside, {
      name: 'lab',
      actor: 'test',
      change: (before) => ({ ...before, schedule: { ...before.schedule, minuteOfDay: 600 } }),
    });
    expect((await outside.store.channels.find(id))?.due.at).toEqual(
      new Date('2026-03-05T10:00:00Z'),
    );
  });

  it('say on a date of theirs why it brought nothing', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, {
      service: 'slack',
      profile: { topics: ['no such thing'] },
    });
    await cutAndWait();
    await bring(id);
    const channel = await outside.store.channels.find(id);
    const outcomes = await outside.store.rounds.listOfSubscription(channel?.subscriptionId ?? 0);
    expect(outcomes).toMatchObject([{ localDate: '2026-03-03', exclusion: 'nothing_matched' }]);
    const why = await gatherChannelDate(outside, { name: 'lab', date: '2026-03-03' });
    expect(explainChannelDate(why)).toEqual([
      'Nothing was posted to lab: no paper matched what the reader follows.',
    ]);
    // No order about a reader reaches a channel, by its number or by its name.
    expect(await outside.store.subscribers.find(channel?.subscriptionId ?? 0)).toBeUndefined();
    expect(await outside.store.subscribers.findByAddress('channel:lab')).toBeUndefined();
    expect(team.got).toEqual([]);
  });

  it('stand in no count of readers, and are no mail', async () => {
    const { outside } = context;
    await subscribe(outside, 'ada@reader.example');
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await cutAndWait();
    await compose(outside);
    const before = await gatherToday(outside);
    await bring(id);
    const after = await gatherToday(outside);
    const counts = ({ accounts, states: by, copies, progress }: typeof before) => ({
      ...{ accounts, by, copies, progress },
    });
    expect(counts(after)).toEqual(counts(before));
    expect(await outside.store.deliveries.countReady(outside.now())).toBe(1);
    expect(await outside.store.subscribers.list({ afterId: 0, most: 10 })).toHaveLength(1);
    const standings = await outside.store.standings.countAll(outside.now());
    expect(standings).toEqual([{ standing: 'active', count: 1 }]);
    expect(await outside.store.imports.listReaders({ afterId: 0, most: 10 })).toHaveLength(1);
    const edition = (await outside.store.editions.listShown(1))[0];
    const states = await outside.store.deliveries.countByStateOfEdition(edition?.id ?? 0);
    expect(states).toEqual([{ state: 'ready', cause: null, count: 1 }]);
    expect(await outside.store.checks.findMiscounted()).toEqual([]);
  });

  it('are in doubt where no answer came, and go again by a word alone', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await cutAndWait();
    team.answer = (_got, response) => response.destroy();
    expect(await bring(id)).toMatch(/^channel lab: /);
    expect(await states(id)).toEqual(['in_doubt']);
    team.answer = undefined;
    for (let day = 4; day < 6; day += 1) {
      clock.set(`2026-03-0${day}T06:00:00Z`);
      await planWork(outside);
      await bring(id);
    }
    expect(team.got).toHaveLength(1);
    const why = await gatherChannelDate(outside, { name: 'lab', date: '2026-03-03' });
    expect(explainChannelDate(why)[1]).toMatch(/^Tried at 2026-03-03 07:01 UTC, in doubt: /);
    const order = { name: 'lab', actor: 'ada', allowsCopies: false };
    await expect(resendPost(outside, order)).rejects.toThrow(/needs --copies/);
    await resendPost(outside, { ...order, allowsCopies: true });
    await bring(id);
    expect(await states(id)).toEqual(['accepted']);
    expect(team.stands).toHaveLength(1);
    expect((await outside.store.audit.list({}, { most: 1 }))[0]).toMatchObject({ actor: 'ada' });
    expect(await outside.store.checks.findTwice(outside.now())).toEqual([]);
  });

  it('are in doubt where a yes is none, and where an error may hide a post', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'mattermost' });
    await cutAndWait();
    team.answer = (_got, response) => response.writeHead(200).end('<html>Please sign in</html>');
    expect(await bring(id)).toMatch(/HTTP 200.*without what it says when a message stands/);
    expect(await states(id)).toEqual(['in_doubt']);
    await resendPost(outside, { name: 'lab', actor: 'ada', allowsCopies: true });
    team.answer = (_got, response) => response.writeHead(500).end('{"id":"api.post"}');
    expect(await bring(id)).toMatch(/HTTP 500.*a message may stand behind it/);
    expect(await states(id)).toEqual(['in_doubt']);
    // A later no does not fail what may stand since before.
    await resendPost(outside, { name: 'lab', actor: 'ada', allowsCopies: true });
    team.answer = (_got, response) => response.writeHead(400).end('{"id":"other"}');
    await bring(id);
    expect(await states(id)).toEqual(['in_doubt']);
  });

  it('wait as long as they are told, and come once', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'discord' });
    await cutAndWait();
    team.answer = (_got, response) => response.writeHead(429).end('{"retry_after": 90.5}');
    await bring(id);
    expect(await states(id)).toEqual(['deferred']);
    team.answer = undefined;
    await bring(id);
    clock.advance(89_000);
    await bring(id);
    expect(team.got).toHaveLength(1);
    clock.advance(2_000);
    await bring(id);
    expect(await states(id)).toEqual(['accepted']);
    expect(team.stands).toHaveLength(1);
  });

  it('are tried again where nothing went out, and give way to a newer edition', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await cutAndWait();
    const { url } = team;
    await team.close();
    await bring(id);
    expect(await states(id)).toEqual(['deferred']);
    clock.set('2026-03-04T06:30:00Z');
    await cutWith(outside, makePapers('newer', 2));
    clock.set('2026-03-04T07:01:00Z');
    await bring(id);
    const posts = await outside.store.posts.list(id, 10);
    expect(posts.map(({ state, edition }) => [edition, state])).toEqual([
      ['2026-03-04', 'deferred'],
      ['2026-03-03', 'failed'],
    ]);
    expect(posts[0]?.lastReply).toMatch(/ECONNREFUSED|UND_ERR/);
    expect(posts[0]?.lastReply).not.toContain(url);
  });

  it('follow no redirect, and stop where a service says that nothing will stand', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    await cutAndWait();
    team.answer = (_got, response) =>
      response.writeHead(302, { location: `${team.url}/services/T1/B1/elsewhere` }).end();
    expect(await bring(id)).toMatch(/redirects are not followed/);
    expect(team.got).toHaveLength(1);
    expect(await states(id)).toEqual(['failed']);
    team.answer = (_got, response) =>
      response.writeHead(404).end('no_service for a-secret-of-slack');
    await resendPost(outside, { name: 'lab', actor: 'ada', allowsCopies: false });
    expect(await bring(id)).not.toContain('a-secret-of-slack');
    const stopped = await outside.store.channels.find(id);
    expect(stopped?.offBecause).toBe('gone');
    clock.set('2026-03-04T07:01:00Z');
    await planWork(outside);
    await bring(id);
    expect(team.got).toHaveLength(2);
    await resumeChannel(outside, { name: 'lab', actor: 'ada' });
    team.answer = undefined;
    await resendPost(outside, { name: 'lab', actor: 'ada', allowsCopies: false });
    await bring(id);
    expect(await states(id)).toEqual(['accepted']);
  });

  it('get nothing while they are paused, nor while their edition is', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'slack' });
    const scope = { kind: 'all' } as const;
    await outside.store.pauses.insert(scope, { actor: 'ada', reason: 'test', at: outside.now() });
    await cutAndWait();
    await bring(id);
    expect(await states(id)).toEqual(['ready']);
    await outside.store.pauses.recordEnd(scope, { actor: 'ada', at: outside.now() });
    await pauseChannel(outside, { name: 'lab', actor: 'ada' });
    await bring(id);
    expect(team.got).toEqual([]);
    await resumeChannel(outside, { name: 'lab', actor: 'ada' });
    await bring(id);
    expect(team.stands).toHaveLength(1);
    await pauseChannel(outside, { name: 'lab', actor: 'ada' });
    clock.set('2026-03-04T06:30:00Z');
    await cutWith(outside, makePapers('newer', 1));
    clock.set('2026-03-04T07:01:00Z');
    await bring(id);
    const channel = await outside.store.channels.find(id);
    const [outcome] = await outside.store.rounds.listOfSubscription(channel?.subscriptionId ?? 0);
    expect(outcome?.exclusion).toBe('paused');
  });

  it('are tested on their own, copied by a word, and removed without a trace of where they were', async () => {
    const { outside } = context;
    const { id } = await addTeamChannel(outside, team, { service: 'zulip' });
    const tested = await testChannel(outside, { name: 'lab', actor: 'ada' });
    expect(tested.verdict.kind).toBe('accepted');
    expect(team.stands[0]).toContain('A test from');
    expect((await outside.store.channels.find(id))?.provedAt).toEqual(outside.now());
    await cutAndWait();
    await bring(id);
    const order = { name: 'lab', actor: 'ada' };
    expect(await resendPost(outside, { ...order, allowsCopies: true })).toMatchObject({
      isCopy: true,
    });
    await bring(id);
    expect(team.stands).toHaveLength(3);
    expect(team.stands[2]).toBe(team.stands[1]);
    expect(await outside.store.checks.findTwice(outside.now())).toEqual([]);
    await removeChannel(outside, order);
    expect(await outside.store.channels.list()).toEqual([]);
    expect(await outside.store.checks.findMiscounted()).toEqual([]);
    await expect(pauseChannel(outside, order)).rejects.toThrow('there is no channel "lab"');
  });

  it('take no address that leads inwards, unless that is allowed', async () => {
    const { outside } = context;
    const guarded = {
      ...outside,
      config: { ...outside.config, channels: { allowPrivate: false } },
    };
    const wishes = { ...freshWishes };
    const add = (url: string, service: 'webhook' | 'slack' | 'teams' = 'webhook') =>
      addChannel(guarded, { name: 'lab', service, place: { url }, wishes, actor: 'ada' });
    await expect(add(`${team.url}/hook`)).rejects.toThrow(/must be https/);
    await expect(add('https://evil.example/services/T1/B1/x', 'slack')).rejects.toThrow(
      /none of Slack/,
    );
    await expect(
      add('https://hooks.slack.com.evil.example/services/T1/B1/x', 'slack'),
    ).rejects.toThrow(/none of Slack/);
    await expect(add('https://outlook.office.com/webhook/x', 'teams')).rejects.toThrow(
      /switched off in May 2026/,
    );
    // What is dialled decides, not what a name was when it was typed.
    await add(`https://127.0.0.1:${new URL(team.url).port}/hook`);
    const tested = await testChannel(guarded, { name: 'lab', actor: 'ada' });
    expect(tested.verdict).toEqual({
      kind: 'later',
      words: 'it is no address of the public internet',
    });
    expect(team.got).toEqual([]);
  });
});
