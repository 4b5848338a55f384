import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDkimKeys } from '../../src/commands/dkim.ts';
import { verifyDkim } from '../harness/dkim.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { draftTitles, fetchNow, watch } from '../harness/feeds.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import type { Received } from '../harness/smtp-sink.ts';

const READERS = 1_000;
const SITE = 'https://news.example';
const url = process.env['TEST_DATABASE_URL'];
if (!url) console.info('skipped: the audit of 1,000 messages needs a PostgreSQL server');

/** Each is there once, and nothing else is there twice. */
const EVERY = [
  'from',
  'to',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-language',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-help',
  'list-archive',
  'list-owner',
  'list-post',
  'auto-submitted',
  'precedence',
  'feedback-id',
  'cfbl-address',
  'x-entity-ref-id',
];

/** What a feed might bring to break out of a header, a template or a page. */
const HOSTILE = [
  'Reefs\r\nBcc: everyone@readers.example\r\n\r\n<script>alert(1)</script>',
  '\u202egnp.exe\u0000 {{links.unsubscribe}} {{{html}}} <mj-include path="/etc/passwd" />',
  'An endless title '.repeat(110),
  'x'.repeat(1_000_000),
  '=?utf-8?Q?=0D=0ABcc:_x@readers.example?= "><img src=https://spy.example/x onerror=alert(1)>',
];

function buildHostileFeed(): string {
  const quote = (text: string) =>
    text.replace(/[&<>"\0]/g, (sign) => (sign === '\0' ? '' : `&#${sign.charCodeAt(0)};`));
  const items = HOSTILE.map(
    (text, at) => `<item><title>${quote(text)}</title>
      <link>${at % 2 ? 'javascript:alert(1)' : quote(`https://papers.example/?a=${at}&b="><b>`)}</link>
      <dc:creator>${quote(text.slice(0, 5_000))}</dc:creator>
      <pubDate>Tue, 03 Mar 2026 08:00:00 GMT</pubDate>
      <description>${quote(`${text} We show that reefs recover.`)}</description></item>`,
  );
  return `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <title>${quote(HOSTILE[0] ?? '')}</title>${items.join('')}</channel></rss>`;
}

(url ? describe : describe.skip)('1,000 delivered messages', () => {
  let live: Live;
  let folder: string;
  let records: Map<string, string>;
  let feeds: FeedServer;
  const received: Received[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-audit-'));
    const types = ['rsa', 'ed25519'] as const;
    const order = { domain: 'news.example', types, selector: 's', folder, now: new Date() };
    const made = await makeDkimKeys(order);
    const keys = made.data as { selector: string; path: string; name: string; value: string }[];
    records = new Map(keys.map(({ name, value }) => [name, value]));
    live = await openLive('service', {
      env: {
        PUBLIC_URL: SITE,
        MAIL_FROM: 'digest@news.example',
        SITE_NAME: 'Riffe & "Radar"',
        CONTACT_EMAIL: 'desk@news.example',
        INBOUND_DOMAIN: 'in.news.example',
        DKIM_KEYS: keys.map(({ selector, path }) => `${selector}=${path}`).join(' '),
        REQUESTS_PER_MINUTE: '1000000',
      },
    });
    for (let at = 0; at < READERS; at += 1) {
      await subscribe(live.outside, `reader${at}@readers.example`, { papers: 1 + (at % 30) });
    }
    feeds = await openFeedServer();
    feeds.answer = (_request, response) => response.end(buildHostileFeed());
    await watch(live.outside, `${feeds.url}/feed`, 'hostile');
    await fetchNow(live.outside);
    expect((await draftTitles(live.outside)).length).toBeGreaterThanOrEqual(HOSTILE.length - 1);
    await cutWith(live.outside, makePapers('audit', 40));
    live.clock.set('2026-03-04T07:00:00Z');
    await live.settle();
    received.push(...live.sink.received);
  }, 240_000);
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  const headerOf = ({ email }: Received, name: string) =>
    email.headers.find(({ key }) => key === name)?.value ?? '';

  it('went to one reader each, once', () => {
    expect(received).toHaveLength(READERS);
    expect(new Set(received.map(({ to }) => to)).size).toBe(READERS);
    for (const { to, email } of received) {
      expect(email.to).toEqual([{ name: '', address: to }]);
      expect([email.cc, email.bcc]).toEqual([undefined, undefined]);
    }
  });

  it('have every header once, and no other', () => {
    for (const { email } of received) {
      const names = email.headers.map(({ key }) => key).filter((key) => key !== 'dkim-signature');
      expect(names.sort()).toEqual([...EVERY].sort());
    }
    const [first] = received as [Received];
    expect(headerOf(first, 'list-id')).toMatch(/ <digest\.news\.example>$/);
    expect(headerOf(first, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headerOf(first, 'auto-submitted')).toBe('auto-generated');
    expect(headerOf(first, 'feedback-id')).toMatch(/^2026-03-0\d:regular:digest:newsexample$/);
    expect(headerOf(first, 'cfbl-address')).toBe('fbl@in.news.example; report=arf');
  });

  it('name their own return path and reference, which say nothing of the reader', () => {
    const paths = new Set<string>();
    for (const message of received) {
      const reference = headerOf(message, 'x-entity-ref-id');
      expect(message.from).toBe(`${reference}@in.news.example`);
      expect(message.from.split('@')[0]?.length).toBeLessThanOrEqual(64);
      paths.add(message.from.toLowerCase());
      expect(headerOf(message, 'list-unsubscribe')).toMatch(
        /^<https:\/\/news\.example\/unsubscribe\/[\w.-]+>,\s*<mailto:u\+[0-9a-z]+@in\.news\.example\?subject=unsubscribe>$/,
      );
    }
    expect(paths.size).toBe(READERS);
  });

  it('verify with both keys, both List-Unsubscribe fields covered', async () => {
    for (const { source } of received) {
      const verdicts = await verifyDkim(source, records);
      expect(verdicts.map(({ algo, status }) => `${algo} ${status.result}`).sort()).toEqual([
        'ed25519-sha256 pass',
        'rsa-sha256 pass',
      ]);
      for (const { signingHeaders } of verdicts) {
        const covered = signingHeaders.keys.toLowerCase().split(/[:\s]+/);
        expect(covered).toEqual(
          expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post']),
        );
      }
    }
  }, 120_000);

  it('are small, in lines that servers take, without anything that a feed smuggled in', () => {
    for (const { source, email } of received) {
      expect(Buffer.byteLength(email.html ?? '')).toBeLessThanOrEqual(80_000);
      expect(Math.max(...source.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThan(
        999,
      );
      expect(email.headers.some(({ key }) => key === 'bcc')).toBe(false);
      expect(email.html).not.toMatch(/<script|<img|<mj-|javascript:|\u202e/i);
      expect(`${email.html}${email.text}`).not.toContain('root:x:0');
    }
    const hostile = received.filter(({ email }) => email.text?.includes('links.unsubscribe'));
    expect(hostile.length).toBeGreaterThan(0);
  });

  it('lead to pages that are there, by https', async () => {
    const links = new Set<string>();
    for (const { email } of received.slice(0, 50)) {
      for (const [link = ''] of (email.html ?? '').matchAll(/(?<=href=")[^"]+/g)) links.add(link);
      for (const [link = ''] of (email.text ?? '').matchAll(/https?:\S+/g)) links.add(link);
    }
    const ours = [...links].map((link) => link.replaceAll('&amp;', '&'));
    expect(ours.filter((link) => !/^(https:|mailto:)/.test(link))).toEqual([]);
    const pages = ours.filter((link) => link.startsWith(SITE));
    expect(pages.length).toBeGreaterThan(500);
    const bad: string[] = [];
    for (const page of pages) {
      const asked = await live.get(page.slice(SITE.length));
      // A mail names a paper by its number; its page has the title in its address, too.
      const { statusCode } =
        asked.statusCode === 301 ? await live.get(String(asked.headers.location)) : asked;
      if (statusCode !== 200) bad.push(`${statusCode} ${page}`);
    }
    expect(bad).toEqual([]);
  }, 120_000);

  it('let one leave by the very header that was delivered, at once', async () => {
    for (const message of received.slice(0, 20)) {
      const [, path = ''] =
        /<https:\/\/news\.example(\/[^>]+)>/.exec(headerOf(message, 'list-unsubscribe')) ?? [];
      const { statusCode } = await live.app.inject({
        method: 'POST',
        url: path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: 'List-Unsubscribe=One-Click',
      });
      expect(statusCode).toBe(200);
    }
    live.clock.set('2026-03-04T12:00:00Z');
    await cutWith(live.outside, makePapers('next', 5));
    live.clock.set('2026-03-05T07:00:00Z');
    await live.settle();
    expect(live.sink.received).toHaveLength(2 * READERS - 20);
  }, 240_000);
});
