import { en } from '../../src/core/words/en.ts';
import { allLanguages } from '../../src/core/words/languages.ts';
import { type WordKey, wordsOf } from '../../src/core/words/words.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { signReaderIn } from '../harness/reader-session.ts';
import { waitFor } from '../harness/wait.ts';

const german = wordsOf('de');
/** What English says between its slots, where German says something else. */
const englishOnly = (Object.keys(en) as WordKey[]).flatMap((key) => {
  const said = JSON.stringify(german.textOf(key));
  return Object.values(
    [en[key]].flatMap((text) => (typeof text === 'string' ? [text] : Object.values(text))),
  )
    .flatMap((text) => text.split(/\{\w+\}|<[^>]*>/))
    .map((part) => part.trim())
    .filter((part) => part.length > 8 && !said.includes(part));
});

async function read(live: Live, path: string) {
  const answer = await live.get(path);
  expect([path, answer.statusCode, answer.headers['content-language']]).toEqual([
    path,
    200,
    expect.any(String),
  ]);
  return answer.body;
}

/** Pages for everybody that a body leads to, in its own language; those of a session ask who it is. */
const linksIn = (body: string, prefix: string) =>
  [...new Set(body.matchAll(/href="(\/[^"#]*)"/g))]
    .map(([, link = '']) => link.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&'))
    .filter(
      (link) =>
        link.startsWith(prefix) &&
        !/\.(css|svg|js)|cite\.|\/(votes|my-papers|circles|propose|follow)(\/|\?|$)/.test(link),
    );

describe('a site in English', () => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive('sandbox', { env: { REQUESTS_PER_MINUTE: '100000' } });
    await cutWith(live.outside, makePapers('a', 12));
    // Authors are found by words that a job makes.
    await live.settle();
    await waitFor(async () => (await live.get('/')).body.includes('<article'));
  });
  afterAll(() => live?.close());

  it('has the same pages in German, which lead to one another and say nothing in English', async () => {
    const seen = new Set<string>();
    const open = ['/de/'];
    for (let path = open.pop(); path !== undefined && seen.size < 40; path = open.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const body = await read(live, path);
      expect([path, body.includes('<html lang="de">')]).toEqual([path, true]);
      const text = body.replace(/<script[\s\S]*?<\/script>/g, '');
      expect([path, englishOnly.filter((part) => text.includes(part))]).toEqual([path, []]);
      open.push(...linksIn(body, '/de/'));
    }
    for (const path of ['/de/editions', '/de/search', '/de/subscribe', '/de/link'])
      expect(seen).toContain(path);
    expect([...seen].some((path) => path.startsWith('/de/papers/'))).toBe(true);
  });

  it('tells each page which others say the same, and readers how to get there', async () => {
    for (const [path, other] of [
      ['/', '/de/'],
      ['/editions', '/de/editions'],
      ['/de/search', '/search'],
      ['/proposals', '/de/proposals'],
    ] as const) {
      const body = (await read(live, path)).replaceAll('&#x3D;', '=');
      expect(body.match(/rel="alternate" hreflang="\w+"/g)).toHaveLength(allLanguages.length);
      expect(body).toMatch(new RegExp(`<a href="${other}" lang="(de|en)"`));
    }
  });

  it('has whoever presses something on a German page sign in in German, and go on there', async () => {
    const [link = ''] = linksIn(await read(live, '/de/'), '/de/papers/');
    const paper = await read(live, link);
    const [, vote = ''] = /action="(\/de\/votes\/\d+)"/.exec(paper) ?? [];
    const edition = await read(live, linksIn(await read(live, '/de/'), '/de/editions/')[0] ?? '');
    expect(edition).toContain('href="/de/votes/');
    const turned = await live.post(vote, { way: 'more' });
    const next = `${vote}?way=more`;
    expect(turned.headers.location).toBe(`/de/sign-in?${new URLSearchParams({ next })}`);
    const asked = await read(live, String(turned.headers.location));
    expect(asked).toContain('<html lang="de">');
    expect(asked).toContain('action="/de/sign-in"');
    expect(englishOnly.filter((part) => asked.includes(part))).toEqual([]);
    for (const path of ['/de/propose', '/de/follow?topic=reefs']) {
      const place = `/de/sign-in?${new URLSearchParams({ next: path })}`;
      expect((await live.get(path)).headers.location).toBe(place);
    }
    const eva = 'eva@readers.example';
    await subscribe(live.outside, eva);
    const reader = await signReaderIn(live, eva, next);
    expect(reader.next).toBe(next);
    const voting = await reader.get(next);
    expect([
      voting.body.includes('<html lang="de">'),
      voting.body.includes(`action="${vote}"`),
    ]).toEqual([true, true]);
    expect((await reader.post(vote, { way: 'more' })).headers.location).toBe(vote);
    expect((await reader.post('/de/sign-out')).headers.location).toBe('/de/');
    expect((await live.get('/de/session/1.2.x')).statusCode).toBe(404);
  });

  it('says in German what was wrong with a form, and where nothing is', async () => {
    const form = { method: 'POST', url: '/de/subscribe', payload: 'address=x&hour=07:00' } as const;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await live.app.inject({ ...form, headers });
    expect(answer.body).toContain('ist keine E-Mail-Adresse');
    expect(answer.body).toContain('Wählen Sie mindestens einen Tag.');
    const nothing = await live.get('/de/nowhere');
    expect([nothing.statusCode, nothing.headers['content-language']]).toEqual([404, 'de']);
    expect(nothing.body).toContain('Hier ist nichts');
    expect((await live.get('/de/search?q=%22x')).body).toContain('Ein Anführungszeichen steht');
  });
});

it('a site in German is German at its root, and English below /en/', async () => {
  const live = await openLive('sandbox', { env: { LANGUAGE: 'de' } });
  try {
    expect(await read(live, '/')).toContain('Jeden Morgen neue wissenschaftliche Arbeiten');
    expect(await read(live, '/en/')).toContain('New science papers, every morning');
    expect((await live.get('/de/')).statusCode).toBe(404);
    const desk = await live.get('/admin/sign-in');
    expect(desk.body).toContain('<html lang="en">');
  } finally {
    await live.close();
  }
});

// The second morning brings a digest of a round, beside one of the site's language.
it('whoever signs up on a German page is written to in German, and may change it', async () => {
  const live = await openLive('sandbox', {
    env: { SIGNUPS_PER_IP: '100', SIGNUPS_PER_DOMAIN: '100', FORM_MAILS_PER_ADDRESS: '20' },
  });
  const form = { topics: 'coral reefs', hour: '07:00', zone: 'Etc/UTC', count: '5' };
  const days = ['1', '2', '3', '4', '5', '6', '7'];
  const [ada, ben] = ['ada@readers.example', 'ben@readers.example'];
  const lastTo = (address: string) => live.mailTo(address).at(-1);
  try {
    await cutWith(live.outside, makePapers('a', 8));
    for (const [path, address] of [
      ['/de/subscribe', ada],
      ['/subscribe', ben],
    ] as const) {
      const answer = await live.post(path, { ...form, days, address, announcements: 'all' });
      expect(answer.headers.location).toBe(`${path}/asked`);
    }
    await live.settle();
    expect(lastTo(ada)?.email.subject).toMatch(/^Bitte bestätigen: neue Arbeiten von/);
    expect(lastTo(ben)?.email.subject).toMatch(/^Please confirm/);
    for (const address of [ada, ben]) await live.post(live.linkTo('confirm', address), {});
    expect((await live.get(live.linkTo('confirm', ada))).body).toContain('Ihr Abonnement besteht');
    const [consent] = await live.outside.store.consents.listOfSubscriber(
      (await live.outside.store.subscribers.findByAddress(ada))?.subscriberId ?? 0,
    );
    expect(consent?.text).toContain('mit einem Klick in jeder Mail abbestellen');
    expect(consent?.text).toContain('auch andere Mitteilungen per Mail');
    const signedIn = await signReaderIn(live, ada);
    expect(lastTo(ada)?.email.subject).toMatch(/^Anmelden bei/);
    const proposing = await signedIn.get('/propose');
    expect(proposing.body).toContain('<html lang="de">');
    expect(englishOnly.filter((part) => proposing.body.includes(part))).toEqual([]);
    const unread = await signedIn.post('/propose', { paper: 'nothing', named: '' });
    expect(unread.body).toContain('Diese Website fragt keine Quellen');

    await cutWith(live.outside, makePapers('b', 8));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    const [german, english] = [lastTo(ada), lastTo(ben)];
    expect(german?.source).toMatch(/^Content-Language: de/im);
    expect(german?.email.html).toContain('<html lang="de"');
    expect(german?.email.text).toContain('Sie bekommen diese Mail');
    expect(german?.email.html).toContain('/de/editions/');
    expect(english?.source).toMatch(/^Content-Language: en/im);
    expect(english?.email.text).toContain('You get this mail');
    const said = german?.email.text?.replace(/https?:\S+/g, '') ?? '';
    expect(englishOnly.filter((part) => said.includes(part))).toEqual([]);

    const page = live.linkTo('preferences', ada);
    expect((await live.get(page)).body).toContain('<html lang="de">');
    const saved = await live.post(page, { ...form, days, language: 'en' });
    expect(saved.body).toContain('Saved. Your next digest follows these wishes.');
    const wrong = await live.post(page, { ...form, days, language: 'tlh' });
    expect(wrong.body).toContain('Choose a language from the list.');
  } finally {
    await live.close();
  }
});
