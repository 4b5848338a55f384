import { runCommand } from '../../src/commands/commands.ts';
import type { Context } from '../../src/process/context.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { answerWith, draftTitles, playedBy } from '../harness/feeds.ts';

const rss = (...items: string[]) =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel><title>Journal of Rust</title>${items.join('')}</channel></rss>`;
const item = (title: string, doi: string, description = '') =>
  `<item><title>${title}</title><link>https://doi.org/${doi}</link><guid>${doi}</guid>
  <pubDate>Thu, 09 Jul 2026 00:00:00 GMT</pubDate><description><![CDATA[${description}]]></description></item>`;
const MATTER = 'It is no paper but matter of an issue: cover, contents, board or the like.';

describe.each(backends)('how a feed was read, in the %s', (backend) => {
  let place: Place;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;

  beforeAll(async () => {
    place = await createPlace(backend);
    feeds = await openFeedServer();
    clock = createClock('2026-07-09T05:10:00Z');
    context = await openContext(place, clock, playedBy(feeds));
  });
  afterAll(async () => {
    await context?.close();
    await feeds?.close();
    await place?.remove();
  });
  const ask = (name: string, args: unknown = {}) => runCommand(context.outside, { name, args });
  const run = async (name: string, args: unknown = {}) => (await ask(name, args)).lines.join('\n');
  const paperOf = async (key: string) => {
    const { papers } = context.outside.store;
    const [known] = await papers.listByKeys([key]);
    return (await papers.listAmended(new Date(0), 100)).find(({ id }) => id === known?.id);
  };

  it('is shown item by item: raw, what was read, and why', async () => {
    await run('feeds add', { feed: `${feeds.url}/rust`, name: 'rust' });
    await expect(run('feeds show', { name: 'rust', item: 1 })).rejects.toThrow(
      'the feed rust has no item 1: nothing of an answer is kept yet: fetch it first',
    );
    feeds.answer = answerWith(
      rss(
        item(
          '[ASAP] Rust on Purpose',
          '10.5555/r.1',
          '<div><cite>Journal of Rust</cite></div><p>Author(s): Ann Example, Bo Sample</p><p>Rust can be grown. We grow it on nails.</p>',
        ),
        item('Editorial Board', '10.5555/r.2'),
        item('Dust on window sills of nine towns', '10.5555/r.3', 'Dust is on sills. We count it.'),
        item('What is new in rust', '10.5555/r.4').replace(
          '<guid>',
          '<category>News</category><guid>',
        ),
      ),
    );
    expect(await run('feeds fetch', { name: 'rust' })).toBe(
      `rust: 4 items, 3 new papers, 1 refused (${MATTER.replace(/\.$/, '')})`,
    );
    expect(await run('feeds show', { name: 'rust', item: 1 })).toBe(
      [
        'Item 1: [ASAP] Rust on Purpose',
        'Title: Rust on Purpose',
        'Authors: Ann Example, Bo Sample',
        'Abstract: Rust can be grown. We grow it on nails. (from description)',
        'Kind: paper',
        'Date: 2026-07-09 00:00',
        'Link: https://doi.org/10.5555/r.1',
        'Identifiers: doi:10.5555/r.1',
        '',
        'Taken away:',
        '  "[ASAP]": it says that the paper came early',
        '  "Journal of Rust": it is the name of the journal',
        '  "Author(s): Ann Example, Bo Sample": it names the authors',
        '',
        'Raw:',
        '  title: [ASAP] Rust on Purpose',
        '  description: <div><cite>Journal of Rust</cite></div><p>Author(s): Ann Example, Bo Sample</p><p>Rust can be grown. We grow it on nails.</p>',
        '  pubDate: Thu, 09 Jul 2026 00:00:00 GMT',
      ].join('\n'),
    );
    expect(await run('feeds show', { name: 'rust', item: 2 })).toMatch(
      /^Item 2: Editorial Board\nRefused: It is no paper but matter.*\nNote: matter: its title says so/,
    );
    expect((await ask('feeds show', { name: 'rust', item: 4 })).data).toMatchObject({
      item: { title: 'What is new in rust', kind: 'news' },
    });
    await expect(run('feeds show', { name: 'rust', item: 5 })).rejects.toThrow(
      'the feed rust has no item 5: its newest answer has the items 1 to 4',
    );
  });

  it('leaves out the kinds that are not wanted of it', async () => {
    await expect(run('feeds without', { name: 'rust', kinds: ['paper'] })).rejects.toThrow(
      /remove/,
    );
    expect(await run('feeds without', { name: 'rust', kinds: ['news', 'editorial'] })).toBe(
      'the feed rust leaves out: news, editorial',
    );
    clock.set('2026-07-09T07:10:00Z');
    feeds.answer = answerWith(
      rss(
        item('Editorial: More rust', '10.5555/r.5'),
        item('Publisher Correction: Dust on window sills of nine towns', '10.5555/r.6'),
        item('More rust', '10.5555/r.7'),
      ),
    );
    expect(await run('feeds fetch', { name: 'rust' })).toBe(
      'rust: 3 items, 2 new papers, 1 refused (It is of a kind that this feed leaves out: editorial)',
    );
    expect(await draftTitles(context.outside)).not.toContain('Editorial: More rust');
    expect(await run('feeds show', { name: 'rust' })).toMatch(/\nLeft out: news, editorial\n/);
  });

  it('ties a correction to its paper, and a retraction in its place, once', async () => {
    expect(await paperOf('doi:10.5555/r.3')).toMatchObject({
      kind: 'correction',
      said: 'Publisher Correction: Dust on window sills of nine towns',
      amendedAt: new Date('2026-07-09T07:10:00Z'),
    });
    clock.set('2026-07-09T09:10:00Z');
    const later = [
      item('RETRACTED: Dust on window sills of nine towns', '10.5555/r.3'),
      item('Erratum', '10.5555/r.9'),
      item(
        'Correction to: Rust',
        '10.5555/r.10',
        'In https://doi.org/10.5555/r.7 a number was wrong.',
      ),
    ];
    feeds.answer = answerWith(rss(...later));
    expect(await run('feeds fetch', { name: 'rust' })).toMatch(/3 items, 2 new papers, 1 known/);
    const retracted = {
      kind: 'retraction',
      said: 'RETRACTED: Dust on window sills of nine towns',
      saidAt: 'https://doi.org/10.5555/r.3',
      amendedAt: new Date('2026-07-09T09:10:00Z'),
    };
    expect(await paperOf('doi:10.5555/r.3')).toMatchObject(retracted);
    expect(await paperOf('doi:10.5555/r.7')).toMatchObject({ kind: 'correction' });
    expect(await paperOf('doi:10.5555/r.1')).toBeUndefined();
    clock.set('2026-07-09T11:10:00Z');
    feeds.answer = answerWith(rss(...later, item('Even more rust', '10.5555/r.11')));
    await run('feeds fetch', { name: 'rust' });
    expect(await paperOf('doi:10.5555/r.3')).toMatchObject(retracted);
    // The paper itself stays as it was.
    expect(await draftTitles(context.outside)).toContain('Dust on window sills of nine towns');
  });

  it('says where a feed gives neither abstracts nor authors', async () => {
    clock.set('2026-07-09T13:10:00Z');
    feeds.answer = answerWith(rss(item('Bare rust', '10.5555/r.12')));
    await run('feeds fetch', { name: 'rust' });
    expect(await run('feeds show', { name: 'rust' })).toMatch(
      /\nIt gives neither abstracts nor authors: papers are known by their titles alone\.\n/,
    );
  });
});
