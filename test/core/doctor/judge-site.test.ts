import { judgeRelay, type RelayStep } from '../../../src/core/doctor/judge-relay.ts';
import { judgeSettings, type SettingsCase } from '../../../src/core/doctor/judge-settings.ts';
import { type Answered, judgeSite, type SiteFacts } from '../../../src/core/doctor/judge-site.ts';

const now = new Date('2026-03-03T12:00:00Z');
const certificate = { endsAt: new Date('2026-06-01T00:00:00Z'), fault: undefined };
const tell = (findings: readonly { level: string; says: string }[]) =>
  findings.map(({ level, says }) => `${level}: ${says}`);
const matching = (words: readonly RegExp[]) => words.map((each) => expect.stringMatching(each));

describe('the public address', () => {
  const answer = (status: number, body = '', location?: string): Answered => ({
    kind: 'answered',
    status,
    body,
    location,
    date: undefined,
  });
  const silent: Answered = { kind: 'silent', reason: 'connection refused' };
  const facts: SiteFacts = {
    addresses: { kind: 'found', values: ['192.0.2.1'] },
    certificate,
    document: answer(200, '{"info":{"title":"Papers: API"}}'),
    health: answer(200),
    plain: answer(308, '', 'https://papers.example/'),
  };
  it.each<[string, Partial<SiteFacts>, RegExp[]]>([
    ['well', {}, [/^ok: .*until 2026-06-01/]],
    ['well, without plain http', { plain: silent }, [/^ok/]],
    ['unknown to DNS', { addresses: { kind: 'none' } }, [/^fail: .*no address/]],
    ['asked of a silent DNS', { addresses: { kind: 'failed', reason: 'X' } }, [/^fail: .*X/]],
    [
      'with a bad certificate',
      { certificate: { ...certificate, fault: 'CERT_HAS_EXPIRED' } },
      [/^fail: .*expired/],
    ],
    ['silent', { document: silent }, [/^fail: .*connection refused/]],
    [
      'somebody else’s',
      { document: answer(200, '{"info":{"title":"Other: API"}}') },
      [/^fail: .*something else/],
    ],
    ['no JSON', { document: answer(200, '<html>') }, [/^fail: .*something else/]],
    ['an error', { document: answer(502) }, [/^fail: .*502/]],
    ['not well', { health: answer(503) }, [/^fail: .*503/]],
    ['silent of its health', { health: silent }, [/^fail: .*healthz does not answer/]],
    ['kept back by the proxy', { health: answer(404) }, [/^warn: .*not there/]],
    ['open by http, too', { plain: answer(200) }, [/^warn: .*instead of leading to https/]],
    ['led to http', { plain: answer(301, '', 'http://x.example/') }, [/^warn: .*https/]],
  ])('that is %s', (_, some, words) => {
    const site = {
      url: 'https://papers.example',
      siteName: 'Papers',
      facts: { ...facts, ...some },
    };
    expect(tell(judgeSite(site, now))).toEqual(matching(words));
  });
});

describe('a session with a relay', () => {
  const relay = {
    name: 'relay.example:587',
    needsTls: true,
    hasPassword: true,
    from: ['a@b.example'],
  };
  const judge = (stoppedAt?: RelayStep, certified = certificate) =>
    tell(
      judgeRelay(
        { ...relay, facts: { stoppedAt, reason: 'why', certificate: certified, isSignedIn: true } },
        now,
      ),
    );

  it.each<[RelayStep, RegExp]>([
    ['connect', /cannot be reached: why/],
    ['greeting', /does not greet/],
    ['hello', /does not greet/],
    ['starttls', /offers no STARTTLS/],
    ['tls', /encrypted session: why/],
    ['auth', /refuses to sign us in/],
    ['mail', /does not take mail from a@b.example/],
  ])('that ends at %s', (step, words) => {
    expect(judge(step)).toEqual(matching([words]));
  });

  it('that goes well, and one whose certificate is the cause', () => {
    expect(judge()).toEqual(matching([/^ok: .*until 2026-06-01\), the password was accepted/]));
    const bad = { ...certificate, fault: 'CERT_HAS_EXPIRED' as never };
    expect(judge('tls', bad)).toEqual(matching([/^fail: .*has expired/]));
  });
});

describe('settings, each allowed by itself', () => {
  const settings: SettingsCase = {
    isService: true,
    host: '127.0.0.1',
    publicUrl: 'https://papers.example',
    trustProxy: '127.0.0.1',
    from: 'digest@papers.example',
    contact: 'ops@papers.example',
    relays: ['relay.example:587'],
    inboundDomain: 'in.papers.example',
    inboundWays: 1,
    allowsPrivateFeeds: false,
    mostBounced: 0.05,
  };
  it.each<[string, Partial<SettingsCase>, RegExp[]]>([
    ['nothing unsafe', {}, [/^ok/]],
    ['https without a proxy', { trustProxy: undefined }, [/^warn: .*TRUST_PROXY is not set/]],
    [
      'a proxy that anybody may be',
      { trustProxy: 'true', host: '0.0.0.0' },
      [/^warn: .*claim any IP/],
    ],
    ['a proxy on this machine', { trustProxy: 'true', host: '::1' }, [/^ok/]],
    ['a mailbox provider', { from: 'me@gmail.com' }, [/^fail: .*lets nobody else/]],
    ['another mailbox provider', { from: 'me@yahoo.co.uk' }, [/^fail: .*lets nobody else/]],
    ['a domain that begins like one', { from: 'digest@web.example.org' }, [/^ok/]],
    ['nobody who reads', { contact: 'x@y.invalid' }, [/^warn: .*cannot answer/]],
    ['no https', { publicUrl: 'http://papers.example' }, [/^warn: .*needs https/]],
    ['no way back', { inboundDomain: undefined }, [/^warn: .*INBOUND_DOMAIN is not set/]],
    ['a way back that leads nowhere', { inboundWays: 0 }, [/^fail: .*no way leads in/]],
    [
      'a way back for all mail',
      { inboundDomain: 'papers.example' },
      [/^warn: .*the domain of MAIL_FROM/],
    ],
    ['a sandbox that sends', { isService: false }, [/^warn: .*sandbox sends real mail/]],
    ['private feeds', { allowsPrivateFeeds: true }, [/^warn: .*ALLOW_PRIVATE_FEEDS/]],
    ['a tenth of bounces', { mostBounced: 0.1 }, [/^ok/]],
    ['more bounces', { mostBounced: 0.11 }, [/^warn: .*is 11/]],
    [
      'nothing sent at all',
      { relays: [], contact: 'x@y.invalid', inboundDomain: undefined },
      [/^ok/],
    ],
  ])('with %s', (_, some, words) => {
    expect(tell(judgeSettings({ ...settings, ...some }))).toEqual(matching(words));
  });
});
