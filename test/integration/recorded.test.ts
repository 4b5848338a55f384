import { existsSync, readFileSync } from 'node:fs';
import type { Paper } from '../../src/core/paper/paper.ts';
import type { Context } from '../../src/process/context.ts';
import {
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { fetchNow, playedBy, watch } from '../harness/feeds.ts';

// Recorded answers of the real feeds lie beside the repository where they may be used.
const folder = new URL('../../../shared/feeds/', import.meta.url);
const isPresent = existsSync(folder);
if (!isPresent) console.info('skipped: the recorded feeds of ../shared/feeds are not here');
const describeRecorded = isPresent ? describe : describe.skip;

interface Recording {
  readonly file: string;
  /** `kind:address`, or the path of a plain feed. */
  readonly feed: string;
  /** The day of the recording. */
  readonly at: string;
  /** What the run reports: fetched, kept, merged, known, replaced, refused. */
  readonly run: readonly number[];
  /** What is stored: papers, authors, categories, arXiv ids, DOIs, dates, abstracts. */
  readonly stored: readonly number[];
  readonly status?: number;
  readonly error?: RegExp;
}

const recordings: readonly Recording[] = [
  {
    file: 'arxiv-rss2.0__DERIVED-from-arxiv-feed-serializer-and-docs.xml',
    feed: 'arxiv:cs.LG+math.OC',
    at: '2026-09-25T05:10:00Z',
    run: [4, 2, 0, 0, 2, 0],
    stored: [2, 11, 5, 2, 2, 2, 2],
  },
  {
    file: 'arxiv-rss2.0-EMPTY-weekend__DERIVED.xml',
    feed: 'arxiv:cs.LG',
    at: '2026-09-26T05:10:00Z',
    run: [0, 0, 0, 0, 0, 0],
    stored: [0, 0, 0, 0, 0, 0, 0],
  },
  {
    file: 'arxiv-atom-feed__sakshamchitkara-dotcom-paper-forge__arxiv_rss.xml',
    feed: 'arxiv:cs.LG',
    at: '2026-09-25T05:10:00Z',
    run: [3, 2, 0, 0, 1, 0],
    stored: [2, 11, 5, 2, 2, 2, 2],
  },
  {
    file: 'arxiv-query-api-atom__lukasschwab-arxiv.py__q_testing_10.xml',
    feed: 'arxiv-query:id_list=2202.12139',
    at: '2026-09-25T05:10:00Z',
    run: [11, 10, 0, 0, 0, 1],
    stored: [10, 35, 15, 10, 6, 10, 10],
  },
  {
    file: 'arxiv-query-api-atom__lukasschwab-arxiv.py__old-style-id.xml',
    feed: 'arxiv-query:id_list=astro-ph/0601001',
    at: '2026-09-25T05:10:00Z',
    run: [1, 1, 0, 0, 0, 0],
    stored: [1, 4, 1, 1, 0, 1, 1],
  },
  {
    file: 'arxiv-query-api-ERROR-400__lukasschwab-arxiv.py__id_abc.xml',
    feed: 'arxiv-query:id_list=abc',
    at: '2026-09-25T05:10:00Z',
    run: [0, 0, 0, 0, 0, 0],
    stored: [0, 0, 0, 0, 0, 0, 0],
    status: 400,
    error: /arXiv says: incorrect id format for abc/,
  },
  {
    file: 'biorxiv-rss1-rdf__NetNewsWire__bio.rdf',
    feed: '/bio.rdf',
    at: '2019-08-27T12:00:00Z',
    run: [30, 30, 0, 0, 0, 0],
    stored: [30, 258, 0, 0, 30, 30, 30],
  },
  {
    file: 'hf-daily_papers-api.json',
    feed: 'huggingface:daily',
    at: '2026-06-12T12:00:00Z',
    run: [12, 12, 0, 0, 0, 0],
    stored: [12, 71, 0, 12, 0, 12, 12],
  },
  {
    file: 'journal-wiley-rss__rdmpage-biorss__2021-12-21.xml',
    feed: '/wiley.xml',
    at: '2021-12-21T12:00:00Z',
    // One of them is “Issue Information”, which is no paper.
    run: [66, 65, 0, 0, 0, 1],
    stored: [65, 1277, 65, 0, 65, 65, 28],
  },
  {
    file: 'arxiv-daily-email__plaintext-format-excerpt.txt',
    feed: '/mail.txt',
    at: '2026-09-25T05:10:00Z',
    run: [0, 0, 0, 0, 0, 0],
    stored: [0, 0, 0, 0, 0, 0, 0],
    error: /./,
  },
];

function countAll(papers: readonly Paper[]): number[] {
  const sum = (measure: (paper: Paper) => number) =>
    papers.reduce((total, paper) => total + measure(paper), 0);
  return [
    papers.length,
    sum(({ authors }) => authors.length),
    sum(({ categories }) => categories.length),
    sum(({ ids }) => (ids.arxiv ? 1 : 0)),
    sum(({ ids }) => (ids.doi ? 1 : 0)),
    sum(({ publishedAt }) => (publishedAt ? 1 : 0)),
    sum(({ abstract }) => (abstract ? 1 : 0)),
  ];
}

describeRecorded('a recorded answer, fetched and stored', () => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeEach(async () => {
    place = await createPlace('sandbox');
    feeds = await openFeedServer();
    clock = createClock('2026-09-25T05:10:00Z');
  });
  afterEach(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });

  it.each(recordings)('$file', async ({ file, feed, at, run, stored, status, error }) => {
    clock.set(at);
    // Journals list a month and more; here all of it shall be stored.
    const env = { ...playedBy(feeds), FEED_MAX_AGE_DAYS: '400' };
    context = await openContext(place, clock, env);
    feeds.answer = (request, response) => {
      // Of a search there is the first page only.
      const start = new URL(request.url ?? '', feeds.url).searchParams.get('start') ?? '0';
      const body = readFileSync(new URL(file, folder));
      response.writeHead(start === '0' ? (status ?? 200) : 404).end(body);
    };
    await watch(context.outside, feed.startsWith('/') ? feeds.url + feed : feed);
    const [report] = await fetchNow(context.outside);
    if (error) expect(report?.error).toMatch(error);
    else expect(report?.error).toBeNull();
    const { fetched, kept, merged, known, replaced, refused } = report ?? {};
    const draft = await context.outside.store.editions.findDraft();
    const papers = await context.outside.store.papers.listOfEdition(draft?.id ?? 0);
    expect([file, [fetched, kept, merged, known, replaced, refused], countAll(papers)]).toEqual([
      file,
      run,
      stored,
    ]);
  });
});
