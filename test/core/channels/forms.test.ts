import fc from 'fast-check';
import { type EditionPost, shorten } from '../../../src/core/channels/edition-post.ts';
import {
  escapeCard,
  escapeDiscord,
  escapeHtml,
  escapeMarkdown,
  escapeSlack,
  escapeTarget,
  escapeZulip,
} from '../../../src/core/channels/escapes.ts';
import { weighCard } from '../../../src/core/channels/forms/teams.ts';
import { type Place, type ServiceName, serviceNames } from '../../../src/core/channels/place.ts';
import { services } from '../../../src/core/channels/services.ts';
import { wordsOf } from '../../../src/core/words/words.ts';

const words = wordsOf('en');
const name = { id: 'post-7-abc', at: new Date('2026-11-30T07:00:00Z') };
const place: Place = {
  url: 'https://team.example/hook',
  user: 'bot@zulip.example',
  key: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3',
  room: '!room:example.org',
  topic: 'papers',
};

function makePost(given: Partial<EditionPost> = {}): EditionPost {
  const papers = given.papers ?? [
    {
      title: 'Reward models',
      authors: 'Ada Lovelace',
      link: 'https://arxiv.org/abs/2611.1',
      summary: 'They reward.',
    },
  ];
  return {
    title: 'Paperround: Monday, 30 November 2026',
    lead: 'Today: 1 of 3 papers chosen.',
    page: 'https://papers.example/editions/2026-11-30',
    paperCount: papers.length + 2,
    sayMore: (count) => words.say(count > 0 ? 'channel.more' : 'channel.page', { count }),
    edition: { name: '2026-11-30', date: 'Monday, 30 November 2026' },
    ...given,
    papers,
  };
}

const bodyOf = (service: ServiceName, post: EditionPost) =>
  services[service].build(place, post, name).body;
/** How large each says that it may be, in its own unit. Sources: cases of channels. */
const limits: Readonly<Record<ServiceName, (body: string) => boolean>> = {
  slack: (body) => body.length < 10_000 && JSON.parse(body).blocks.length <= 50,
  mattermost: (body) => [...JSON.parse(body).text].length <= 16_383,
  teams: (body) => weighCard(body) <= 18_000,
  discord: (body) =>
    JSON.parse(body).embeds[0].description.length <= 4_096 &&
    JSON.parse(body).embeds[0].title.length <= 256,
  zulip: (body) => [...(new URLSearchParams(body).get('content') ?? '')].length <= 10_000,
  matrix: (body) => Buffer.byteLength(body) <= 29_000,
  webhook: (body) => Buffer.byteLength(body) <= 20_000,
};

describe('the forms of services', () => {
  it.each(serviceNames)(
    '%s: holds title, lead, papers and what is left for the page',
    (service) => {
      const body = bodyOf(service, makePost());
      const said = service === 'zulip' ? (new URLSearchParams(body).get('content') ?? '') : body;
      for (const text of ['Reward models', 'https://arxiv.org/abs/2611.1', 'They reward', 'Ada'])
        expect(said.replaceAll('\\\\', '').replaceAll('\\', '')).toContain(text);
      if (service === 'webhook') expect(JSON.parse(body).data.more).toBe(2);
      else expect(said).toContain('2 more papers on the page');
    },
  );

  it.each(serviceNames)('%s: is cut by whole papers, and says how many are left', (service) => {
    const papers = Array.from({ length: 400 }, (_, at) => ({
      title: `Paper <${at}>`,
      authors: 'Ada Lovelace, Grace Hopper',
      link: `https://papers.example/${at}`,
      summary: 'A sentence that is neither long nor short. '.repeat(6).trim(),
    }));
    const body = bodyOf(service, makePost({ papers }));
    expect(limits[service](body)).toBe(true);
    const shown = new Set(body.match(/papers\.example(%2F|\/)\d+/g)).size;
    expect(shown).toBeGreaterThan(3);
    const left = 402 - shown;
    if (service === 'webhook') expect(JSON.parse(body).data.more).toBe(left);
    else expect(body.replaceAll('+', ' ')).toContain(`${left} more papers on the page`);
  });

  const hostile = fc.oneof(
    fc.constantFrom(
      '@all',
      '@**all**',
      '<!channel>',
      '<@U123>',
      '<https://x.example|y>',
      '](https://x.example)',
      '$x_1$ and $$y$$',
      '`code',
      '**',
      ':smile:',
      '\u0000\u2028',
      '<at>Ada</at>',
      '\ud800',
      '\u{1f600}'.repeat(40),
      '</strong><script>',
    ),
    fc.string({ unit: 'binary', maxLength: 700 }),
  );
  const papers = fc.array(
    fc.record(
      { title: hostile, authors: hostile, summary: hostile, link: fc.webUrl() },
      { requiredKeys: ['title'] },
    ),
    { maxLength: 60 },
  );

  it.each(serviceNames)('%s: is within its limits, whatever stands in it', (service) => {
    fc.assert(
      fc.property(papers, hostile, (given, title) => {
        const cut = given.map((paper) => ({
          ...paper,
          title: shorten(paper.title, 300),
          ...(paper.summary === undefined ? {} : { summary: shorten(paper.summary, 600) }),
          ...(paper.authors === undefined ? {} : { authors: shorten(paper.authors, 200) }),
        }));
        const body = bodyOf(service, makePost({ papers: cut, title: shorten(title, 300) }));
        expect(limits[service](body)).toBe(true);
        // Neither half of a character is ever alone.
        expect(body).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 60 },
    );
  });

  const signs: readonly (readonly [string, (text: string) => string, string, RegExp])[] = [
    ['Slack', escapeSlack, 'look <!channel> & <@U1>', /[<>]/],
    ['Mattermost', escapeMarkdown, 'look @all <!here> @channel', /@(all|channel)|<!/],
    ['Mattermost', escapeMarkdown, '[a](x) *b* $x_1$ `c`', /(?<!\\)[[\]*$`_]/],
    ['Mattermost', escapeMarkdown, 'so :smile:', /:smile:/],
    ['Mattermost', escapeMarkdown, '1. # one', /^1\.|(?<!\\)#/],
    ['Zulip', escapeZulip, 'look @**all**, @*group*, @_**Ada**', /@[_*\\]/],
    ['Zulip', escapeZulip, '$$x$$ [a](b)', /\$\$|(?<!\\)[[\]]/],
    ['Discord', escapeDiscord, '[a](x) **b** <@1>', /(?<!\\)[[\]*<>]/],
    ['Discord', escapeDiscord, '@everyone', /@everyone/],
    ['Teams', escapeCard, '<at>Ada</at> [x](y) *b*', /<at>|(?<!\\)[[\]*]/],
    ['Matrix', escapeHtml, '<b>&"', /[<>"]|&(?!amp|lt|gt|quot)/],
    ['a link', escapeTarget, 'https://x.example/a(b)_c d', /[() ]/],
  ];
  it.each(signs)('%s: no sign is left that means something', (_service, quote, text, never) => {
    expect(quote(text)).not.toMatch(never);
  });

  it('lets a message ping nobody where the service can be told so', () => {
    expect(JSON.parse(bodyOf('discord', makePost())).allowed_mentions).toEqual({ parse: [] });
    expect(JSON.parse(bodyOf('matrix', makePost()))['m.mentions']).toEqual({});
  });

  it('asks Discord for the message itself, and keeps what else its address says', () => {
    const url = 'https://discord.com/api/webhooks/1/t?thread_id=9';
    const wire = services.discord.build({ url }, makePost(), name);
    expect(new URL(wire.url).searchParams.toString()).toBe('thread_id=9&wait=true');
  });

  it('names a message of Matrix the same at every try', () => {
    const urls = [1, 2].map(() => services.matrix.build(place, makePost(), name).url);
    expect(urls[0]).toBe(urls[1]);
    expect(urls[0]).toContain('/rooms/!room%3Aexample.org/send/m.room.message/post-7-abc');
  });

  it('cuts a text at a word, and never in a character', () => {
    expect(shorten('one two three', 9)).toBe('one two…');
    expect(shorten('\u{1f600}'.repeat(9), 4)).toBe(`${'\u{1f600}'.repeat(3)}…`);
    expect(shorten('a\u0000\nb', 9)).toBe('a b');
  });
});
