import { pauseSending, resumeSending } from '../../src/steps/deliveries/pause.ts';
import { suppressAddress } from '../../src/steps/readers/suppress.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';

describe.each(backends)('an address that is suppressed, in the %s', (backend) => {
  let live: Live;
  beforeAll(async () => {
    live = await openLive(backend);
  });
  afterAll(() => live?.close());

  it('gets nothing of what waits for it, digest or notice, and nobody else gets less', async () => {
    const [no, yes] = ['no@readers.example', 'yes@readers.example'];
    for (const address of [no, yes]) await subscribe(live.outside, address);
    await cutWith(live.outside, makePapers('a', 20));
    const pause = { what: 'all', actor: 'test', reason: 'test' };
    await pauseSending(live.outside, pause);
    live.clock.advance(24 * 3_600_000);
    await live.settle();
    for (const address of [no, yes]) await live.post('/subscribe', { address });
    await live.settle();
    const statesOf = async (address: string) => {
      const reader = await live.outside.store.subscribers.findByAddress(address);
      const sent = await live.outside.store.deliveries.listOfSubscriber(reader?.subscriberId ?? 0);
      return sent.map(({ kind, state, cause }) => `${kind} ${cause ?? state}`).sort();
    };
    expect(await statesOf(no)).toEqual(['digest ready', 'notice ready']);
    const address = { address: no, key: no };
    await suppressAddress(live.outside, { address, reason: 'asked by letter', actor: 'test' });
    expect(await statesOf(no)).toEqual(['digest suppressed', 'notice suppressed']);
    expect(await statesOf(yes)).toEqual(['digest ready', 'notice ready']);
    await resumeSending(live.outside, pause);
    await live.settle();
    expect(live.mailTo(no)).toEqual([]);
    expect(live.mailTo(yes)).toHaveLength(2);
  });
});
