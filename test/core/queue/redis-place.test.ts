import { PREFIX, parseRedisUrl } from '../../../src/core/queue/redis-place.ts';

const plain = {
  isTls: false,
  username: undefined,
  password: undefined,
  database: 0,
  sentinelName: undefined,
};
const at = (...hosts: [string, number][]) => hosts.map(([host, port]) => ({ host, port }));

describe('a place of Redis', () => {
  it.each<[string, Partial<ReturnType<typeof parseRedisUrl>>]>([
    ['redis://redis', { hosts: at(['redis', 6379]) }],
    [' redis://redis:7000/ ', { hosts: at(['redis', 7000]) }],
    ['rediss://redis/3', { hosts: at(['redis', 6379]), isTls: true, database: 3 }],
    ['redis://:p%40%3A%2Fs@redis', { hosts: at(['redis', 6379]), password: 'p@:/s' }],
    ['redis://ada:p@ss@redis', { hosts: at(['redis', 6379]), username: 'ada', password: 'p@ss' }],
    ['redis://[::1]:7000', { hosts: at(['::1', 7000]) }],
    ['redis://a:1,b,[fe80::2]:3', { hosts: at(['a', 1], ['b', 6379], ['fe80::2', 3]) }],
    ['redis+sentinel://a,b:2/main', { hosts: at(['a', 26_379], ['b', 2]), sentinelName: 'main' }],
    [
      'rediss+sentinel://u:p@a/main/4',
      {
        hosts: at(['a', 26_379]),
        isTls: true,
        username: 'u',
        password: 'p',
        sentinelName: 'main',
        database: 4,
      },
    ],
  ])('%s', (text, place) => {
    expect(parseRedisUrl(text)).toEqual({ ...plain, ...place });
  });

  it.each([
    ['valkey://a', 'must look like redis://host:6379'],
    ['redis://', 'must look like'],
    ['redis://a:99999', 'must look like'],
    ['redis://a,,b', 'must look like'],
    ['/run/redis.sock', 'must look like'],
    ['redis://a/two', 'the number of a database'],
    ['redis://a/0/1', 'the number of a database'],
    ['redis://a?maxRetriesPerRequest=5', 'takes no settings behind a "?"'],
    ['redis+sentinel://a:26379', 'must name what the sentinels watch'],
    ['redis+sentinel://a/main/0/1', 'the number of a database'],
    ['redis://:100%@a', 'holds a "%"'],
  ])('%s is refused: %s', (text, fault) => {
    expect(() => parseRedisUrl(text)).toThrow(fault);
    expect(() => parseRedisUrl(text.replace('//', '//:verysecret@'))).not.toThrow('verysecret');
  });

  it('has a prefix with one part in braces', () => {
    const taken = ['{paperround}', 'papers-{a}.b', '{a.b-c_d}'];
    const refused = ['bull', '{}', '{a', 'a}', '{a}{b}', '{a}:b', '{a b}', ''];
    expect(taken.filter((prefix) => !PREFIX.test(prefix))).toEqual([]);
    expect(refused.filter((prefix) => PREFIX.test(prefix))).toEqual([]);
  });
});
