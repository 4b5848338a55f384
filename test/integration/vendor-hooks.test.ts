import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { buildReference } from '../../src/core/reader/references.ts';
import { backends } from '../harness/context.ts';
import { type Live, openLive } from '../harness/live.ts';
import { cutWith, subscribe } from '../harness/morning.ts';
import { makePapers } from '../harness/papers.ts';
import { waitFor } from '../harness/wait.ts';

const DAY_MS = 24 * 3_600_000;
const secret = 'vendor:a-word-that-nobody-guesses';
const mailgunKey = 'a-signing-key-of-mailgun';
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe.each(backends)('webhooks of vendors in the %s', (backend) => {
  let live: Live;
  const readers = ['postmark', 'sparkpost', 'brevo', 'mailgun', 'sendgrid'];
  const addressOf = (name: string) => `${name}@readers.example`;
  /** Waits until all that came is read. */
  const read = () =>
    waitFor(async () => (await live.outside.store.inbound.listWaiting(1)).length === 0);

  beforeAll(async () => {
    live = await openLive(backend, {
      env: {
        POSTMARK_WEBHOOK: secret,
        SPARKPOST_WEBHOOK: secret,
        BREVO_WEBHOOK: 'a-token-that-nobody-guesses',
        MAILGUN_WEBHOOK_KEY: mailgunKey,
        SENDGRID_WEBHOOK_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
      },
    });
    for (const name of readers) await subscribe(live.outside, addressOf(name));
    await cutWith(live.outside, makePapers('vendors', 5));
    live.clock.advance(DAY_MS);
    await live.settle();
  });
  afterAll(() => live?.close());

  /** The reference that stands in the mail of a reader. */
  const referenceOf = (name: string) => {
    const source = live.mailTo(addressOf(name)).at(-1)?.source ?? '';
    return /^X-Entity-Ref-ID: (\S+)/m.exec(source)?.[1] ?? '';
  };
  const seconds = () => String(Math.floor(live.clock.now().getTime() / 1000));
  const post = (name: string, payload: string, headers: Record<string, string> = {}) =>
    live.app.inject({
      method: 'POST',
      url: `/hooks/${name}`,
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });
  const basic = { authorization: `Basic ${Buffer.from(secret).toString('base64')}` };
  const isSuppressed = async (name: string) =>
    (await live.outside.store.records.findSuppression(live.hash(addressOf(name)))) !== undefined;

  const requests: Record<string, (reference: string) => [string, Record<string, string>]> = {
    postmark: (delivery) => [
      JSON.stringify({ RecordType: 'Bounce', Type: 'HardBounce', ID: 1, Metadata: { delivery } }),
      basic,
    ],
    sparkpost: (delivery) => [
      JSON.stringify([
        { msys: {} },
        {
          msys: {
            message_event: {
              type: 'bounce',
              bounce_class: '10',
              event_id: '1',
              rcpt_meta: { delivery },
            },
          },
        },
      ]),
      basic,
    ],
    brevo: (delivery) => [
      JSON.stringify({ event: 'spam', 'X-Mailin-custom': delivery }),
      { authorization: 'Bearer a-token-that-nobody-guesses' },
    ],
    mailgun: (delivery) => {
      const [timestamp, token] = [seconds(), 'a'.repeat(50)];
      const signature = createHmac('sha256', mailgunKey)
        .update(timestamp + token)
        .digest('hex');
      return [
        JSON.stringify({
          signature: { timestamp, token, signature },
          'event-data': { event: 'complained', 'user-variables': { delivery } },
        }),
        {},
      ];
    },
    sendgrid: (delivery) => {
      const body = `${JSON.stringify([{ event: 'bounce', type: 'bounce', sg_event_id: '1', delivery }])}\r\n`;
      const timestamp = seconds();
      return [
        body,
        {
          'x-twilio-email-event-webhook-timestamp': timestamp,
          'x-twilio-email-event-webhook-signature': sign(
            'sha256',
            Buffer.from(timestamp + body),
            privateKey,
          ).toString('base64'),
        },
      ];
    },
  };

  it.each(readers)('of %s end the mail to whom they tell of, and nobody else’s', async (name) => {
    const [body, headers] = requests[name]?.(referenceOf(name)) ?? ['', {}];
    expect((await post(name, body, {})).statusCode).toBe(name === 'mailgun' ? 200 : 401);
    expect((await post(name, body, headers)).statusCode).toBe(200);
    expect((await post(name, body, headers)).statusCode).toBe(200);
    await read();
    expect(await isSuppressed(name)).toBe(true);
    const others = readers.slice(readers.indexOf(name) + 1);
    for (const other of others) expect(await isSuppressed(other)).toBe(false);
  });

  it('do nothing for what another key signed, or for no message of ours', async () => {
    const forged = buildReference(live.outside.keys, { purpose: 'bounce', id: 999_999 });
    const [body, headers] = requests['postmark']?.(forged) ?? ['', {}];
    expect((await post('postmark', body, headers)).statusCode).toBe(200);
    expect((await post('postmark', 'no json', headers)).statusCode).toBe(200);
    const [other] = requests['mailgun']?.(referenceOf('mailgun')) ?? [''];
    const changed = other
      .replace('complained', 'unsubscribed')
      .replace('"signature":"', '"signature":"0');
    expect((await post('mailgun', changed)).statusCode).toBe(401);
    live.clock.advance(3_600_000);
    expect((await post('mailgun', other)).statusCode).toBe(401);
    expect((await post('ses', '{}')).statusCode).toBe(404);
    await read();
  });
});
