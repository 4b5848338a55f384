import { runCommand } from '../../src/commands/commands.ts';
import { type Lease, openLease } from '../../src/steps/deliveries/lease.ts';
import { type Clock, createClock, createPlace, openContext } from '../harness/context.ts';
import { send } from '../harness/morning.ts';
import { prepareRound } from '../harness/round.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

/** What servers were seen to say at RCPT of an address of ours that they cannot reach. */
const answers = [
  '550-Verification failed for <b+x@in.example>\r\n550-No such user here\r\n550 Sender verify failed',
  '550-Callback setup failed while verifying <b+x@in.example>\r\n550 Sender verify failed',
  '550 5.1.1 <b+x@in.example>: Sender address rejected: User unknown',
  '550 5.1.0 <news@papers.example> no such user',
];

describe('a server that doubts our own address at RCPT', () => {
  let context: Awaited<ReturnType<typeof openContext>>;
  let server: ScriptedSmtp;
  let lease: Lease;
  let clock: Clock;
  let remove: () => Promise<void>;
  let readers: string[];
  beforeAll(async () => {
    const place = await createPlace('sandbox');
    remove = () => place.remove();
    server = await openScriptedSmtp();
    clock = createClock('2026-03-02T12:00:00Z');
    const env = { SMTP_URL: server.url, MAIL_FROM: 'news@papers.example' };
    context = await openContext(place, clock, env);
    lease = await openLease(context.outside, { host: 'here', pid: 1, onLost: () => {} });
    readers = await prepareRound(context.outside, clock, answers.length);
  });
  afterAll(async () => {
    await lease?.end();
    await context?.close();
    await server?.close();
    await remove?.();
  });

  it('costs no reader their mail, whatever code it gives', async () => {
    server.script = ({ phase, to }) => {
      const at = readers.indexOf(to);
      return phase === 'rcpt' ? { reply: answers[at] ?? '250 fine' } : undefined;
    };
    await send(context.outside, lease);
    const listed = await runCommand(context.outside, { name: 'suppressions list', args: {} });
    expect(listed.data).toMatchObject({ items: [] });
    server.script = () => undefined;
    clock.advance(24 * 3_600_000);
    await send(context.outside, lease);
    // Those whose answer stood for good had one delivery fail; all of them read on.
    for (const address of readers) {
      const reader = await context.outside.store.subscribers.findByAddress(address);
      expect(reader?.state).toBe('active');
    }
    expect(server.accepted().length).toBeGreaterThanOrEqual(answers.length - 1);
  });
});
