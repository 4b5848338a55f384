import { runCommand } from '../../src/commands/commands.ts';
import { hashAddress } from '../../src/core/reader/keys.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { planWork } from '../../src/steps/plan.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { sql } from '../../src/store/database.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { cutWorker } from '../../workers/cut.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { type ArxivItem, arxivQuery, arxivRss } from '../harness/feed-shapes.ts';
import { fetchNow, playedBy, watch } from '../harness/feeds.ts';
import { compose, cutWith, send, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

const DAY_MS = 24 * 3_600_000;
const item = (id: string, title: string): ArxivItem => ({ id, categories: ['cs.LG'], title });

// Five days of one feed and its readers, told afterwards. 9 July 2026 is a Thursday.
describe.each(backends)('honest silence in the %s', (backend) => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;
  let feeds: FeedServer;

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    feeds = await openFeedServer();
    clock = createClock('2026-07-08T12:00:00Z');
    const env = { SMTP_URL: sink.url, CONTACT_EMAIL: 'desk@operator.example' };
    context = await openContext(place, clock, { ...env, ...playedBy(feeds) });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await feeds?.close();
    await sink?.close();
    await place?.remove();
  });

  const here = () => ({ lease, isStopping: () => false });
  const cut = async (instant: string) => {
    clock.set(instant);
    const draft = await context.outside.store.editions.findDraft();
    const told = await cutWorker.run(context.outside, { editionId: draft?.id ?? 0 }, here());
    await tellAlarms(context.outside);
    return told;
  };
  const play = (rss: string | undefined, query = arxivQuery({ start: 0, total: 0 }, [])) => {
    feeds.answer = (request, response) => {
      if (rss === undefined) response.writeHead(410).end();
      else response.end(request.url?.startsWith('/api/query') ? query : rss);
    };
  };
  const fetchAt = async (instant: string) => {
    clock.set(instant);
    return fetchNow(context.outside);
  };
  const mailAt = async (instant: string) => {
    clock.set(instant);
    const report = await compose(context.outside);
    await send(context.outside, lease);
    return report;
  };
  const why = async (address: string, date: string) =>
    (await runCommand(context.outside, { name: 'why', args: { address, date } })).lines.slice(1);
  const subjectsTo = (to: string) =>
    sink.received.filter((mail) => mail.to === to).map(({ email }) => email.subject);
  /** Sentences with what differs from run to run cut out. */
  const tidy = (lines: readonly string[]) =>
    lines.map((line) => line.replaceAll(/smtp:\/\/\S+|127\.0\.0\.1(:\d+)?/g, 'the relay'));

  it('tells a reader who got mail what of the day was theirs, and how it went out', async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs.LG', 'learning');
    await subscribe(outside, 'ada@readers.example', {
      profile: { exclude: ['poker'], quietNote: true },
    });
    const paul = await subscribe(outside, 'paul@readers.example');
    await subscribe(outside, 'sue@readers.example');
    const lea = await subscribe(outside, 'lea@readers.example');
    await subscribe(outside, 'nina@readers.example', { profile: { topics: ['numismatics'] } });
    await outside.store.subscribers.find(paul.id);
    play(
      arxivRss('2026-07-09', [
        item('2607.00001', 'Counting coral reefs from the air'),
        item('2607.00002', 'Bluffing in poker'),
        item('2607.00003', 'Batteries of silicon'),
      ]),
    );
    await fetchAt('2026-07-09T04:10:00Z');
    expect(await cut('2026-07-09T05:00:00Z')).toMatch(/^edition 2026-07-09 is cut: 3 papers/);
    await mailAt('2026-07-09T07:00:00Z');
    expect(tidy(await why('ada@readers.example', '2026-07-09'))).toEqual([
      'They got mail: accepted by the mail server at 2026-07-09 07:00 UTC.',
      'Digest of edition 2026-07-09: 3 papers today, 2 for you, 1 hidden by ‘poker’.',
      'Composed at 2026-07-09 07:00 UTC; 1 attempt:',
      expect.stringMatching(/^ {2}2026-07-09 07:00 UTC {2}accepted by the relay: 250 .+/),
      'They were due at 07:00 in Etc/UTC, 2026-07-09 07:00 UTC.',
    ]);
    const [mail] = sink.received.filter(({ to }) => to === 'ada@readers.example');
    expect(mail?.email.text).toContain('3 papers today, 2 for you, 1 hidden by ‘poker’.');
    expect(mail?.email.html).toContain('3 papers today, 2 for you, 1 hidden by ‘poker’.');
    expect(await why('nina@readers.example', '2026-07-09')).toEqual([
      'They got no digest: no paper matched what the reader follows.',
      '3 papers of edition 2026-07-09 were looked at.',
      'They were due at 07:00 in Etc/UTC, 2026-07-09 07:00 UTC.',
    ]);
    await unsubscribe(outside, lea.id, 'one-click');
  });

  it('tells that a feed was broken, alarms the operator once, and writes a note by choice', async () => {
    play(undefined);
    await fetchAt('2026-07-10T04:10:00Z');
    expect(await cut('2026-07-10T05:00:00Z')).toBe('the cut waits for learning');
    expect(await cut('2026-07-10T06:00:30Z')).toMatch(
      /^no new papers: no edition was cut; learning: broken \(.*HTTP 410.*\)\.$/,
    );
    const report = await mailAt('2026-07-10T07:01:00Z');
    expect(report?.exclusions).toEqual([{ exclusion: 'feeds_failed', count: 4 }]);
    const [said, feed, due, besides] = await why('ada@readers.example', '2026-07-10');
    expect(said).toBe(
      'They got no digest: a feed was broken or late; its papers come with the next digest.',
    );
    expect(feed).toMatch(/^learning: broken \(.*HTTP 410.*\)\.$/);
    expect(due).toBe('They were due at 07:00 in Etc/UTC, 2026-07-10 07:00 UTC.');
    expect(besides).toBe('Besides, a notice (quiet): accepted, at 2026-07-10 07:01 UTC.');
    expect(subjectsTo('ada@readers.example').at(-1)).toBe(
      'No papers for you on Friday, 10 July 2026',
    );
    expect(subjectsTo('sue@readers.example')).toHaveLength(1);
    expect(subjectsTo('desk@operator.example')).toEqual(['Paperround: a feed failed (learning)']);
  });

  it('brings what a broken feed kept back with the next digest', async () => {
    play(
      arxivRss('2026-07-11', []),
      arxivQuery({ start: 0, total: 1 }, [
        { ...item('2607.00004', 'Birds by night'), submitted: '2026-07-09T10:00:00Z' },
      ]),
    );
    await fetchAt('2026-07-11T04:10:00Z');
    expect(await cut('2026-07-11T05:00:00Z')).toMatch(/^edition 2026-07-11 is cut: 1 paper/);
    await mailAt('2026-07-11T07:00:00Z');
    expect(subjectsTo('ada@readers.example').at(-1)).toBe('Birds by night');
  });

  it('tells a quiet day, a pause, a suppression and those who left from each other', async () => {
    const { outside } = context;
    const { store } = outside;
    play(arxivRss('2026-07-12', []));
    await fetchAt('2026-07-12T04:10:00Z');
    expect(await cut('2026-07-12T05:00:00Z')).toBe('no new papers: no edition was cut');
    await pauseAndSuppress(place, context, backend);
    await mailAt('2026-07-12T07:00:00Z');
    const due = 'They were due at 07:00 in Etc/UTC, 2026-07-12 07:00 UTC.';
    expect(await why('ada@readers.example', '2026-07-12')).toEqual([
      'They got no digest: no feed had new papers.',
      'learning: quiet (nothing is announced on a weekend).',
      due,
      'Besides, a notice (quiet): accepted, at 2026-07-12 07:00 UTC.',
    ]);
    expect(sink.received.at(-1)?.email.html).toContain('nothing is announced on a weekend');
    expect(subjectsTo('desk@operator.example')).toEqual([
      'Paperround: a feed failed (learning)',
      'Paperround: over: a feed failed (learning)',
    ]);
    expect(await store.rounds.listOpen()).toEqual([]);
    if (backend === 'sandbox') return;
    expect(await why('paul@readers.example', '2026-07-12')).toEqual([
      'They got no digest: the subscription is paused.',
      'As it stands now, it is paused until Monday, 20 July 2026.',
      due,
    ]);
    expect(await why('sue@readers.example', '2026-07-12')).toEqual([
      'They got no digest: the address is suppressed.',
      'The reason: complaint, at 2026-07-11 12:00 UTC.',
      due,
    ]);
  });

  it('tells of dates that had no outcome why they had none', async () => {
    clock.set('2026-07-12T12:00:00Z');
    await subscribe(context.outside, 'tom@readers.example', { days: [1, 3], zone: 'Asia/Tokyo' });
    expect(await why('tom@readers.example', '2026-07-10')).toEqual([
      'They were not subscribed yet: they confirmed at 2026-07-12 12:00 UTC.',
    ]);
    expect(await why('tom@readers.example', '2026-07-13')).toEqual([
      'They are not due yet: at 07:00 in Asia/Tokyo, 2026-07-12 22:00 UTC, as their wishes stand now.',
    ]);
    expect(await why('tom@readers.example', '2026-07-14')).toEqual([
      'They were not due: they get mail on Monday, Wednesday, as their wishes stand now.',
    ]);
    expect(await why('lea@readers.example', '2026-07-12')).toEqual([
      'They had left: by one click, at 2026-07-09 07:00 UTC.',
    ]);
    expect(await why('nobody@readers.example', '2026-07-12')).toEqual([
      'Nobody is known under this address: it was never subscribed, or it was erased.',
    ]);
    await expect(why('ada@readers.example', '22.11.')).rejects.toThrow(/must be a date such as/);
  });

  it('marks nothing as covered where looking up fails, and gives it when it can', async () => {
    const { outside } = context;
    await cutWith(outside, makePapers('kept', 2));
    const draft = await outside.store.editions.findDraft();
    if (draft)
      await outside.store.editions.recordCutDue(draft.id, new Date('2026-07-14T05:00:00Z'));
    clock.set('2026-07-13T07:00:00Z');
    await planWork(outside);
    const [round] = await outside.store.rounds.listOpen();
    const roundId = round?.id ?? 0;
    const broken = {
      ...outside.store,
      transaction: <Result>(work: (tx: typeof outside.store) => Promise<Result>) =>
        outside.store.transaction((tx) =>
          work({
            ...tx,
            deliveries: {
              ...tx.deliveries,
              lockHistory: () => Promise.reject(new Error('the database is away')),
            },
          }),
        ),
    };
    await expect(composeRound({ ...outside, store: broken }, roundId)).rejects.toThrow(/is away/);
    expect(await outside.store.rounds.find(roundId)).toMatchObject({ frozenAt: null });
    expect(await why('ada@readers.example', '2026-07-13')).toEqual([
      'The digest of this date is not composed yet.',
      'They were due at 07:00 in Etc/UTC, 2026-07-13 07:00 UTC.',
    ]);
    await composeRound(outside, roundId);
    await send(outside, lease);
    expect((await why('ada@readers.example', '2026-07-13'))[0]).toMatch(/^They got mail/);
  });

  it('lets a round wait for a cut that is due, and makes a missed one due anew', async () => {
    const { outside } = context;
    const { store } = outside;
    clock.set('2026-07-17T15:00:00Z');
    const draft = await store.editions.findDraft();
    const before = await store.rounds.findLastId();
    await planWork(outside);
    expect(await store.rounds.findLastId()).toBe(before);
    expect((await store.editions.find(draft?.id ?? 0))?.cutDueAt).toEqual(clock.now());
    play(arxivRss('2026-07-17', [item('2607.00009', 'Missed while we were down')]));
    // Nobody read it for days: it is waited for, and then in the edition.
    expect(await cut('2026-07-17T15:00:10Z')).toBe('the cut waits for learning');
    await fetchAt('2026-07-17T15:00:20Z');
    expect(await cut('2026-07-17T15:00:30Z')).toMatch(/^edition 2026-07-17 is cut: 1 paper/);
    const [open] = await store.rounds.listOpen();
    expect(await composeRound(outside, open?.id ?? 0)).toMatchObject({ isFrozen: true });
    await send(outside, lease);
    const mails = subjectsTo('ada@readers.example');
    expect(mails.at(-1)).toBe('Missed while we were down');
    expect(await why('ada@readers.example', '2026-07-15')).toContain(
      'They got no digest: the service was down; what is new enough comes in the next digest.',
    );
  });

  /** Alarms that something did not come, though it only slept. */
  const listFalse = async () =>
    (await tellAlarms(context.outside)).began.filter(({ name }) =>
      ['no_edition', 'nothing_accepted', 'stalled'].includes(name),
    );

  it('wakes after thirty days with news alone, on days that readers want', async () => {
    const { outside } = context;
    const { store } = outside;
    play(arxivRss('2026-07-18', [item('2607.00010', 'Seen before a long sleep')]));
    await fetchAt('2026-07-17T16:00:00Z');
    const asleep = subjectsTo('tom@readers.example');
    // A Sunday; Tom wants Mondays and Wednesdays, and it is evening in Tokyo.
    clock.set('2026-08-16T12:00:00Z');
    expect(await listFalse()).toEqual([]);
    const before = await store.rounds.findLastId();
    await planWork(outside);
    play(arxivRss('2026-08-16', [item('2608.00001', 'Seen on waking')]));
    // It may come before the cut does.
    await fetchAt('2026-08-16T12:00:05Z');
    expect(await cut('2026-08-16T12:00:10Z')).toMatch(/^edition 2026-07-18 is cut: 1 paper/);
    await planWork(outside);
    expect(await store.rounds.findLastId()).toBe(before);
    expect(await cut('2026-08-16T12:00:30Z')).toMatch(/^edition 2026-08-16 is cut: 1 paper/);
    const [open] = await store.rounds.listOpen();
    await composeRound(outside, open?.id ?? 0);
    await send(outside, lease);
    expect(subjectsTo('ada@readers.example').at(-1)).toBe('Seen on waking');
    expect(subjectsTo('tom@readers.example')).toEqual(asleep);
    expect(await why('tom@readers.example', '2026-08-12')).toContain(
      'They got no digest: the service was down; what is new enough comes in the next digest.',
    );
    await mailAt('2026-08-16T22:00:00Z');
    expect(subjectsTo('tom@readers.example')).toEqual([...asleep, 'Seen on waking']);
    expect((await store.editions.findByName('2026-07-18'))?.state).toBe('closed');
    expect(await listFalse()).toEqual([]);
  });
});

/** What other rooms do to a reader, by hand where no step of theirs is there yet. */
async function pauseAndSuppress(place: Place, context: Context, backend: string) {
  const url = place.env['DATABASE_URL'];
  if (backend !== 'service' || !url) return;
  const database = openPostgres(url, () => {});
  const hash = hashAddress(context.outside.keys, 'sue@readers.example');
  await database.rows(sql`insert into public.suppression (address_hash, reason, at)
    values (${hash}, 'complaint', '2026-07-11T12:00:00Z')`);
  await database.rows(sql`update public.subscription set paused_until = '2026-07-20T00:00:00Z'
    where subscriber_id = (select id from public.subscriber where address = 'paul@readers.example')`);
  await database.close();
}

// The morning after three days without power, for ten thousand readers.
// Needs the services of the machine: without PostgreSQL and Redis the run says so at its start.
const onService = backends.includes('service') ? it : it.skip;
onService('a service that was down gives ten thousand readers one digest each', async () => {
  const place = await createPlace('service');
  const clock = createClock('2026-03-02T12:00:00Z');
  const context = await openContext(place, clock);
  const { outside } = context;
  const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
  try {
    await subscribe(outside, 'first@readers.example');
    await database.rows(sql`insert into public.subscriber (address, address_key, created_at)
      select 'r' || n || '@readers.example', 'r' || n || '@readers.example', now()
      from generate_series(1, 9999) n`);
    await database.rows(sql`insert into public.subscription (subscriber_id, state, profile,
        papers_per_digest, days, minute_of_day, zone, next_due_at, next_due_date, confirmed_at, created_at)
      select r.id, 'active', s.profile, s.papers_per_digest, s.days, s.minute_of_day, s.zone,
        s.next_due_at, s.next_due_date, s.confirmed_at, s.created_at
      from public.subscription s, public.subscriber r where r.id <> s.subscriber_id`);
    for (const series of ['e0', 'e1', 'e2']) {
      await cutWith(outside, makePapers(series, 3));
      clock.advance(DAY_MS);
    }
    clock.set('2026-03-05T09:00:00Z');
    const report = await compose(outside);
    expect(report).toMatchObject({ candidates: 30_000, deliveries: 10_000, isFrozen: true });
    expect(report?.exclusions).toEqual([{ exclusion: 'missed', count: 20_000 }]);
    expect(await compose(outside)).toBeUndefined();
    const covers = await database.rows(
      sql`select cardinality(covers) as editions, count(*)::int as count
        from public.delivery group by cardinality(covers)`,
    );
    expect(covers).toEqual([{ editions: 3, count: 10_000 }]);
    expect(await outside.store.deliveries.countReady(clock.now())).toBe(10_000);
  } finally {
    await database.close();
    await context.close();
    await place.remove();
  }
});
