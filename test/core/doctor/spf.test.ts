import { judgeAddress, parseSpf, type SpfFacts } from '../../../src/core/doctor/spf.ts';

const factsOf = (records: Record<string, string>, addresses = {}): SpfFacts => ({
  records: new Map(
    Object.entries(records).map(([name, text]) => [name, { kind: 'found', values: [text] }]),
  ),
  addresses: new Map(Object.entries(addresses)),
});

describe('an SPF record', () => {
  it('is read in its terms, and what is none is a fault', () => {
    const record = 'v=spf1 ip4:192.0.2.0/24 ip4:300.1.1.1 a/33x mx//64 ~ALL foo=bar redirect=no_';
    expect(parseSpf(record).faults).toEqual(['ip4:300.1.1.1', 'a/33x', 'redirect=no_']);
  });

  it('judges an address from left to right, through includes and redirects', () => {
    const facts = factsOf(
      {
        'a.org': 'v=spf1 -ip4:192.0.2.9 include:b.org a:c.org/24 redirect=d.org',
        'b.org': 'v=spf1 ip6:2001:db8::/32 ip4:192.0.2.0/24 -all',
        'd.org': 'v=spf1 ~all',
      },
      { 'a c.org': ['198.51.100.1'] },
    );
    const judge = (ip: string) => judgeAddress(facts, 'a.org', ip);
    expect(judge('192.0.2.9')).toBe('fail');
    expect(judge('192.0.2.10')).toBe('pass');
    expect(judge('2001:db8::7')).toBe('pass');
    expect(judge('198.51.100.200')).toBe('pass');
    expect(judge('203.0.113.1')).toBe('softfail');
  });
});
