import type { Found } from '../../../src/core/doctor/finding.ts';
import {
  isPublic,
  judgeInbound,
  judgePtr,
  reverseNameOf,
  tellNoPtr,
} from '../../../src/core/doctor/judge-addresses.ts';

const found = (...values: string[]): Found<string> => ({ kind: 'found', values });

describe('the reverse name of a sending address', () => {
  const ptr = (ip: string, names: Found<string>, addresses: Record<string, string[]> = {}) => {
    const sender = { ip, relay: 'relay.example', isCertain: true };
    const { level, says } = judgePtr({
      sender,
      names,
      addresses: new Map(Object.entries(addresses)),
    });
    return `${level}: ${says}`;
  };

  it.each<[string, string, RegExp]>([
    ['leads back', ptr('192.0.2.1', found('m.example'), { 'm.example': ['192.0.2.1'] }), /^ok/],
    [
      'leads back by its second name',
      ptr('192.0.2.1', found('a.example', 'b.example'), { 'b.example': ['192.0.2.1'] }),
      /^ok: 192.0.2.1 is b.example/,
    ],
    [
      'leads back in IPv6, however written',
      ptr('2001:db8::1', found('m.example'), { 'm.example': ['2001:0db8:0:0:0:0:0:1'] }),
      /^ok/,
    ],
    ['is none', ptr('192.0.2.1', { kind: 'none' }), /^fail: .*no name/],
    [
      'leads elsewhere',
      ptr('192.0.2.1', found('m.example'), { 'm.example': ['192.0.2.2'] }),
      /^fail: .*not lead back/,
    ],
    ['leads nowhere', ptr('192.0.2.1', found('m.example')), /^fail: .*not lead back/],
    [
      'cannot be asked for',
      ptr('192.0.2.1', { kind: 'failed', reason: 'SERVFAIL' }),
      /^fail: .*SERVFAIL/,
    ],
  ])('%s', (_, said, words) => {
    expect(said).toMatch(words);
  });

  it('is asked for under the names of RFC 1035 and RFC 3596', () => {
    expect(reverseNameOf('192.0.2.1')).toBe('1.2.0.192.in-addr.arpa');
    expect(reverseNameOf('2001:db8::567:89ab')).toBe(
      'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    );
    expect(tellNoPtr(true).says).toContain('--address');
    expect(tellNoPtr(false).level).toBe('skip');
  });

  it.each([
    ['93.184.216.34', true],
    ['10.0.0.1', false],
    ['127.0.0.1', false],
    ['::1', false],
    ['::ffff:10.0.0.1', false],
    ['nobody', false],
  ])('is looked for where %s can be reached: %s', (ip, expected) => {
    expect(isPublic(ip)).toBe(expected);
  });
});

describe('mail to the inbound domain', () => {
  const inbound = (exchanges: Found<string>, addresses: Record<string, string[]> = {}) => {
    const given = {
      domain: 'in.example',
      exchanges,
      addresses: new Map(Object.entries(addresses)),
    };
    const { level, says } = judgeInbound(given);
    return `${level}: ${says}`;
  };

  it.each<[string, string, RegExp]>([
    [
      'finds its server',
      inbound(found('m.example'), { 'm.example': ['192.0.2.1'] }),
      /^ok: .*m.example/,
    ],
    [
      'finds its own address',
      inbound({ kind: 'none' }, { 'in.example': ['192.0.2.1'] }),
      /^ok: .*no MX/,
    ],
    ['finds nothing', inbound({ kind: 'none' }), /^fail: .*neither MX nor address/],
    ['is refused by a null MX', inbound(found('')), /^fail: .*takes no mail/],
    [
      'finds a server without an address',
      inbound(found('m.example')),
      /^fail: .*m.example .*no address/,
    ],
    ['cannot be told', inbound({ kind: 'failed', reason: 'TIMEOUT' }), /^fail: .*TIMEOUT/],
  ])('%s', (_, said, words) => {
    expect(said).toMatch(words);
  });
});
