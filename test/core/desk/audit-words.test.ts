import {
  readActor,
  tellAction,
  tellActor,
  tellDetail,
} from '../../../src/core/desk/audit-words.ts';

describe('the audit in words', () => {
  it('names who and what as people do', () => {
    expect(tellActor('operator:ada')).toBe('ada');
    expect(tellActor('cli')).toBe('the command line');
    expect(tellAction('leave out')).toBe('left kinds of text out of');
    expect(tellAction('a_new_one')).toBe('a new one');
  });

  it('reads whom its own words name', () => {
    for (const actor of ['operator:ada', 'cli', 'warm-up']) {
      expect(readActor(tellActor(actor))).toBe(actor);
      expect(readActor(actor)).toBe(actor);
    }
  });

  it('tells how without a brace', () => {
    const detail = {
      mayResendAll: true,
      pausedUntil: null,
      kinds: ['news', 'review'],
      counts: { read: 3, kept: 0 },
      reason: 'a letter',
    };
    expect(tellDetail(detail)).toBe(
      'may resend all: yes; paused until: none; kinds: news, review; counts: (read: 3; kept: 0); reason: a letter',
    );
    expect(tellDetail({})).toBe('');
  });
});
