import { type Certificate, judgeCertificate } from '../../../src/core/doctor/certificate.ts';
import { judgeNode, judgePlace, type PlaceFacts } from '../../../src/core/doctor/judge-machine.ts';
import { judgeQueue } from '../../../src/core/doctor/judge-queue.ts';
import { judgeClock, judgeDatabase } from '../../../src/core/doctor/judge-services.ts';
import { parseRedisUrl } from '../../../src/core/queue/redis-place.ts';

const now = new Date('2026-03-03T12:00:00Z');
const levels = (findings: readonly { level: string }[]) => findings.map(({ level }) => level);

describe('the machine', () => {
  it.each([
    ['20.19.0', 'ok'],
    ['20.19.1', 'ok'],
    ['22.0.0', 'ok'],
    ['20.18.9', 'fail'],
    ['18.20.0', 'fail'],
  ])('with Node %s: %s', (version, level) => {
    expect(judgeNode(version, '20.19.0').level).toBe(level);
  });

  const MB = 1_048_576;
  const place: PlaceFacts = {
    path: '/data',
    what: 'The folder',
    isThere: true,
    isUsable: true,
    isOpen: false,
    isSecret: true,
    freeBytes: 4096 * MB,
  };
  it.each<[string, Partial<PlaceFacts>, string[]]>([
    ['as it should be', {}, ['ok']],
    ['of unknown room', { freeBytes: undefined }, ['ok']],
    ['that is not there', { isThere: false }, ['fail']],
    ['of somebody else', { isUsable: false }, ['fail']],
    ['that all may read', { isOpen: true }, ['warn']],
    ['that all may read, without secrets', { isOpen: true, isSecret: false }, ['ok']],
    ['with 1024 MB', { freeBytes: 1024 * MB }, ['ok']],
    ['with 1023 MB', { freeBytes: 1024 * MB - 1 }, ['warn']],
    ['with 100 MB', { freeBytes: 100 * MB }, ['warn']],
    ['with 99 MB, and open', { freeBytes: 100 * MB - 1, isOpen: true }, ['warn', 'fail']],
  ])('with a folder %s', (_, facts, expected) => {
    expect(levels(judgePlace({ ...place, ...facts }))).toEqual(expected);
  });
});

describe('a certificate', () => {
  const judge = (certificate: Certificate) => judgeCertificate('a.example', certificate, now);
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
  it.each<[string, Certificate, string[]]>([
    ['for two weeks', { endsAt: inDays(14), fault: undefined }, []],
    ['for less', { endsAt: inDays(13.99), fault: undefined }, ['warn']],
    ['that has ended', { endsAt: inDays(-1), fault: 'CERT_HAS_EXPIRED' }, ['fail']],
    ['of another name', { endsAt: inDays(90), fault: 'ERR_TLS_CERT_ALTNAME_INVALID' }, ['fail']],
  ])('%s', (_, certificate, expected) => {
    expect(levels(judge(certificate))).toEqual(expected);
  });

  it('has days, and one day', () => {
    const left = (days: number) => judge({ endsAt: inDays(days), fault: undefined })[0]?.says;
    expect(left(1)).toMatch(/in 1 day\.$/);
    expect(left(2)).toMatch(/in 2 days\.$/);
  });

  it('is told in words, or in Node’s where we have none', () => {
    const fault = (name: string) => judge({ endsAt: inDays(1), fault: name })[0]?.says;
    expect(fault('DEPTH_ZERO_SELF_SIGNED_CERT')).toContain('signed by itself');
    expect(fault('CERT_REVOKED')).toContain('CERT_REVOKED');
  });
});

describe('the services', () => {
  it.each<[string, number, string | undefined, string[]]>([
    ['PostgreSQL 15', 150_000, undefined, ['ok']],
    ['PostgreSQL 14', 149_999, undefined, ['fail']],
    ['another schema', 170_002, 'it lacks 0002', ['fail']],
    ['both', 130_000, 'it lacks 0002', ['fail', 'fail']],
  ])('with %s', (_, version, schemaFault, expected) => {
    expect(levels(judgeDatabase({ version, now, schemaFault }))).toEqual(expected);
  });

  const queue = {
    product: 'Redis',
    version: '7.0.15',
    isCluster: false,
    hasDatabase: true,
    policy: 'noeviction',
    isPersistent: true,
    refusal: undefined,
  } as const;
  const judge = (facts: Partial<Parameters<typeof judgeQueue>[0]>, url = 'redis://a') =>
    judgeQueue({ ...queue, ...facts }, parseRedisUrl(url));
  it.each<[string, Parameters<typeof judge>[0], string[], string?]>([
    ['Redis 7', {}, ['ok']],
    ['Redis 6.2', { version: '6.2.0' }, ['ok']],
    ['Redis 6.0', { version: '6.0.16' }, ['fail']],
    ['Redis 5', { version: '5.0.7' }, ['fail']],
    ['Valkey', { product: 'Valkey', version: '8.0.1' }, ['ok']],
    ['one that hides its settings', { policy: undefined, isPersistent: undefined }, ['ok']],
    ['one that throws away', { policy: 'allkeys-lru' }, ['fail']],
    ['one that throws away what has an end', { policy: 'volatile-ttl' }, ['warn']],
    ['one that writes nothing', { isPersistent: false }, ['warn']],
    ['one that refuses a script', { refusal: 'OOM command not allowed' }, ['fail']],
    ['one without the database', { hasDatabase: false }, ['fail'], 'redis://a/2'],
    ['several that are no cluster', {}, ['fail'], 'redis://a,b'],
    ['several nodes', { isCluster: true }, ['ok'], 'redis://a,b'],
    ['several sentinels', {}, ['ok'], 'redis+sentinel://a,b/main'],
  ])('with %s', (...[, facts, expected, url]) => {
    expect(levels(judge(facts, url))).toEqual(expected);
  });

  it('claim nothing of a disk that they do not show', () => {
    const [finding] = judge({ isPersistent: undefined });
    expect(finding?.says).toContain('cannot be read from here');
  });

  it.each<[number, number, string]>([
    [0, 0, 'ok'],
    [4_499, 0, 'ok'],
    [4_500, 0, 'warn'],
    [-59_499, 0, 'warn'],
    [-59_500, 0, 'fail'],
    [60_000, 1_000, 'warn'],
    [5_000, 1_000, 'ok'],
  ])('with a clock that is %s ms off, seen to %s ms: %s', (differs, graceMs, level) => {
    const other = new Date(now.getTime() - differs);
    const finding = judgeClock('the database', { now, other, graceMs });
    expect(finding.level).toBe(level);
    if (level !== 'ok') expect(finding.says).toContain(differs > 0 ? 'ahead of' : 'behind');
  });
});
