import { openProofs, type Proofs } from '../../src/mail/proof/proofs.ts';
import { findSigners, listKeyNames } from '../../src/mail/proof/signatures.ts';
import { keysOf, signAs, writeMail } from '../harness/alert-mail.ts';
import { openTestDns, type TestDns } from '../harness/dns.ts';

const mail = writeMail({ from: 'a@news.example', subject: 'Moss', text: 'Moss grows.\r\n' });
const records = Object.entries(keysOf('news.example')).map(
  ([name, texts]) => [name.replace('TXT ', ''), texts] as const,
);
const signersOf = (text: string, known = records) => findSigners(Buffer.from(text), known);

describe('signatures of a mail that came in', () => {
  it('hold as long as nothing that was signed is changed', async () => {
    const signed = await signAs('news.example', mail);
    expect(listKeyNames(Buffer.from(signed))).toEqual(['t1._domainkey.news.example']);
    expect(await signersOf(signed)).toEqual(['news.example']);
    expect(await signersOf(`Received: from a by b\r\n${signed}`)).toEqual(['news.example']);
    expect(await signersOf(signed.replace('Moss grows', 'Moss shrinks'))).toEqual([]);
    expect(await signersOf(signed.replace('Subject: Moss', 'Subject: Boss'))).toEqual([]);
    expect(await signersOf(signed, [])).toEqual([]);
    expect(await signersOf(mail)).toEqual([]);
  });

  it('count for nobody where From stands twice', async () => {
    const signed = await signAs('news.example', mail);
    expect(await signersOf(`From: b@bank.example\r\n${signed}`)).toEqual([]);
  });

  it('are not looked at where they are too many', async () => {
    const one = 'DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=';
    const many = Array.from({ length: 9 }, (_, at) => `${one}s${at}; b=; bh=\r\n`).join('');
    expect(listKeyNames(Buffer.from(many + mail))).toEqual([]);
  });
});

describe('what DNS says of who sent a mail', () => {
  let dns: TestDns;
  let proofs: Proofs;
  beforeAll(async () => {
    dns = await openTestDns({
      ...keysOf('news.example'),
      'TXT lab.example': ['v=spf1 ip4:9.9.9.0/28 -all'],
    });
    proofs = openProofs([dns.server]);
  });
  afterAll(() => {
    proofs.close();
    dns.close();
  });

  it('finds the keys, and none where there is no record', async () => {
    const [signed, other] = await Promise.all([
      signAs('news.example', mail),
      signAs('none.example', mail),
    ]);
    expect(await proofs.findKeys(Buffer.from(signed))).toEqual(records);
    expect(await proofs.findKeys(Buffer.from(other))).toEqual([]);
  });

  it('rejects where it does not answer, so that the mail waits', async () => {
    const signed = await signAs('silent.example', mail);
    dns.isSilent = true;
    const failed = await proofs.findKeys(Buffer.from(signed)).catch(() => 'later');
    dns.isSilent = false;
    expect(failed).toBe('later');
  });

  it.each([
    ['9.9.9.5', 'ada@lab.example', true],
    ['9.9.9.99', 'ada@lab.example', false],
    ['9.9.9.5', 'ada@none.example', false],
    ['127.0.0.1', 'ada@lab.example', false],
    ['9.9.9.5', '', false],
  ])('says whether %s may send for %s', async (client, from, may) => {
    expect(await proofs.maySend(client, from)).toBe(may);
  });
});
