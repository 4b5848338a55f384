import type { Found } from '../../../src/core/doctor/finding.ts';
import { judgeDmarc, listDmarcNames } from '../../../src/core/doctor/judge-dmarc.ts';

const from = 'papers.example.org';
const own = '_dmarc.papers.example.org';
const parent = '_dmarc.example.org';
const texts = (...values: string[]): Found<string> => ({ kind: 'found', values });
const judge = (
  records: Record<string, Found<string>>,
  sender: { returnPath?: string; signer?: string | undefined } = {},
) =>
  judgeDmarc({
    from,
    returnPath: from,
    signer: from,
    ...sender,
    found: new Map(Object.entries(records)),
  }).map(({ level, says }) => `${level}: ${says}`);
const rua = 'rua=mailto:d@example.org';

describe('a DMARC policy', () => {
  it('is looked for at the domain, then at its organisation', () => {
    expect(listDmarcNames(from)).toEqual([own, parent]);
    expect(listDmarcNames('example.org')).toEqual([parent]);
    expect(listDmarcNames('papers.example.co.uk')).toContain('_dmarc.example.co.uk');
  });

  it.each<[string, Record<string, Found<string>>, RegExp[]]>([
    ['is strict and passed', { [own]: texts(`v=DMARC1; p=reject; ${rua}`) }, [/^ok: .*p=reject/]],
    [
      'is its organisation’s for subdomains',
      { [own]: { kind: 'none' }, [parent]: texts(`v=DMARC1; p=none; sp=quarantine; ${rua}`) },
      [/^ok: .*p=quarantine/],
    ],
    ['is nowhere', { [own]: { kind: 'none' }, [parent]: { kind: 'none' } }, [/^fail: .*no DMARC/]],
    ['is no such text', { [own]: texts('v=spf1 -all') }, [/^fail: .*no DMARC/]],
    ['cannot be asked for', { [own]: { kind: 'failed', reason: 'TIMEOUT' } }, [/^fail: .*TIMEOUT/]],
    [
      'is there twice',
      { [own]: texts('v=DMARC1; p=none', 'v=DMARC1; p=reject') },
      [/^fail: .*2 DMARC records/],
    ],
    [
      'is right of p and wrong of sp',
      { [own]: texts(`v=DMARC1; p=reject; sp=maybe; ${rua}`) },
      [/^fail: .*no DMARC policy/],
    ],
    [
      'is none for subdomains',
      { [own]: { kind: 'none' }, [parent]: texts(`v=DMARC1; p=reject; sp=none; ${rua}`) },
      [/^warn: .*sp=none/],
    ],
    ['says nothing', { [own]: texts('v=DMARC1; p=maybe') }, [/^fail: .*no DMARC policy/]],
    ['has a tag twice', { [own]: texts('v=DMARC1; p=none; p=none') }, [/^fail: .*no DMARC policy/]],
    [
      'asks for nothing and tells nobody',
      { [own]: texts('v=DMARC1; p=none') },
      [/^warn: .*p=none/, /^warn: .*rua/],
    ],
  ])('that %s', (_, records, words) => {
    expect(judge(records)).toEqual(words.map((each) => expect.stringMatching(each)));
  });

  it.each<
    [string, { returnPath?: string; signer?: string | undefined }, string, RegExp | undefined]
  >([
    ['the same domain', {}, '', undefined],
    ['a sibling, relaxed', { returnPath: 'in.example.org', signer: 'example.org' }, '', undefined],
    ['a sibling, strict in SPF', { returnPath: 'in.example.org' }, 'aspf=s; ', /signature alone/],
    [
      'a sibling, strict in capitals',
      { returnPath: 'in.example.org' },
      'aspf=S; ',
      /signature alone/,
    ],
    ['a sibling, strict in DKIM', { signer: 'example.org' }, 'adkim=s; ', /by SPF alone/],
    ['a relay’s own return path', { returnPath: 'relay.example' }, '', /signature alone/],
    ['nothing of it', { returnPath: 'relay.example', signer: undefined }, '', /DMARC fails/],
    ['another’s on both', { returnPath: 'a.example', signer: 'b.example' }, '', /DMARC fails/],
    ['no signature, but the return path', { signer: undefined }, '', undefined],
  ])('is met by %s, or not', (_, sender, tags, words) => {
    const [first = ''] = judge({ [own]: texts(`v=DMARC1; p=reject; ${tags}${rua}`) }, sender);
    expect(first).toMatch(words ?? /^ok: /);
  });
});
