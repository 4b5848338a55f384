import type { Message } from '../../src/mail/message.ts';
import { createRelay, type Relay } from '../../src/mail/relay/relay.ts';
import { combineRelays } from '../../src/mail/relay/relays.ts';
import { sendBy } from '../harness/relay.ts';
import { openScriptedSmtp, type ScriptedSmtp } from '../harness/scripted-smtp.ts';

const message: Message = {
  messageId: '<one@here.example>',
  returnPath: 'digest@here.example',
  reference: 'b+1',
  to: 'reader@readers.example',
  pieces: ['Subject: x\r\n\r\n', 'x\r\n'],
};

describe('several relays', () => {
  let servers: ScriptedSmtp[];
  let relay: Relay;
  const open = (server: ScriptedSmtp, connections = 2) =>
    createRelay({
      url: server.url,
      requireTls: false,
      clientName: 'here',
      connections,
      beforeBodyMs: 2_000,
      afterDotMs: 2_000,
    });
  beforeEach(async () => {
    servers = [await openScriptedSmtp(), await openScriptedSmtp()];
    const [a, b] = servers as [ScriptedSmtp, ScriptedSmtp];
    relay = combineRelays([
      { relay: open(a), weight: 3 },
      { relay: open(b), weight: 1 },
    ]);
  });
  afterEach(async () => {
    relay.drop();
    for (const server of servers) await server.close();
  });
  const counts = () => servers.map((server) => server.accepted().length);

  it('share the mail by their weights', async () => {
    for (let each = 0; each < 40; each += 1) await sendBy(relay, message);
    expect(counts()).toEqual([30, 10]);
  });

  it('keep the weights where one of them is full, rather than give its share away', () => {
    const seats = [relay.takeSeat(), relay.takeSeat(), relay.takeSeat()];
    expect(seats.map((seat) => seat?.relay)).toEqual([
      expect.any(String),
      expect.any(String),
      seats[2]?.relay,
    ]);
    expect(relay.takeSeat()).toBeUndefined();
    for (const seat of seats) seat?.leave();
    expect(relay.takeSeat()).toBeDefined();
  });

  it('pass over one that cannot be reached, and come back to it', async () => {
    const [a, b] = servers as [ScriptedSmtp, ScriptedSmtp];
    a.script = ({ phase }) => (phase === 'greeting' ? 'close' : undefined);
    expect(await sendBy(relay, message)).toMatchObject({ kind: 'unsent', stage: 'connect' });
    for (let each = 0; each < 5; each += 1) await sendBy(relay, message);
    expect(counts()).toEqual([0, 5]);
    a.script = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, 600));
    for (let each = 0; each < 8; each += 1) await sendBy(relay, message);
    expect(a.accepted().length).toBeGreaterThanOrEqual(5);
    expect(b.accepted().length).toBeLessThanOrEqual(8);
  });

  it('ask a relay that is away with one message at a time', async () => {
    const [a] = servers as [ScriptedSmtp];
    const alone = open(a, 5);
    a.script = ({ phase }) => (phase === 'greeting' ? 'close' : undefined);
    await sendBy(alone, message);
    expect(alone.takeSeat()).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(alone.takeSeat()).toBeDefined();
    expect(alone.takeSeat()).toBeUndefined();
    alone.drop();
  });

  it('go on with a relay that answers others while one connection gets nowhere', async () => {
    const [a] = servers as [ScriptedSmtp];
    const alone = open(a, 5);
    let greeted = 0;
    a.script = ({ phase }) => {
      if (phase === 'greeting') greeted += 1;
      return phase === 'greeting' && greeted === 2 ? 'hang' : undefined;
    };
    await sendBy(alone, message);
    // The first takes the connection that is open, the second one that never greets.
    const first = alone.takeSeat();
    const second = alone.takeSeat();
    const ways = { gate: async () => true };
    const sent = [first?.send(message, ways), second?.send(message, ways)];
    await sent[0];
    expect(await sent[1]).toMatchObject({ kind: 'unsent', stage: 'connect' });
    expect(await sendBy(alone, message)).toMatchObject({ kind: 'accepted' });
    alone.drop();
  });

  it('give another one to who has tried the first', () => {
    const first = relay.takeSeat();
    const second = relay.takeSeat(new Set([first?.relay ?? '']));
    expect(second?.relay).not.toBe(first?.relay);
    expect(relay.takeSeat(new Set([first?.relay ?? '', second?.relay ?? '']))).toBeUndefined();
  });
});
