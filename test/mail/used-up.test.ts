import { createRelay, type Relay } from '../../src/mail/relay/relay.ts';
import { sendBy } from '../harness/relay.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const message = {
  messageId: '<one@here.example>',
  returnPath: 'digest@here.example',
  reference: 'b+1',
  to: 'reader@readers.example',
  pieces: ['Subject: x\r\n\r\n', 'x\r\n'],
};
const MOST = 3;

describe('a connection that is used up', () => {
  let server: ScriptedSmtp;
  let relay: Relay;
  beforeEach(async () => {
    server = await openScriptedSmtp({ pipelining: true });
    relay = createRelay({
      url: server.url,
      requireTls: false,
      clientName: 'here',
      connections: 1,
      beforeBodyMs: 2_000,
      afterDotMs: 2_000,
    });
  });
  afterEach(async () => {
    relay.drop();
    await server.close();
  });

  it.each([
    ['mail', { reply: '421 4.7.0 too many messages on this connection' }],
    ['mail', 'close'],
    ['data', { reply: '421 4.7.0 enough' }],
  ] as const)('at %s by %j costs no message a moment, and is foreseen', async (phase, act) => {
    const carried = new Map<number, number>();
    let said = 0;
    server.script = (moment) => {
      const { connection } = moment;
      if (moment.phase === phase && (carried.get(connection) ?? 0) >= MOST) {
        said += 1;
        return act;
      }
      if (moment.phase === 'dot') carried.set(connection, (carried.get(connection) ?? 0) + 1);
      return undefined;
    };
    const kinds = [];
    for (let each = 0; each < 8 * MOST; each += 1) kinds.push((await sendBy(relay, message)).kind);
    expect(new Set(kinds)).toEqual(new Set(['accepted']));
    expect(said).toBe(2);
    expect(server.connections).toBe(8);
    expect(relay.isWell()).toBe(true);
  });

  it('is not the relay being busy, but a fresh one that says 421 is', async () => {
    server.script = ({ phase }) => (phase === 'mail' ? { reply: '421 4.3.2 busy' } : undefined);
    expect(await sendBy(relay, message)).toMatchObject({ kind: 'refused', reply: { code: 421 } });
    expect(server.connections).toBe(1);
    expect(relay.look()[0]?.state.busyShare).toBeGreaterThan(0);
  });

  it('goes unseen where the server ends it while nothing is sent', async () => {
    for (const end of [() => server.hangUp(), () => server.say('421 4.4.2 idle too long\r\n')]) {
      await sendBy(relay, message);
      const { connections } = server;
      end();
      expect(await sendBy(relay, message)).toMatchObject({ kind: 'accepted' });
      expect(server.connections).toBe(connections + 1);
    }
    expect(relay.isWell()).toBe(true);
  });
});
