import { keepableFailure } from '../../../src/core/queue/failure.ts';

describe('what a job failed with', () => {
  it.each([
    ['NUL', 'the server said a\0b', 'the server said a\ufffdb'],
    ['the first half of a pair', 'title \ud83d', 'title \ufffd'],
    ['the second half of a pair', '\ude00 title', '\ufffd title'],
  ])('is kept without %s, in its message and its stack', (_what, message, kept) => {
    const thrown = new TypeError(message);
    const failure = keepableFailure(thrown);
    expect(failure.message).toBe(kept);
    expect(failure.name).toBe('TypeError');
    expect(failure.stack).toContain(kept);
    expect(failure.stack).not.toMatch(/\0|\p{Surrogate}/u);
    expect(failure.cause).toBe(thrown);
  });

  it('is the error itself where nothing is wrong with it', () => {
    const thrown = new RangeError('papers: 😀');
    expect(keepableFailure(thrown)).toBe(thrown);
  });

  it('is an error whatever was thrown', () => {
    expect(keepableFailure('no\0thing').message).toBe('no\ufffdthing');
  });
});
