import { hideSecrets } from '../../src/process/log.ts';

describe('what a log may hold', () => {
  it.each([
    ['to ada@readers.example: no', 'to …@…: no'],
    ['<ada@a.example>,ben+x@b.example;', '<…@…>,…@…;'],
    ['postgres://user:secret@db.example/x', 'postgres:…@…'],
    ['GET /unsubscribe/abc.def?x=1', 'GET /unsubscribe/…?x=1'],
    ['@ada, ada@ and a @ b', '@ada, ada@ and a @ b'],
    ['a@b@c', '…@…'],
  ])('of %j is %j', (text, hidden) => {
    expect(hideSecrets(text)).toBe(hidden);
  });

  it('is the beginning of what is long', () => {
    expect(hideSecrets('a'.repeat(1_000_000))).toHaveLength(4_000);
  });
});
