import { type Loopback, loopbackFeeds, startLoopback, WINDOW } from './loopback.ts';

const rss = (inside: string) =>
  `<rss version="2.0"><channel><title>t</title>${inside}</channel></rss>`;
const item = (title: string, description = '') =>
  `<item><title>${title}</title><description>${description}</description></item>`;
const SOUND = item('Sound');

let server: Loopback;
let body: string | Buffer = '';

beforeAll(async () => {
  server = await startLoopback((_request, response) => response.end(body));
});
afterAll(() => server.close());

async function read(text: string | Buffer) {
  body = text;
  const feeds = loopbackFeeds(server.base);
  try {
    return await feeds.fetchFeed({ kind: 'feed', address: `${server.base}/feed` }, WINDOW);
  } finally {
    await feeds.close();
  }
}

describe('hostile feeds end in a refusal', () => {
  const laughs = Array.from(
    { length: 9 },
    (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`,
  );
  it.each([
    ['an entity bomb', `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}]>${rss(item('&l9;'))}`],
    [
      'an external entity',
      `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${rss(item('&e;'))}`,
    ],
    ['ten thousand nested tags', rss(`<item><title>${'<b>'.repeat(10_000)}`)],
    ['nested tags that are closed', rss(item(`${'<b>'.repeat(10_000)}${'</b>'.repeat(10_000)}`))],
  ])('%s', async (_name, text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('hostile items cost themselves only', () => {
  it('refuses a title of a megabyte', async () => {
    const { papers, refusals } = await read(rss(item('x'.repeat(1_048_576)) + SOUND));
    expect(papers.map(({ title }) => title)).toEqual(['Sound']);
    expect(refusals).toEqual([
      { item: 'x'.repeat(120), reason: 'Its title has 1048576 characters.' },
    ]);
  });

  it.each([
    '&lt;h',
    '&lt;',
    '&lt;p&gt;',
    '&amp;amp;',
    '$',
    '\\frac{',
    '{',
    '&lt;!--',
    '&lt;script ',
  ])('bounds an abstract of many "%s"', async (piece) => {
    const { papers } = await read(rss(item('A', piece.repeat(100_000)) + SOUND));
    expect(papers.map(({ title }) => title)).toEqual(['A', 'Sound']);
    expect(papers[0]?.abstract.length).toBeLessThanOrEqual(40_000);
  });

  it('shows no script, style, control character or change of direction', async () => {
    const abstract = [
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '&lt;style&gt;p{}&lt;/style&gt;',
      'A&#0;B\u0000C\u001bD\u202eE\u2066F\u200bG',
      '&lt;img src=x onerror=alert(1)&gt; is an end.',
    ];
    const { papers } = await read(rss(item('T\u202eitle', abstract.join(' '))));
    expect(papers[0]?.title).toBe('Title');
    expect(papers[0]?.abstract).toMatch(/^A\W?B\W?C\W?DEFG is an end\.$/u);
    expect(papers[0]?.abstract).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]|alert|p\{/u);
  });

  it('takes __proto__ for nothing', async () => {
    const proto = '<__proto__><title>x</title><polluted>yes</polluted></__proto__>';
    const { papers } = await read(rss(`${proto}<item>${proto}<title>A</title></item>`));
    expect(papers.map(({ title }) => title)).toEqual(['A']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('reads a feed whose charset is not the one it names', async () => {
    const text = `<?xml version="1.0" encoding="utf-8"?>${rss(item('Müller'))}`;
    const { papers } = await read(Buffer.from(text, 'latin1'));
    expect(papers.map(({ title }) => title)).toEqual(['Müller']);
  });

  it('drops links that are no web address', async () => {
    const { papers } = await read(
      rss('<item><title>A</title><link>data:text/html,x</link></item>'),
    );
    expect(papers[0]).not.toHaveProperty('link');
  });

  it('reads no more than its share of a feed with too many items', async () => {
    const { papers, refusals, complete } = await read(rss(item('A').repeat(10_001)));
    expect([papers.length, refusals.length, complete]).toEqual([10_000, 1, false]);
  });
});
