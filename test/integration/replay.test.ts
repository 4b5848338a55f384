import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { explainDate } from '../../src/core/letter/why.ts';
import { parseAddress } from '../../src/core/reader/address.ts';
import { emptyProfile, type Profile } from '../../src/core/reader/subscription.ts';
import type { Context } from '../../src/process/context.ts';
import { tellAlarms } from '../../src/steps/alarms/tell.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { composeRound } from '../../src/steps/digests/compose.ts';
import { gatherDate } from '../../src/steps/digests/why.ts';
import { ingestDue } from '../../src/steps/feeds/ingest.ts';
import { planWork } from '../../src/steps/plan.ts';
import { addSubscriber } from '../../src/steps/readers/subscribe.ts';
import { cutWorker } from '../../workers/cut.ts';
import {
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { arxivQuery, arxivRss, dailyPapers } from '../harness/feed-shapes.ts';
import { playedBy, watch } from '../harness/feeds.ts';
import { send } from '../harness/morning.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';
import { playTenDays } from '../harness/ten-days.ts';

const TICK_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;
const days = playTenDays();
const readers: readonly {
  name: string;
  profile: Partial<Profile>;
  days: number[];
  minuteOfDay: number;
  zone: string;
}[] = [
  // Due at the very minute of the cut: 07:00 in Berlin is 01:00 in New York.
  {
    name: 'berlin',
    profile: { topics: ['reward models', 'voting rules'], exclude: ['poker'] },
    days: [1, 2, 3, 4, 5],
    minuteOfDay: 420,
    zone: 'Europe/Berlin',
  },
  { name: 'daily', profile: {}, days: [1, 2, 3, 4, 5, 6, 7], minuteOfDay: 720, zone: 'Etc/UTC' },
  {
    name: 'weekly',
    profile: { topics: ['robot'], authors: ['Mara Lind'] },
    days: [1],
    minuteOfDay: 1_080,
    zone: 'Asia/Tokyo',
  },
  {
    name: 'coins',
    profile: { topics: ['numismatics'], quietNote: true },
    days: [1, 2, 3, 4, 5],
    minuteOfDay: 390,
    zone: 'America/New_York',
  },
];

/*
 * Ten days of arXiv and Hugging Face through the real steps, a quarter of an hour at a time,
 * as the planner and the workers take them. REPLAY_OUT names a folder to read the mails in.
 */
describe('ten days', () => {
  let place: Place;
  let clock: Clock;
  let context: Context;
  let lease: Lease;
  let sink: SmtpSink;
  let feeds: FeedServer;

  beforeAll(async () => {
    place = await createPlace('sandbox');
    sink = await openSmtpSink();
    feeds = await openFeedServer();
    clock = createClock('2026-06-28T12:00:00Z');
    // Ten days pass here within minutes of the database's own clock, and no canary flies.
    const silence = { CANARY_SECONDS: '3600' };
    const env = { SMTP_URL: sink.url, CONTACT_EMAIL: 'desk@operator.example', ...silence };
    context = await openContext(place, clock, { ...env, ...playedBy(feeds) });
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    await live();
  }, 300_000);
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await feeds?.close();
    await sink?.close();
    await place?.remove();
  });

  /** arXiv is down on the morning of Tuesday 7 July; what it would have listed comes by its search. */
  const play = () => {
    feeds.answer = (request, response) => {
      const now = clock.now().getTime();
      const date = new Date(now - 4 * 3_600_000).toISOString().slice(0, 10);
      const today = days.find((day) => day.date === date);
      const url = request.url ?? '';
      const isDown = now > Date.parse('2026-07-07T03:00Z') && now < Date.parse('2026-07-07T20:00Z');
      if (url.startsWith('/api/daily_papers')) response.end(playDaily(now));
      else if (isDown) response.writeHead(410).end();
      else if (url.startsWith('/api/query')) response.end(arxivQuery({ start: 0, total: 0 }, []));
      else response.end(arxivRss(date, today?.arxiv ?? []));
    };
  };
  /** The fourth paper of each day stands in Hugging Face's list a day later, with votes that grow. */
  const playDaily = (now: number) => {
    const day = new Date(now).toISOString().slice(0, 10);
    const yesterday = new Date(now - DAY_MS).toISOString().slice(0, 10);
    const listed = days.find(({ date }) => date === yesterday)?.arxiv[7];
    if (!listed) return dailyPapers([]);
    const upvotes = 2 * new Date(now).getUTCHours();
    const { id, title, abstract } = listed;
    return dailyPapers([{ id, title, abstract, published: yesterday, daily: day, upvotes }]);
  };

  const tick = async () => {
    const { outside } = context;
    const { store } = outside;
    await planWork(outside);
    for (const { id } of await store.feeds.listDue(clock.now())) await ingestDue(outside, id);
    const draft = await store.editions.findDraft();
    if (draft) {
      const here = { lease, isStopping: () => false };
      await cutWorker.run(outside, { editionId: draft.id }, here);
      await tellAlarms(outside);
    }
    for (const { id } of await store.rounds.listOpen()) await composeRound(outside, id);
    if ((await store.deliveries.countReady(clock.now())) > 0) await send(outside, lease);
  };
  const live = async () => {
    const { outside } = context;
    await watch(outside, 'arxiv:cs', 'arXiv');
    await watch(outside, 'huggingface:daily', 'Hugging Face');
    for (const { name, profile, ...schedule } of readers) {
      await addSubscriber(outside, {
        address: parseAddress(`${name}@readers.example`),
        wishes: { profile: { ...emptyProfile, ...profile }, papersPerDigest: 6, schedule },
        actor: 'test',
      });
    }
    play();
    const end = Date.parse('2026-07-09T02:00:00Z');
    while (clock.now().getTime() < end) {
      await tick();
      clock.advance(TICK_MS);
    }
  };
  const mailsTo = (name: string) =>
    sink.received.filter(({ to }) => to === `${name}@readers.example`).map(({ email }) => email);
  const why = async (name: string, date: string) => {
    const address = parseAddress(`${name}@readers.example`);
    return explainDate(await gatherDate(context.outside, { address, date }));
  };
  /** Each date of a reader by what is said of it first, and of what was looked at. */
  const diary = async (name: string) => {
    const said = [];
    for (const { date } of days) {
      const [, first = '', second = ''] = await why(name, date);
      const extent = /: (\d.*)\.$/.exec(second)?.[1];
      const reason = /: (.*)[.]$/.exec(first)?.[1] ?? '';
      said.push(`${date.slice(5)} ${extent ?? reason}`);
    }
    return said;
  };

  it('can be read', async () => {
    const folder = process.env['REPLAY_OUT'];
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    for (const [index, { to, email }] of sink.received.entries()) {
      const name = `${String(index).padStart(2, '0')}-${to.split('@')[0]}`;
      await writeFile(join(folder, `${name}.txt`), `${email.subject}\n\n${email.text}`);
      await writeFile(join(folder, `${name}.html`), email.html ?? '');
    }
    const diaries = [];
    for (const { name } of readers) diaries.push(name, ...(await diary(name)), '');
    await writeFile(join(folder, 'diaries.txt'), diaries.join('\n'));
  });

  it('give the reader who is due at the cut the edition of that very day', async () => {
    expect(await diary('berlin')).toEqual([
      '06-29 15 papers today, 1 for you, 2 hidden by ‘poker’',
      '06-30 15 papers today, 1 for you, 1 hidden by ‘poker’',
      '07-01 15 papers today, 2 for you, 2 hidden by ‘poker’',
      '07-02 15 papers today, 2 for you, 1 hidden by ‘poker’',
      '07-03 no feed had new papers',
      expect.stringMatching(/^07-04 they get mail on Monday, Tuesday/),
      expect.stringMatching(/^07-05 they get mail on Monday, Tuesday/),
      '07-06 15 papers today, 2 for you, 1 hidden by ‘poker’',
      '07-07 a feed was broken or late; its papers come with the next digest',
      '07-08 30 papers today, 2 for you, 3 hidden by ‘poker’',
    ]);
    expect(new Set(mailsTo('berlin').map(({ date }) => date?.slice(11)))).toEqual(
      new Set(['05:00:00.000Z']),
    );
    for (const { html } of mailsTo('berlin')) expect(html).not.toMatch(/poker (agents|endgames)/);
  });

  it('bring what the feeds kept back on a broken morning, and nothing twice', async () => {
    expect(await diary('daily')).toEqual([
      ...['06-29', '06-30', '07-01', '07-02'].map((date) => `${date} 15 papers today, 6 for you`),
      ...['07-03', '07-04', '07-05'].map((date) => `${date} no feed had new papers`),
      '07-06 15 papers today, 6 for you',
      '07-07 a feed was broken or late; its papers come with the next digest',
      '07-08 30 papers today, 6 for you',
    ]);
    for (const { name } of readers) {
      const links = mailsTo(name).flatMap(({ html }) => [
        ...new Set(html?.match(/arxiv\.org\/abs\/[\d.]+/g)),
      ]);
      expect(links).toEqual([...new Set(links)]);
    }
  });

  it('give the weekly reader one mail over the week', async () => {
    expect(await diary('weekly')).toEqual([
      '06-29 15 papers today, 5 for you',
      ...['06-30', '07-01', '07-02', '07-03', '07-04', '07-05'].map(
        (date) => `${date} they get mail on Monday, as their wishes stand now`,
      ),
      '07-06 60 papers in 4 editions, 6 for you',
      '07-07 they get mail on Monday, as their wishes stand now',
      '07-08 they get mail on Monday, as their wishes stand now',
    ]);
  });

  it('tell the reader whom nothing matched each day why, and the operator of the broken one', async () => {
    const matched = (await diary('coins')).filter((line) => line.endsWith('reader follows'));
    expect(matched.map((line) => line.slice(0, 5))).toEqual([
      ...['06-29', '06-30', '07-01', '07-02', '07-06', '07-08'],
    ]);
    expect(mailsTo('coins').map(({ subject }) => subject)).toHaveLength(8);
    const alarms = sink.received.filter(({ to }) => to === 'desk@operator.example');
    expect(alarms.map(({ email }) => email.subject)).toEqual([
      'Paperround: a feed failed (arXiv)',
      'Paperround: still a feed failed (arXiv)',
      'Paperround: still a feed failed (arXiv)',
      'Paperround: over: a feed failed (arXiv)',
    ]);
  });
});
