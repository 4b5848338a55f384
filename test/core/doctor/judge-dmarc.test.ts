import { listDmarcNames, organisationOf } from '../../../src/core/doctor/dmarc-walk.ts';
import type { Found } from '../../../src/core/doctor/finding.ts';
import { judgeDmarc } from '../../../src/core/doctor/judge-dmarc.ts';

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
  it('is looked for at the domain, then a label further up each, to the registrable domain', () => {
    expect(listDmarcNames([from])).toEqual([own, parent]);
    expect(listDmarcNames(['example.org', from])).toEqual([parent, own]);
    expect(listDmarcNames(['papers.example.co.uk']).at(-1)).toBe('_dmarc.example.co.uk');
    expect(listDmarcNames(['news.dept.uni.example'])).toEqual(
      ['news.dept.uni', 'dept.uni', 'uni'].map((name) => `_dmarc.${name}.example`),
    );
    // Others register below it, by the private part of the list.
    expect(listDmarcNames(['lists.icp.ac.ru']).at(-1)).toBe('_dmarc.icp.ac.ru');
    const long = 'a.b.c.d.e.f.g.h.i.example.org';
    expect(listDmarcNames([long]).slice(0, 2)).toEqual([
      `_dmarc.${long}`,
      '_dmarc.e.f.g.h.i.example.org',
    ]);
    expect(listDmarcNames([long])).toHaveLength(7);
  });

  it('tells which organisation a domain is of', () => {
    const found = (records: Record<string, string>) =>
      new Map(Object.entries(records).map(([name, text]) => [`_dmarc.${name}`, texts(text)]));
    const policy = 'v=DMARC1; p=none';
    const host = 'news.dept.uni.example';
    const dept = 'dept.uni.example';
    expect(organisationOf(host, found({ [dept]: policy }))).toBe(dept);
    expect(organisationOf(host, found({ [dept]: policy, 'uni.example': policy }))).toBe(
      'uni.example',
    );
    expect(organisationOf(host, found({ [dept]: `${policy}; psd=n`, 'uni.example': policy }))).toBe(
      dept,
    );
    expect(organisationOf(host, found({ 'uni.example': `${policy}; psd=y` }))).toBe(dept);
    expect(organisationOf(host, new Map())).toBe('uni.example');
  });

  it.each<[string, Record<string, Found<string>>, RegExp[]]>([
    ['is strict and passed', { [own]: texts(`v=DMARC1; p=reject; ${rua}`) }, [/^ok: .*p=reject/]],
    [
      'is its organisation’s for subdomains',
      { [own]: { kind: 'none' }, [parent]: texts(`v=DMARC1; p=none; sp=quarantine; ${rua}`) },
      [/^ok: .*p=quarantine/],
    ],
    [
      'is in test mode',
      { [own]: texts(`v=DMARC1; p=reject; t=y; ${rua}`) },
      [/^warn: .*t=y.*p=reject as quarantine/],
    ],
    ['wants reports alone', { [own]: texts(`v=DMARC1; ${rua}`) }, [/^warn: .*p=none/]],
    [
      'is for a share of the mail',
      { [own]: texts(`v=DMARC1; p=reject; pct=50; ${rua}`) },
      [/^warn: .*pct=50/],
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
      [/^warn: .*sp=maybe.*for p=none/],
    ],
    [
      'is wrong of p, and wants reports',
      { [own]: texts(`v=DMARC1; p=maybe; ${rua}`) },
      [/^warn: .*p=maybe.*for p=none/],
    ],
    [
      'has words between its tags',
      { [own]: texts(`v=DMARC1; p=reject; hello; x-tag=1; ri=3600; rf=afrf; np=reject; ${rua};;`) },
      [/^ok: .*p=reject/],
    ],
    ['has its tags in another order', { [own]: texts(`v=DMARC1;${rua};p=reject`) }, [/^ok: /]],
    ['is for a registry’s own', { [own]: texts(`v=DMARC1; p=reject; psd=n; ${rua}`) }, [/^ok: /]],
    [
      'names an address that is no URI',
      { [own]: texts('v=DMARC1; p=reject; rua=d@example.org') },
      [/^warn: .*rua=d@example.org, which is no address/],
    ],
    [
      'wants reports alone, at an address that is no URI',
      { [own]: texts('v=DMARC1; rua=d@example.org') },
      [/^fail: .*no DMARC policy/],
    ],
    [
      'tries what it asks of subdomains',
      { [own]: { kind: 'none' }, [parent]: texts(`v=DMARC1; p=none; sp=reject; t=y; ${rua}`) },
      [/^warn: .*t=y.*sp=reject as quarantine/],
    ],
    ['lacks a semicolon', { [own]: texts('v=DMARC1 p=none') }, [/^fail: .*no DMARC record/]],
    ['is of another version', { [own]: texts('v=DMARC2; p=none') }, [/^fail: .*no DMARC record/]],
    ['stands in small letters', { [own]: texts('v=dmarc1; p=none') }, [/^fail: .*no DMARC/]],
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
    const policy = `v=DMARC1; p=reject; ${tags}${rua}`;
    const [first = ''] = judge({ [own]: texts(policy), [parent]: texts(policy) }, sender);
    expect(first).toMatch(words ?? /^ok: /);
  });

  it('is met by a sibling only to receivers of before where the organisation has none', () => {
    const [first = ''] = judge(
      { [own]: texts(`v=DMARC1; p=reject; ${rua}`) },
      { returnPath: 'in.example.org', signer: 'example.org' },
    );
    expect(first).toMatch(/^warn: .*RFC 9989/);
  });
});
