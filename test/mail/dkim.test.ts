import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { createSigner, readDkimKey } from '../../src/mail/dkim.ts';
import { verifyDkim } from '../harness/dkim.ts';
import { relaxBody } from '../harness/quoted-printable.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed25519 = generateKeyPairSync('ed25519');
const pem = ({ privateKey }: { privateKey: KeyObject }) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const records = new Map([
  [
    'r1._domainkey.news.example',
    `v=DKIM1; k=rsa; p=${rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
  ],
  [
    'e1._domainkey.news.example',
    `v=DKIM1; k=ed25519; p=${ed25519.publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')}`,
  ],
]);
const keys = [readDkimKey('r1', pem(rsa)), readDkimKey('e1', pem(ed25519))];
const message = Buffer.from(
  [
    'From: "Reef & Radar" <digest@news.example>',
    'To: ada@readers.example',
    'Subject: =?UTF-8?Q?f=C3=BCnf?= papers  and',
    '\tmore',
    'Message-ID: <e5.x.r0@news.example>',
    'Date: Tue, 03 Mar 2026 07:00:00 +0000',
    'List-Id: "Reef" <digest.news.example>',
    'List-Unsubscribe: <https://news.example/u/1>, <mailto:u+1@in.example>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Feedback-ID: 2026-03-03:digest:newsexample',
    'Content-Type: text/plain; charset=utf-8',
    'MIME-Version: 1.0',
    '',
    'Words,  with blanks \t ',
    '',
    'grüße',
    '',
    '',
    '',
  ].join('\r\n'),
);

describe('a signed message', () => {
  const signWith = createSigner('news.example', keys);
  const sign = async (bytes: Buffer) => {
    const source = bytes.toString('latin1');
    return Buffer.from((await signWith(source)) + source, 'latin1');
  };

  it('verifies with both keys, and covers what RFC 8058 asks for', async () => {
    const results = await verifyDkim(await sign(message), records);
    expect(results.map(({ status, algo }) => [algo, status.result]).sort()).toEqual([
      ['ed25519-sha256', 'pass'],
      ['rsa-sha256', 'pass'],
    ]);
    for (const { signingHeaders } of results) {
      const covered = signingHeaders.keys.toLowerCase().split(/\s*:\s*/);
      expect(covered).toEqual(
        expect.arrayContaining([
          'from',
          'list-unsubscribe',
          'list-unsubscribe-post',
          'feedback-id',
        ]),
      );
    }
  });

  it.each([
    ['the words', 'Words', 'Wards'],
    ['the link for leaving', '/u/1>', '/u/2>'],
    ['the one-click field', '=One-Click', '=Two-Click'],
    ['the subject', 'papers', 'papers!'],
  ])('fails when %s is changed on the way', async (_, from, to) => {
    const signed = (await sign(message)).toString('latin1');
    const at = signed.lastIndexOf(from);
    const changed = Buffer.from(
      signed.slice(0, at) + to + signed.slice(at + from.length),
      'latin1',
    );
    const results = await verifyDkim(changed, records);
    expect(results.map(({ status }) => status.result)).toEqual(
      ['fail', 'fail'].map(() => expect.stringMatching(/fail|neutral/)),
    );
  });

  it('has a signature a key, in lines that no server folds', async () => {
    const both = await signWith(message.toString('latin1'));
    const alone = await createSigner('news.example', keys.slice(1))(message.toString('latin1'));
    expect(both.match(/^DKIM-Signature:/gm)).toHaveLength(2);
    expect(alone.match(/^DKIM-Signature:/gm)).toHaveLength(1);
    expect(Math.max(...both.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(78);
  });

  it.each([
    'From: "Somebody" <else@news.example>',
    'To: else@readers.example',
    'Cc: else@readers.example',
    'Reply-To: else@news.example',
    'Subject: other',
    'Date: Tue, 03 Mar 2026 08:00:00 +0000',
    'Message-ID: <other@news.example>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="x"',
    'List-Id: <other.news.example>',
    'List-Unsubscribe: <x:y>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'List-Help: <https://other.example/>',
    'List-Archive: <https://other.example/>',
    'List-Owner: <mailto:else@news.example>',
    'List-Post: <mailto:else@news.example>',
  ])('fails when %s is added on the way', async (field) => {
    const signed = (await sign(message)).toString('latin1');
    const before = Buffer.from(`${field}\r\n${signed}`, 'latin1');
    const behind = Buffer.from(signed.replace('\r\nTo:', `\r\n${field}\r\nTo:`), 'latin1');
    for (const changed of [before, behind]) {
      const results = await verifyDkim(changed, records);
      expect(results.map(({ status }) => status.result)).not.toContain('pass');
    }
  });

  it('with an empty body verifies, too', async () => {
    const empty = Buffer.from(
      `${message.toString('latin1').split('\r\n\r\n')[0]}\r\n\r\n`,
      'latin1',
    );
    const results = await verifyDkim(await sign(empty), records);
    expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
  });
});

describe('a key for signing', () => {
  it('is refused in words where it is too short, of another kind, or none', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => readDkimKey('s', pem(short))).toThrow('is an RSA key of 1024 bits');
    expect(() => readDkimKey('s', pem(ec))).toThrow('is a key of type ec');
    expect(() => readDkimKey('s', 'hello')).toThrow('holds no private key in PEM');
  });
});

describe('the body that a signature covers', () => {
  const [, ed] = keys;
  const signWith = createSigner('news.example', ed ? [ed] : []);
  const head = message.toString('latin1').split('\r\n\r\n')[0] ?? '';
  const hashOf = async (body: string) =>
    /bh=([^;]+);/.exec(await signWith(`${head}\r\n\r\n${body}`))?.[1];
  const anyBody = fc
    .array(fc.constantFrom('a', ' ', '  ', '\t', '\r\n', '\r\n\r\n', '.', 'é', ' \r\n'), {
      maxLength: 12,
    })
    .map((parts) => parts.join(''));

  it('is hashed as `relaxed` has it, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const relaxed = createHash('sha256').update(relaxBody(body), 'latin1').digest('base64');
        expect(await hashOf(body)).toBe(relaxed);
      }),
      { numRuns: 300 },
    );
  });
});
