import { runCommand } from '../../src/commands/commands.ts';
import type { Context } from '../../src/process/context.ts';
import { loadSample } from '../../src/steps/editions/sample.ts';
import { startWorkers, type Workers } from '../../workers/start.ts';
import {
  backends,
  type Clock,
  createClock,
  createPlace,
  openContext,
  type Place,
} from '../harness/context.ts';
import { buildRss, type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { makePapers, toImportFile } from '../harness/papers.ts';
import { openSmtpSink, type SmtpSink } from '../harness/smtp-sink.ts';

// Every command of the CLI as an operator would use them on one day.
describe.each(backends)('the commands in the %s', (backend) => {
  let place: Place;
  let sink: SmtpSink;
  let feeds: FeedServer;
  let clock: Clock;
  let context: Context;
  let workers: Workers;

  beforeAll(async () => {
    place = await createPlace(backend);
    sink = await openSmtpSink();
    feeds = await openFeedServer();
    clock = createClock('2026-03-03T12:00:00Z');
    context = await openContext(place, clock, { SMTP_URL: sink.url });
    workers = await startWorkers(context);
  });
  afterAll(async () => {
    await workers?.stop(10_000);
    await context?.close();
    await feeds?.close();
    await sink?.close();
    await place?.remove();
  });

  // The sandbox goes on without a yes.
  const everyone = { everyone: true, ...(backend === 'service' ? { yes: true } : {}) };
  const run = async (name: string, args: unknown = {}) => {
    const answer = await runCommand(context.outside, { name, args });
    return answer.lines.join('\n');
  };

  it('watches, fetches and forgets a feed', async () => {
    const url = `${feeds.url}/rss`;
    expect(await run('feeds list')).toMatch(/There are no feeds/);
    expect(await run('feeds add', { feed: url, name: 'reefs' })).toMatch(/added the feed reefs/);
    await expect(run('feeds add', { feed: url })).rejects.toThrow(/is there already/);
    await expect(run('feeds add', { feed: 'nonsense' })).rejects.toThrow(/names no kind of feed/);

    feeds.answer = (_request, response) => {
      response
        .writeHead(200, { 'content-type': 'application/rss+xml', etag: '"one"' })
        .end(buildRss(makePapers('lagoon', 2)));
    };
    expect(await run('feeds fetch', { name: 'reefs' })).toMatch(/2 new/);
    feeds.answer = (request, response) => {
      response.writeHead(request.headers['if-none-match'] === '"one"' ? 304 : 500).end();
    };
    expect(await run('feeds fetch', { name: 'reefs' })).toMatch(/nothing new/);
    expect(await run('feeds list')).toMatch(/reefs +feed/);
    await expect(run('feeds fetch', { name: 'none' })).rejects.toThrow(/there is no feed none/);
    expect(await run('feeds remove', { name: 'reefs' })).toMatch(/its papers stay/);
    await expect(run('feeds remove', { name: 'reefs' })).rejects.toThrow(/there is no feed reefs/);
  });

  it('imports a file once, and refuses one that is none', async () => {
    const text = toImportFile(makePapers('meadow', 10));
    expect(await run('import', { text })).toMatch(/^10 papers read: 10 new/);
    expect(await run('import', { text })).toMatch(/0 new/);
    await expect(run('import', { text: 'nothing' })).rejects.toThrow(/line 1/);
    await expect(run('import', { text, date: '7 May' })).rejects.toThrow(/must be a date such as/);
  });

  it('cuts an edition, shows it, and does not cut an empty one', async () => {
    expect(await run('editions show')).toMatch(/No edition was cut yet/);
    // The feed's two tell the same as two of the file's, in all but a name.
    expect(await run('editions cut')).toMatch(
      /edition 2026-03-03 is cut: 10 papers in \d+ groups, each summarised, 2 duplicates merged/,
    );
    expect(await run('editions cut')).toMatch(/nothing was cut/);
    expect(await run('editions show')).toMatch(/2026-03-03 +10/);
    expect(await run('editions show', { edition: '2026-03-03' })).toMatch(
      /10 papers.*\nDeliveries: none/,
    );
    await expect(run('editions show', { edition: 'x' })).rejects.toThrow(/no edition x/);
  });

  it('names a second edition of one date', async () => {
    await run('import', { text: toImportFile(makePapers('valley', 3)) });
    expect(await run('editions cut', { date: '2026-03-03' })).toMatch(
      /edition 2026-03-03\.2 is cut/,
    );
  });

  it('subscribes, previews, sends and lists', async () => {
    const address = 'Ada@Readers.example';
    expect(await run('subscribers add', { address, topics: ['coral reefs'] })).toMatch(
      /subscribed Ada@readers.example/,
    );
    await expect(run('subscribers add', { address: 'ada@readers.example' })).rejects.toThrow(
      /subscribed already/,
    );
    await expect(run('subscribers add', { address: 'x', zone: 'Mars' })).rejects.toThrow(
      /IANA time zone/,
    );
    const fieldless = { address: 'f@readers.example', fields: ['robotic'] };
    await expect(run('subscribers add', fieldless)).rejects.toThrow(/must be one of .*robotics/);
    expect(await run('subscribers list')).toMatch(
      /Ada@readers.example +active +07:00 Etc\/UTC +coral reefs/,
    );

    expect(await run('preview', { edition: '2026-03-03', address, format: 'text' })).toMatch(
      /You follow coral reefs\./,
    );
    expect(await run('preview', { edition: '2026-03-03', format: 'html' })).toMatch(
      /^<!doctype html>/i,
    );
    expect(await run('deliveries run')).toMatch(/Nobody is due/);
    expect(await run('deliveries run', everyone)).toMatch(/^1 accepted$/);
    expect(sink.received.map(({ to }) => to)).toEqual(['Ada@readers.example']);
    const message = await run('preview', { edition: '2026-03-03.2', address, format: 'message' });
    // What went out is what the preview shows, to the byte.
    expect(message.trimEnd()).toBe(sink.received[0]?.source.trimEnd());
    expect(await run('deliveries run', everyone)).toMatch(/Nobody is due/);
    await run('subscribers add', { address: 'none@readers.example', topics: ['numismatics'] });
    expect(await run('deliveries run', everyone)).toBe(
      '1 reader without: no paper matched what the reader follows',
    );
  });

  it('sends a second copy under a new Message-ID, and says why not', async () => {
    const again = { edition: '2026-03-03.2', address: 'ada@readers.example' };
    await expect(run('resend', again)).rejects.toThrow(/needs your yes/);
    expect(await run('resend', { ...again, yes: true, dryRun: true })).toMatch(
      /delivery \d+ to Ada@readers\.example\nOf 1, 1 would go out; 1 may have a copy/,
    );
    expect(sink.received).toHaveLength(1);
    expect(await run('resend', { ...again, yes: true })).toMatch(
      /copy 2 .*accepted by the mail server/,
    );
    const ids = sink.received.map(({ email }) => email.messageId);
    expect(new Set(ids).size).toBe(2);
    expect(sink.received[1]?.email.references).toBe(ids[0]);
    expect(sink.received[1]?.email.inReplyTo).toBe(ids[0]);
    expect(sink.received[1]?.email.subject).toBe(sink.received[0]?.email.subject);
    await expect(run('resend', { ...again, edition: 'x' })).rejects.toThrow(
      /no released edition "x"/,
    );
    await expect(run('resend', { ...again, address: 'b@c.example' })).rejects.toThrow(
      /has no subscription/,
    );
  });

  it('tries a feed on one inbox and stores nothing', async () => {
    feeds.answer = (_request, response) => {
      response.writeHead(200).end(buildRss(makePapers('harbour', 2)));
    };
    const trial = { feed: `${feeds.url}/rss`, to: 'me@inbox.example' };
    expect(await run('try', trial)).toMatch(/a digest of 2 papers was accepted/);
    const letter = sink.received.find(({ to }) => to === 'me@inbox.example');
    expect(letter?.email.text).toContain('study harbour-0');
    expect(letter?.email.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false);
    expect(await run('subscribers list')).not.toContain('me@inbox.example');
    expect(await run('editions cut')).toMatch(/no papers/);
    await expect(run('try', { ...trial, topics: ['numismatics'] })).rejects.toThrow(
      /none of the 2 papers/,
    );
  });

  it('says at once what keeps mail from going out, and what lets it go on', async () => {
    const command = async (name: string, args: unknown = {}) => {
      const answer = await runCommand(context.outside, { name, args });
      return { text: answer.lines.join('\n'), exitCode: answer.exitCode };
    };
    const again = { edition: '2026-03-03.2', address: 'ada@readers.example', yes: true };
    await run('deliveries pause', { what: 'all', reason: 'the relay moves' });
    const stopped = await command('resend', again);
    expect(stopped.text).toMatch(
      /copy 3 .*is ready\nIt stands still: all sending is paused since .*, by cli \(the relay moves\); to let it go on: paperround deliveries resume all$/,
    );
    expect(stopped.exitCode).toBe(1);
    await run('subscribers add', { address: 'may@readers.example' });
    const due = await command('deliveries run', everyone);
    expect(due.text).toMatch(/^1 ready\nIt stands still: all sending is paused/);
    expect(due.exitCode).toBe(1);

    await expect(run('deliveries cancel', { what: '2026-03-03.2' })).rejects.toThrow(
      /this would cancel [1-9]\d* deliver.* of 2026-03-03\.2, and all that would still be composed of it.*With --yes/,
    );
    await run('deliveries resume', { what: 'all' });
    expect(await run('deliveries cancel', { what: '2026-03-03.2', yes: true })).toContain(
      'cancelled',
    );
    expect(await run('editions list')).toMatch(/2026-03-03\.2 +cancelled: nothing more/);
    expect(await run('editions show', { edition: '2026-03-03.2' })).toContain(
      'to let it go on: paperround deliveries resume 2026-03-03.2',
    );
    await expect(run('resend', again)).rejects.toThrow(/"paperround deliveries resume EDITION"/);
    await run('deliveries resume', { what: '2026-03-03.2' });
    expect(await run('editions list')).not.toContain('cancelled');
  });

  it('removes the sample and everything of it, and nothing else', async () => {
    const sample = toImportFile(makePapers('sample', 6));
    expect(await loadSample(context.outside, sample)).toMatchObject({ papers: 6, readers: 3 });
    expect(await loadSample(context.outside, sample)).toBeUndefined();
    await run('subscribers add', { address: 'eve@readers.example' });
    expect(await run('deliveries run', everyone)).toMatch(/1 accepted/);
    const [first] = makePapers('sample', 1);
    await run('import', { text: toImportFile(first ? [first] : []) });
    expect(await run('sample remove')).toMatch(/5 papers, 3 readers/);
    expect(await loadSample(context.outside, sample)).toBeUndefined();
    expect(await run('subscribers list')).not.toContain('.invalid');
    expect(await run('editions show')).not.toContain('sample');
    // The one that was imported too is a paper of the next edition.
    expect(await run('editions cut')).toMatch(/1 paper in 1 group/);
  });

  it('knows no other command', async () => {
    await expect(run('destroy')).rejects.toThrow(/knows no command/);
    await expect(run('toString')).rejects.toThrow(/knows no command/);
  });
});
