import { parseHuggingface } from '../../src/feeds/huggingface.ts';
import { fixture, loopbackFeeds, startLoopback } from './loopback.ts';

describe('parseHuggingface', () => {
  it("keeps upvotes and the paper's own date, and refuses what is malformed", async () => {
    const { papers, refusals, batchDate } = await parseHuggingface(fixture('huggingface.json'));
    expect(papers).toEqual([
      {
        title: 'Models of ferries',
        abstract: 'We train a ferry.',
        authors: [{ name: 'Twelfth Author' }],
        categories: [],
        link: 'https://arxiv.org/abs/2607.00010',
        publishedAt: new Date('2026-07-06T00:00:00Z'),
        announcedAt: new Date('2026-07-07T00:00:00Z'),
        upvotes: 17,
        keywords: ['ferry', 'tide tables'],
        code: 'https://github.com/example/ferry',
        ids: { arxiv: '2607.00010' },
      },
      {
        title: 'A bare one',
        abstract: '',
        authors: [],
        categories: [],
        link: 'https://arxiv.org/abs/2607.00012',
        ids: { arxiv: '2607.00012' },
      },
    ]);
    expect(refusals).toEqual([
      { item: 'A paper whose votes are broken', reason: expect.stringContaining('upvotes') },
      { item: '(number 3)', reason: expect.stringContaining('expected object') },
    ]);
    expect(batchDate).toBe('2026-07-07');
  });

  it.each(['{"error":"no"}', 'Service Unavailable', '[', ''])(
    'refuses "%s" as a whole',
    async (text) => {
      await expect(parseHuggingface(Buffer.from(text))).rejects.toThrow(
        /not (JSON|in the expected form)/,
      );
    },
  );

  it('is not led astray by __proto__', async () => {
    const text = '[{"__proto__":{"paper":{"id":"2607.1","title":"x"}}, "paper":{"__proto__":{}}}]';
    const { papers, refusals } = await parseHuggingface(Buffer.from(text));
    expect([papers.length, refusals.length]).toEqual([0, 1]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('fetchMissedHuggingface', () => {
  it('asks for every weekday of the window', async () => {
    const server = await startLoopback((_request, response) =>
      response.end(fixture('huggingface.json')),
    );
    const feeds = loopbackFeeds(server.base);
    const window = { from: new Date('2026-07-03T10:00:00Z'), to: new Date('2026-07-06T09:00:00Z') };
    const missed = await feeds.fetchMissed({ kind: 'huggingface', address: 'daily' }, window);
    expect(server.asked).toEqual([
      '/api/daily_papers?date=2026-07-03&limit=100',
      '/api/daily_papers?date=2026-07-06&limit=100',
    ]);
    expect([missed.papers.length, missed.complete]).toEqual([4, true]);
    await feeds.close();
    await server.close();
  });
});
