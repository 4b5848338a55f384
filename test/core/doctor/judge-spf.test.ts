import type { Found, SendingAddress } from '../../../src/core/doctor/finding.ts';
import { judgeSpf } from '../../../src/core/doctor/judge-spf.ts';

const sender: SendingAddress = { ip: '192.0.2.1', relay: 'relay.example', isCertain: true };
const judge = (
  records: Record<string, string[] | Found<string>>,
  senders: readonly SendingAddress[] = [sender],
) => {
  const found = Object.entries(records).map(([name, values]): [string, Found<string>] => [
    name,
    Array.isArray(values) ? { kind: 'found', values } : values,
  ]);
  const facts = { records: new Map(found), addresses: new Map<string, string[]>() };
  return judgeSpf({ domain: 'a.example', facts, senders }).map(
    ({ level, says }) => `${level}: ${says}`,
  );
};
const of = (record: string) => ({ 'a.example': [record] });
const chain = (count: number) => ({
  'a.example': ['v=spf1 include:i1.example ip4:192.0.2.1 -all'],
  ...Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `i${at + 1}.example`,
      [at + 1 < count ? `v=spf1 include:i${at + 2}.example -all` : 'v=spf1 -all'],
    ]),
  ),
});

describe('the SPF of a domain', () => {
  it.each<[string, string[], RegExp[]]>([
    ['that names the relay', judge(of('v=spf1 ip4:192.0.2.0/24 -all')), [/^ok: .*0 lookups of 10/]],
    ['of ten lookups', judge(chain(10)), [/^ok: .*10 lookups of 10/]],
    ['of eleven', judge(chain(11)), [/^fail: .*costs 11 DNS lookups/]],
    ['that is not there', judge({}), [/^fail: .*no SPF record/]],
    [
      'that is there twice',
      judge({ 'a.example': ['v=spf1 -all', 'v=spf1 ~all'] }),
      [/^fail: .*2 SPF records/],
    ],
    [
      'that cannot be asked for',
      judge({ 'a.example': { kind: 'failed', reason: 'X' } }),
      [/^fail: .*X/],
    ],
    [
      'with a word that is no term',
      judge(of('v=spf1 ip4:192.0.2.1 ipv4:1.2.3.4 -all')),
      [/^fail: .*"ipv4:1.2.3.4" is no term/],
    ],
    [
      'that leads back to itself',
      judge({
        ...of('v=spf1 ip4:192.0.2.1 include:b.example -all'),
        'b.example': ['v=spf1 include:a.example -all'],
      }),
      [/^fail: .*leads back to itself/],
    ],
    [
      'with a fault in what it includes',
      judge({
        ...of('v=spf1 ip4:192.0.2.1 include:b.example -all'),
        'b.example': ['v=spf1 ipv4:1.2.3.4 -all'],
      }),
      [/^fail: In the SPF record of b\.example "ipv4:1\.2\.3\.4" is no term/],
    ],
    [
      'that hides an address behind a macro',
      judge(of('v=spf1 exists:%{i}.a.example -all')),
      [/^ok: (?!.*it names)/],
    ],
    ['that asks for ptr', judge(of('v=spf1 ip4:192.0.2.1 ptr -all')), [/^warn: .*uses ptr/]],
    ['that allows everybody', judge(of('v=spf1 +all')), [/^fail: .*lets everybody/]],
    ['that says nothing', judge(of('v=spf1 ip4:192.0.2.1 ?all')), [/^warn: .*\?all/]],
    [
      'that ends too early',
      judge(of('v=spf1 ip4:192.0.2.1 -all mx')),
      [/^warn: .*behind -all is never read/],
    ],
    ['without an end', judge(of('v=spf1 ip4:192.0.2.1')), [/^warn: .*no "all"/]],
    [
      'that leads to nothing',
      judge({
        ...of('v=spf1 ip4:192.0.2.1 include:b.example -all'),
        'b.example': { kind: 'none' },
      }),
      [/^fail: .*leads to b.example/],
    ],
    [
      'that does not name the relay',
      judge(of('v=spf1 ip4:198.51.100.1 ~all')),
      [/^fail: .*read "softfail"/],
    ],
    [
      'that may not name the relay',
      judge(of('v=spf1 -all'), [{ ...sender, isCertain: false }]),
      [/^warn: .*cannot be told/],
    ],
  ])('%s', (_, said, words) => {
    expect(said).toEqual(words.map((each) => expect.stringMatching(each)));
  });

  it('is told with what to write', () => {
    const facts = { records: new Map(), addresses: new Map() };
    const change = (ip: string) =>
      judgeSpf({ domain: 'a.example', facts, senders: [{ ...sender, ip }] })[0]?.change;
    expect(change('192.0.2.1')).toContain('"v=spf1 ip4:192.0.2.1 -all"');
    expect(change('2001:db8::1')).toContain('"v=spf1 ip6:2001:db8::1 -all"');
  });
});
