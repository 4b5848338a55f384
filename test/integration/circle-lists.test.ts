import { runCommand } from '../../src/commands/commands.ts';
import { unsubscribe } from '../../src/steps/readers/subscribe.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { signReaderIn } from '../harness/reader-session.ts';

describe.each(backends)('a circle that an operator makes of a list, in the %s', (backend) => {
  let live: Live;

  const run = (name: string, args: object = {}) =>
    runCommand(live.outside, { name: `circles ${name}`, args });
  const mails = (address: string) => live.mailTo(address).map(({ email }) => String(email.subject));
  const counts = async () => {
    const { items } = (await run('list')).data as {
      items: { id: number; name: string | null; members: number; notes: number }[];
    };
    return items;
  };

  beforeAll(async () => {
    live = await openLive(backend, { env: { SIGNUPS_PER_IP: '1000', SIGNUPS_PER_DOMAIN: '1000' } });
    await subscribe(live.outside, 'ada@dept.example');
    const { id } = await subscribe(live.outside, 'left@dept.example');
    await unsubscribe(live.outside, id, 'page');
  });
  afterAll(async () => {
    await live?.close();
  });

  it('mails readers one notice and others a confirmation, and lets nobody in before a press', async () => {
    const addresses =
      'ada@dept.example\n\nnew@dept.example\r\nnobody\nleft@dept.example\nADA@dept.example';
    const made = await run('make', { name: 'Institute of Tides', addresses });
    expect(made.data).toMatchObject({ invited: 1, asked: 1, passed: 1, unread: [4] });
    await live.settle();
    expect(mails('ada@dept.example')).toEqual(['Read together in “Institute of Tides”']);
    expect(mails('new@dept.example')).toEqual([expect.stringContaining('Please confirm')]);
    expect(mails('left@dept.example')).toEqual([]);
    expect(await counts()).toEqual([
      expect.objectContaining({ members: 0, name: 'Institute of Tides' }),
    ]);
    // Of who has not confirmed nothing is kept beside a hash.
    await live.post(live.linkTo('confirm', 'new@dept.example'));
    await live.settle();
    expect(mails('new@dept.example')).toContain('Read together in “Institute of Tides”');
  });

  it('is theirs who join: the first owns it, and operators see how much there is', async () => {
    const [circle] = await counts();
    const link = live.linkTo('join', 'ada@dept.example');
    const ada = await signReaderIn(live, 'ada@dept.example', link);
    expect(ada.next).toBe(link);
    const joined = await ada.post(link, { as: 'Ada' });
    expect(joined.headers.location).toBe(`/circles/${circle?.id}`);
    const page = (await ada.get(`/circles/${circle?.id}`)).body;
    expect(page).toContain('1 member. You are Ada here.');
    expect(page).toContain('A new link');
    await ada.post('/circles', { name: 'Of our own', as: 'Ada' });
    expect(await counts()).toEqual([
      expect.objectContaining({ members: 1, name: null }),
      expect.objectContaining({ members: 1, notes: 0 }),
    ]);
    expect(JSON.stringify((await run('list')).lines)).not.toContain('Of our own');
  });

  it('is bounded, and closed by an operator with a reason', async () => {
    const addresses = Array.from({ length: 5_000 }, (_, at) => `r${at}@d.example`).join('\n');
    await expect(run('make', { name: 'Everybody', addresses })).rejects.toThrow(
      'A circle has at most 300 members, and the list names 5000.',
    );
    const [, circle] = await counts();
    await run('close', { id: circle?.id, reason: 'It was asked for.' });
    await expect(run('close', { id: circle?.id, reason: 'Again.' })).rejects.toThrow(
      'no open circle',
    );
    const closed = await live.outside.store.circles.find(circle?.id ?? 0);
    expect(closed?.closedBecause).toBe('operator');
  });
});
