import { createSign } from 'node:crypto';
import { createSns } from '../../../src/http/hooks/sns.ts';
import { type Authority, createAuthority } from '../../harness/certificates.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:feedback';
const HOST = 'https://sns.eu-west-1.amazonaws.com';
const CERTIFICATE = `${HOST}/SimpleNotificationService-0123456789abcdef.pem`;
const now = new Date('2026-03-03T12:00:00Z');

describe('messages of Amazon SNS', () => {
  let authority: Authority;
  let issued: { key: string; cert: string };
  beforeAll(() => {
    authority = createAuthority();
    issued = authority.issue('sns.amazonaws.com');
  });
  afterAll(() => authority.remove());

  const sign = (fields: Record<string, string>, version = '2') => {
    const names = ['Message', 'MessageId', 'SubscribeURL', 'Subject', 'Timestamp', 'Token'];
    const signed = [...names, 'TopicArn', 'Type']
      .filter((name) => fields[name] !== undefined)
      .map((name) => `${name}\n${fields[name]}\n`)
      .join('');
    const signer = createSign(version === '1' ? 'sha1' : 'sha256').update(signed);
    return { ...fields, SignatureVersion: version, Signature: signer.sign(issued.key, 'base64') };
  };
  const notification = {
    Type: 'Notification',
    MessageId: 'm1',
    TopicArn: TOPIC,
    Message: '{"eventType":"Bounce"}',
    Timestamp: '2026-03-03T11:59:00.000Z',
    SigningCertURL: CERTIFICATE,
  };
  const open = () => {
    const asked: string[] = [];
    const judge = createSns([TOPIC], async (url) => {
      asked.push(url);
      return url === CERTIFICATE ? issued.cert : '<ok/>';
    });
    return { asked, judge };
  };

  it.each(['1', '2'])('are believed where they are signed, by version %s', async (version) => {
    const { asked, judge } = open();
    const signed = sign(notification, version);
    expect(await judge(signed, now)).toBe('notification');
    expect(await judge(sign({ ...notification, Subject: 'SES' }, version), now)).toBe(
      'notification',
    );
    expect(asked).toEqual([CERTIFICATE]);
  });

  it('confirm the subscription of a topic of ours, once they are believed', async () => {
    const { asked, judge } = open();
    const SubscribeURL = `${HOST}/?Action=ConfirmSubscription&Token=t`;
    const confirmation = {
      ...notification,
      Type: 'SubscriptionConfirmation',
      Token: 't',
      SubscribeURL,
    };
    expect(await judge(sign(confirmation), now)).toBe('confirmed');
    expect(asked).toEqual([CERTIFICATE, SubscribeURL]);
    const elsewhere = { ...confirmation, SubscribeURL: 'https://elsewhere.example/' };
    expect(await judge(sign(elsewhere), now)).toBe('forged');
    const ended = { ...confirmation, Type: 'UnsubscribeConfirmation' };
    expect(await judge(sign(ended), now)).toBe('ended');
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Record<string, string>]>([
    ['another topic', { TopicArn: `${TOPIC}-of-others` }],
    ['another region than the certificate', { TopicArn: TOPIC.replace('eu-west-1', 'us-east-1') }],
    [
      'a certificate from elsewhere',
      { SigningCertURL: CERTIFICATE.replace('amazonaws.com', 'x.example') },
    ],
    ['a certificate by http', { SigningCertURL: CERTIFICATE.replace('https', 'http') }],
    ['a certificate behind a port', { SigningCertURL: CERTIFICATE.replace('.com', '.com:8443') }],
    ['another path', { SigningCertURL: `${HOST}/other.pem` }],
    ['an old time', { Timestamp: '2026-03-01T00:00:00.000Z' }],
    ['no time', { Timestamp: 'now' }],
    ['no such type', { Type: 'Other' }],
  ])('are refused for %s', async (_, changed) => {
    const { asked, judge } = open();
    expect(await judge(sign({ ...notification, ...changed }), now)).toBe('forged');
    expect(asked.filter((url) => url !== CERTIFICATE)).toEqual([]);
  });

  it('are refused where a word was changed, or nothing is signed', async () => {
    const { judge } = open();
    expect(await judge({ ...sign(notification), Message: '{}' }, now)).toBe('forged');
    expect(await judge(notification, now)).toBe('forged');
    for (const message of [undefined, null, 'x', []])
      expect(await judge(message, now)).toBe('forged');
  });
});
