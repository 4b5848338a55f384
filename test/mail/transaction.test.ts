import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { classifyResult, type SendResult, verdictOf } from '../../src/core/letter/delivery.ts';
import { sizeOf } from '../../src/core/letter/source.ts';
import type { Message } from '../../src/mail/message.ts';
import { createRelay, type Relay } from '../../src/mail/relay/relay.ts';
import { sendBy } from '../harness/relay.ts';
import {
  type Act,
  openScriptedSmtp,
  type Phase,
  type ScriptedSmtp,
} from '../harness/scripted-smtp.ts';

const message: Message = {
  messageId: '<one@here.example>',
  returnPath: 'digest@here.example',
  reference: 'b+1',
  to: 'reader@readers.example',
  pieces: ['Subject: x\r\n\r\n', 'x\r\n'],
};
const DEADLINE_MS = 300;
const stages = { mail: 'mail', rcpt: 'rcpt', data: 'data', dot: 'body' } as const;
type Asked = keyof typeof stages;
const asked = Object.keys(stages) as Asked[];

/** What only looks like an answer. */
const nonsense = [
  '2',
  '2nd try please',
  '20 minutes',
  '2500 x',
  '999 what',
  '5000 x',
  '600 5.1.1 x',
  '550x',
  '100 go on',
  '250-a\r\n550 5.1.1 b',
  '250-queued\r\n451 b',
  '99999999999 what',
  '9'.repeat(400),
  'HTTP/1.1 200 OK',
  '\0',
  ' ',
];

/** What must become of a message of which a reply at one place is all that is not usual. */
function model(phase: Asked, reply: string): SendResult['kind'] {
  const code = Number(/^([2-5]\d\d)( |$)/.exec(reply)?.[1]);
  const unheard = phase === 'dot' ? 'in_doubt' : 'unsent';
  if (!code) return unheard;
  if (code >= 400) return 'refused';
  const isLeave = phase === 'data' ? code >= 300 : code < 300;
  return isLeave && ![220, 221, 235, 334].includes(code) ? 'accepted' : unheard;
}

describe.each([false, true])('a transaction (PIPELINING: %s)', (pipelining) => {
  let server: ScriptedSmtp;
  let relay: Relay;
  const openRelay = () =>
    createRelay({
      url: server.url,
      requireTls: false,
      clientName: 'here',
      connections: 1,
      beforeBodyMs: DEADLINE_MS,
      afterDotMs: DEADLINE_MS,
    });
  beforeAll(async () => {
    server = await openScriptedSmtp({ pipelining });
  });
  beforeEach(() => {
    server.script = () => undefined;
    server.transactions.length = 0;
    server.commands.length = 0;
    relay = openRelay();
  });
  afterEach(() => relay.drop());
  afterAll(() => server.close());

  const act = (phase: Phase, what: Act) => {
    server.script = (moment) => (moment.phase === phase ? what : undefined);
  };
  /** A message by a relay that nothing is known of. */
  const sendAnew = (changed: Partial<Message> = {}) => {
    relay.drop();
    relay = openRelay();
    return sendBy(relay, { ...message, ...changed });
  };
  const bodies = () => server.transactions.map(({ body }) => body).join('');

  it.each(asked)(
    'makes of every code at %s what the model makes of it',
    async (phase) => {
      const code = fc.integer({ min: 200, max: 599 }).map((each) => `${each} x`);
      const reply = fc.oneof(
        code,
        fc.constantFrom(...nonsense),
        fc.constantFrom('250', '354', '550'),
      );
      const usual = [220, 221, 235, 250, 251, 299, 334, 354, 399, 421, 451, 550, 599];
      await fc.assert(
        fc.asyncProperty(reply, async (said) => {
          server.transactions.length = 0;
          act(phase, { reply: said });
          const result = await sendAnew();
          expect([said, result.kind]).toEqual([said, model(phase, said)]);
          if (result.kind === 'unsent' || result.kind === 'refused') {
            expect(result.stage).toBe(stages[phase]);
          }
          if (phase !== 'dot' && result.kind !== 'accepted') expect(bodies()).toBe('');
        }),
        {
          numRuns: 60,
          examples: [...usual.map((each) => `${each} x`), ...nonsense].map((each) => [each]),
        },
      );
    },
    120_000,
  );

  it.each(nonsense)('suppresses nobody and gives nobody up for %j', async (said) => {
    for (const phase of asked) {
      act(phase, { reply: said });
      const result = await sendAnew();
      expect(['unsent', 'doubt']).toContain(verdictOf(result));
      expect(['deferred', 'in_doubt']).toContain(classifyResult(result, 1)?.state);
    }
  });

  it.each<[Phase, Act, SendResult['kind']]>(
    (['greeting', 'ehlo', 'mail', 'rcpt', 'data', 'body', 'dot'] as const).map((phase) => [
      phase,
      'close',
      phase === 'body' || phase === 'dot' ? 'in_doubt' : 'unsent',
    ]),
  )('at %s, %j: %s', async (phase, what, kind) => {
    act(phase, what);
    expect(await sendAnew()).toMatchObject({ kind });
    if (kind === 'unsent') expect(bodies()).toBe('');
  });

  it('takes no EHLO for one that is answered with nonsense', async () => {
    for (const reply of ['2', '2nd try', '250-a\r\n550 b', '2500 x']) {
      act('ehlo', { reply });
      expect(await sendAnew()).toMatchObject({ kind: 'unsent', stage: 'connect' });
    }
  });

  it('takes what comes while the check is asked for no answer to the body', async () => {
    for (const [said, kind] of [
      ['250 2.0.0 taken', 'unsent'],
      ['354 go on', 'unsent'],
      ['451 4.3.0 no', 'refused'],
      ['nonsense', 'unsent'],
    ] as const) {
      relay.drop();
      relay = openRelay();
      act('data', { reply: '354 go on' });
      const gate = async () => {
        server.say(`${said}\r\n`);
        await pause(50);
        return true;
      };
      const result = await relay.takeSeat()?.send(message, { gate });
      expect([said, result]).toEqual([said, expect.objectContaining({ kind, stage: 'data' })]);
    }
    expect(bodies()).toBe('');
  });

  it('sends no byte where the check says no, fails, or the server ends meanwhile', async () => {
    const gates = [
      async () => false,
      () => Promise.reject(new Error('the database is away')),
      async () => {
        server.hangUp();
        await pause(50);
        return true;
      },
    ];
    const kinds = [];
    for (const gate of gates) {
      const result = await relay.takeSeat()?.send(message, { gate });
      kinds.push(result?.kind);
    }
    expect(kinds).toEqual(['withheld', 'withheld', 'unsent']);
    expect(bodies()).toBe('');
  });

  it('goes on over the same connection after a plain no, with RSET', async () => {
    await sendBy(relay, message);
    const before = server.connections;
    for (const phase of asked) {
      act(phase, { reply: `${phase === 'mail' ? 451 : 550} no` });
      expect(await sendBy(relay, message)).toMatchObject({ kind: 'refused' });
      server.script = () => undefined;
      expect(await sendBy(relay, message)).toMatchObject({ kind: 'accepted' });
    }
    expect(server.connections).toBe(before);
    expect(server.commands.filter((line) => line === 'RSET')).toHaveLength(asked.length);
  });

  it('opens another connection after anything that was no answer', async () => {
    for (const phase of asked.slice(1)) {
      const before = server.connections;
      act(phase, { reply: '2nd try please' });
      await sendAnew();
      server.script = () => undefined;
      expect(await sendBy(relay, message)).toMatchObject({ kind: 'accepted' });
      expect(server.connections - before).toBe(2);
    }
  });

  it('never lets a line of a message end it', async () => {
    const pieces = fc.array(fc.constantFrom('.', '\r\n', 'x', '..', '\r\n.\r\n', 'MAIL FROM:<>'), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(pieces, async (parts) => {
        server.transactions.length = 0;
        server.commands.length = 0;
        const source = `${parts.join('')}`;
        expect(await sendBy(relay, { ...message, pieces: parts })).toMatchObject({
          kind: 'accepted',
        });
        const [{ body } = { body: '' }] = server.transactions;
        const whole = source.endsWith('\r\n') ? source : `${source}\r\n`;
        expect(unstuff(body)).toBe(whole);
        expect(server.transactions).toHaveLength(1);
        expect(server.commands.filter((line) => line.startsWith('MAIL'))).toHaveLength(1);
      }),
      { numRuns: 100, examples: [[['.']], [['.\r\n']], [[]], [['x', '\r\n.\r\n', 'x']]] },
    );
  });

  it('says the size, and sends nothing that is larger than the server takes', async () => {
    await sendBy(relay, message);
    expect(server.commands).toContain(`MAIL FROM:<digest@here.example> SIZE=${sizeOf(message)}`);
    act('ehlo', { reply: '250-here\r\n250 SIZE 10' });
    expect(await sendAnew()).toMatchObject({ kind: 'unsent', isOfMessage: true });
    act('ehlo', { reply: '250-here\r\n250 SIZE' });
    expect(await sendAnew()).toMatchObject({ kind: 'accepted' });
  });

  it.each([{ to: 'jürgen@readers.example' }, { returnPath: 'grüße@here.example' }])(
    'asks for %j only where SMTPUTF8 is offered, and blames nobody where it is not',
    async (address) => {
      const result = await sendAnew(address);
      expect(result).toMatchObject({ kind: 'unsent', isOfMessage: true });
      expect('reason' in result && result.reason).toContain('SMTPUTF8');
      expect(classifyResult(result, 1)).toMatchObject({ state: 'deferred' });
      expect(server.commands.filter((line) => /^(MAIL|RCPT)/.test(line))).toEqual([]);
      // The connection is not to blame, nor the relay.
      const { connections } = server;
      expect(await sendBy(relay, message)).toMatchObject({ kind: 'accepted' });
      expect(server.connections).toBe(connections);
      expect(relay.isWell()).toBe(true);

      server.commands.length = 0;
      act('ehlo', { reply: '250-here\r\n250-8BITMIME\r\n250 SMTPUTF8' });
      expect(await sendAnew(address)).toMatchObject({ kind: 'accepted' });
      const { to, returnPath } = { ...message, ...address };
      expect(server.commands).toEqual(
        expect.arrayContaining([`MAIL FROM:<${returnPath}> SMTPUTF8`, `RCPT TO:<${to}>`]),
      );
    },
  );

  it.each(['a b@x.example', 'a>@x.example', 'a@x.example\r\nDATA', 'a\0@x.example'])(
    'never says an address such as %j',
    async (to) => {
      expect(await sendAnew({ to })).toMatchObject({ kind: 'unsent', isOfMessage: true });
      expect(server.commands.filter((line) => !/^(EHLO|QUIT)/.test(line))).toEqual([]);
    },
  );

  it('asks for reports where DSN is offered', async () => {
    await sendAnew({ envelopeId: 'b+1=x y' });
    expect(server.commands.join()).not.toMatch(/ENVID|NOTIFY|RET=/);
    server.commands.length = 0;
    act('ehlo', { reply: '250-here\r\n250 DSN' });
    await sendAnew({ envelopeId: 'b+1=x y' });
    expect(server.commands).toEqual(
      expect.arrayContaining([
        'MAIL FROM:<digest@here.example> RET=HDRS ENVID=b+2B1+3Dx+20y',
        'RCPT TO:<reader@readers.example> NOTIFY=FAILURE,DELAY',
      ]),
    );
  });
});

/** RFC 5321, 4.5.2, as a server reads it: up to the line that is a dot alone. */
function unstuff(body: string): string {
  const lines = body.split('\r\n');
  return lines
    .slice(0, lines.indexOf('.'))
    .map((line) => `${line.replace(/^\./, '')}\r\n`)
    .join('');
}

it('lets no body go to a server that asks for one behind a refused recipient', async () => {
  const server = await openScriptedSmtp({ pipelining: true, isCareless: true });
  server.script = ({ phase }) =>
    phase === 'rcpt' ? { reply: '550 5.1.1 no such user' } : undefined;
  const relay = createRelay({
    url: server.url,
    requireTls: false,
    clientName: 'here',
    connections: 1,
    beforeBodyMs: DEADLINE_MS,
    afterDotMs: DEADLINE_MS,
  });
  const result = await sendBy(relay, message);
  expect(result).toMatchObject({
    kind: 'refused',
    stage: 'rcpt',
    reply: { enhancedCode: '5.1.1' },
  });
  await pause(50);
  expect(server.transactions.map(({ body }) => body)).toEqual(['']);
  expect(server.sessions.map(({ endedAt }) => endedAt)).toEqual([expect.any(Number)]);
  relay.drop();
  await server.close();
});
