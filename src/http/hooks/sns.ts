import { verify, X509Certificate } from 'node:crypto';
import { memberOf, wordOf } from '../../core/feedback/vendors/told.ts';

/** How a text is read from an address of Amazon: never by a redirect, never much. */
export type ReadText = (url: string) => Promise<string>;

/** What each kind of message signs, in this order (docs.aws.amazon.com/sns, "Verifying signatures", 2026). */
const signedFields: Readonly<Record<string, readonly string[]>> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
};
const algorithms: Readonly<Record<string, string>> = { '1': 'sha1', '2': 'sha256' };
const MOST_CERTIFICATES = 20;
/** Amazon tries again for an hour at most. */
const WINDOW_MS = 75 * 60_000;

/** What a message of Amazon SNS came to. */
export type SnsVerdict = 'forged' | 'notification' | 'confirmed' | 'ended';

/**
 * Judges messages of some topics: signed by a certificate that lies where Amazon's do, of the
 * topic's own region. What confirms a subscription of such a topic is confirmed. Throws where
 * Amazon cannot be asked.
 */
export function createSns(topics: readonly string[], read: ReadText) {
  const certificates = new Map<string, string>();
  const certificateOf = async (url: string) => {
    const known = certificates.get(url) ?? (await read(url));
    if (certificates.size >= MOST_CERTIFICATES) certificates.clear();
    certificates.set(url, known);
    return new X509Certificate(known).publicKey;
  };
  return async (message: unknown, now: Date): Promise<SnsVerdict> => {
    const field = (name: string) => wordOf(memberOf(message, name));
    const [topic, type] = [field('TopicArn'), field('Type')];
    const region = topic.split(':')[3] ?? '';
    const names = signedFields[type];
    const algorithm = algorithms[field('SignatureVersion')];
    if (!names || !algorithm || !topics.includes(topic)) return 'forged';
    if (!isOfAmazon(field('SigningCertURL'), region, CERTIFICATE)) return 'forged';
    const age = Math.abs(now.getTime() - Date.parse(field('Timestamp')));
    if (!(age <= WINDOW_MS)) return 'forged';
    const signed = names
      .filter((name) => memberOf(message, name) !== undefined)
      .map((name) => `${name}\n${field(name)}\n`)
      .join('');
    const key = await certificateOf(field('SigningCertURL'));
    const signature = Buffer.from(field('Signature'), 'base64');
    if (!verify(algorithm, Buffer.from(signed), key, signature)) return 'forged';
    if (type === 'Notification') return 'notification';
    if (type === 'UnsubscribeConfirmation') return 'ended';
    if (!isOfAmazon(field('SubscribeURL'), region, /^\/$/)) return 'forged';
    await read(field('SubscribeURL'));
    return 'confirmed';
  };
}

const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-f]{8,64}\.pem$/i;

/** https, exactly the host of the region, no port and no user. */
function isOfAmazon(text: string, region: string, path: RegExp): boolean {
  if (!/^[a-z0-9-]{5,30}$/.test(region) || !URL.canParse(text)) return false;
  const { protocol, host, username, password, pathname } = new URL(text);
  const hosts = [`sns.${region}.amazonaws.com`, `sns.${region}.amazonaws.com.cn`];
  const isPlain = protocol === 'https:' && username === '' && password === '';
  return isPlain && hosts.includes(host) && path.test(pathname);
}

const LONGEST_ANSWER = 64 * 1024;

/** Reads from Amazon; throws where it does not answer within five seconds, or sends one elsewhere. */
export async function readFromAmazon(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`);
  const text = await answer.text();
  if (text.length > LONGEST_ANSWER) throw new Error(`${new URL(url).host} sent too much`);
  return text;
}
