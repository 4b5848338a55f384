import { checkHost } from '../../src/feeds/connect.ts';

describe('checkHost', () => {
  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://127.1/', 'http://[::ffff:10.0.0.1]/'])(
    'sees the private address in %s',
    (url) => expect(() => checkHost(new URL(url))).toThrow('not an address of the public internet'),
  );

  it('leaves names to the connection', () => {
    expect(() => checkHost(new URL('http://localhost/'))).not.toThrow();
  });
});
