import { foldMailbox } from '../../src/core/reader/mail-forms.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';

const HOUR = 3_600_000;

// Whoever types an address, or has a link of a reader's, can have us mail so much and no more.
describe('forms that cause mail', () => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive('service', { env: { REQUESTS_PER_MINUTE: '10000' } });
  });
  afterAll(() => live?.close());
  // Each test has a day of its own, in which nothing was counted yet.
  beforeEach(() => live.clock.advance(24 * HOUR));

  const places = { many: (at: number) => `198.51.100.${at}`, one: () => '192.0.2.1' };
  const type = async (path: string, address: string, from: string) => {
    const { statusCode, body } = await live.app.inject({
      method: 'POST',
      url: path,
      remoteAddress: from,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ address }).toString(),
    });
    return { statusCode, body };
  };
  const mailsSince = (before: number) => live.sink.received.slice(before);
  const makeReader = async (address: string) => {
    const { id } = await subscribe(live.outside, address);
    return { id, preferences: live.sign('preferences', id) };
  };
  const enter = async (address: string) => {
    const { id, preferences } = await makeReader(address);
    await live.post(`${preferences}/private`);
    await live.settle();
    return { id, preferences, page: live.linkTo('private', address) };
  };

  it('mail one mailbox three times a day, however it is spelled and from wherever', async () => {
    const before = live.sink.received.length;
    const isTheirs = ({ to }: { to: string }) => /^c[.a]+rl@gmail/.test(foldMailbox(to));
    for (let at = 0; at < 12; at += 1) {
      const way = at % 2 === 0 ? '/subscribe' : '/link';
      await type(way, `ca.rl+${at}@gmail.com`, places.many(at));
      await type('/api/v1/subscriptions', `c.arl+a${at}@googlemail.com`, places.many(100 + at));
    }
    const { page } = await enter('mover@readers.example');
    for (let at = 0; at < 4; at += 1) await type(`${page}/address`, `carl+z${at}@gmail.com`, '::1');
    await live.settle();
    expect(mailsSince(before).filter(isTheirs)).toHaveLength(2);
  });

  it('move nobody to four addresses a day, nor strangers of one domain or from one place more than others', async () => {
    const before = live.sink.received.length;
    const { page } = await enter('bomber@readers.example');
    const answers = [];
    for (let at = 0; at < 8; at += 1) {
      answers.push((await type(`${page}/address`, `victim${at}@bomb.example`, '::1')).statusCode);
    }
    await live.settle();
    expect(answers).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    expect(mailsSince(before).filter(({ to }) => to.endsWith('bomb.example'))).toHaveLength(3);

    for (let at = 0; at < 20; at += 1) await type('/subscribe', `f${at}@far.example`, places.one());
    const other = await enter('other@readers.example');
    expect(await type(`${other.page}/address`, 'x@bomb.example', places.one())).toMatchObject({
      statusCode: 429,
    });
  });

  it('leave the way to the private page to the reader, whatever strangers asked for', async () => {
    const address = 'target@readers.example';
    const { id, preferences } = await makeReader(address);
    for (let at = 0; at < 6; at += 1) await type('/link', address, places.many(at));
    await live.settle();
    expect(live.mailTo(address)).toHaveLength(3);
    const answer = await live.post(`${preferences}/private`);
    expect(answer.body).toContain('the link is on its way');
    await live.post(live.sign('unsubscribe', id));
    await live.post(live.sign('return', id));
    await live.settle();
    expect(live.mailTo(address).map(({ email }) => email.subject)).toHaveLength(5);
  });

  it('count by the domain that somebody registered', async () => {
    const codes = [];
    Object.assign(live.outside.config.readers, { perDomainHour: 4 });
    for (let at = 0; at < 6; at += 1) {
      codes.push((await type('/link', `a@x${at}.wide.example`, places.many(at))).statusCode);
    }
    expect(codes).toEqual([200, 200, 200, 200, 429, 429]);
  });
});
