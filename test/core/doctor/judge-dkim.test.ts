import type { Found } from '../../../src/core/doctor/finding.ts';
import { judgeDkim } from '../../../src/core/doctor/judge-dkim.ts';

const found = (...values: string[]): Found<string> => ({ kind: 'found', values });
const judge = (answer: Found<string>) =>
  judgeDkim({
    selector: 's1',
    domain: 'papers.example',
    type: 'rsa',
    publicKeys: ['AAAA==', 'BBBB'],
    found: answer,
  });

describe('the record of a DKIM key', () => {
  it.each<[string, Found<string>, string, RegExp]>([
    ['is there', found('v=DKIM1; k=rsa; p=AAAA'), 'ok', /has the public half/],
    ['is there in its other form, in pieces', found('p=BB BB'), 'ok', /has the public half/],
    ['is one of several texts', found('hello', 'v=DKIM1; p=AAAA'), 'ok', /has the public half/],
    ['cannot be asked for', { kind: 'failed', reason: 'SERVFAIL' }, 'fail', /SERVFAIL/],
    ['is not there', { kind: 'none' }, 'fail', /is not in DNS/],
    ['is a text of something else', found('hello'), 'fail', /is not in DNS/],
    ['is there twice', found('p=AAAA', 'p=BBBB'), 'fail', /2 keys in DNS/],
    ['is of another version', found('v=DKIM2; p=AAAA'), 'fail', /no DKIM record/],
    ['names a tag twice', found('p=AAAA; p=AAAA'), 'fail', /no DKIM record/],
    ['was revoked', found('v=DKIM1; p='), 'fail', /was revoked/],
    ['is of another type', found('k=ed25519; p=AAAA'), 'fail', /of type ed25519; s1 is rsa/],
    ['is another key', found('v=DKIM1; p=CCCC'), 'fail', /another key/],
    ['allows SHA-1 alone', found('p=AAAA; h=sha1'), 'fail', /only sha1/],
    ['allows SHA-256, too', found('p=AAAA; h=sha1:sha256'), 'ok', /public half/],
    ['is not for mail', found('p=AAAA; s=tlsrpt'), 'fail', /not for mail/],
    ['is for everything', found('p=AAAA; s=*'), 'ok', /public half/],
    ['is a test', found('p=AAAA; t=s:y'), 'warn', /only testing/],
  ])('that %s', (_, answer, level, words) => {
    const finding = judge(answer);
    expect([finding.level, finding.says]).toEqual([level, expect.stringMatching(words)]);
  });

  it('is told with what to put in its place', () => {
    expect(judge({ kind: 'none' }).change).toContain(
      's1._domainkey.papers.example: "v=DKIM1; k=rsa; p=AAAA=="',
    );
  });
});
