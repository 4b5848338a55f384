import { judgeAnswer, type ServiceAnswer } from '../../../src/core/channels/answer.ts';
import { decidePost } from '../../../src/core/channels/outcome.ts';
import type { ServiceName } from '../../../src/core/channels/place.ts';
import { services } from '../../../src/core/channels/services.ts';

const judge = (service: ServiceName, answer: Omit<ServiceAnswer, 'words'>) =>
  judgeAnswer({ ...answer, words: 'HTTP' }, services[service].manners);

describe('what a service answers', () => {
  // Texts as they were seen: see `seen` of each service.
  const seen: readonly (readonly [ServiceName, number, string, string])[] = [
    ['slack', 200, 'ok', 'accepted'],
    ['slack', 200, '<html>Sign in to the network', 'in_doubt'],
    ['slack', 400, 'invalid_blocks', 'refused'],
    ['slack', 400, 'invalid_token', 'gone'],
    ['slack', 404, 'no_service', 'gone'],
    ['slack', 410, 'channel_is_archived', 'gone'],
    ['slack', 500, 'rollup_error', 'in_doubt'],
    ['slack', 429, '', 'later'],
    ['mattermost', 200, 'ok', 'accepted'],
    ['mattermost', 400, '{"id":"web.incoming_webhook.invalid.app_error"}', 'gone'],
    ['mattermost', 400, '{"id":"web.incoming_webhook.text.app_error"}', 'refused'],
    // Its first part may stand.
    ['mattermost', 500, '{"id":"api.post.create_webhook_post.creating.app_error"}', 'in_doubt'],
    ['teams', 202, '', 'accepted'],
    ['teams', 400, '{"error":{"code":"WorkflowTriggerIsNotEnabled"}}', 'gone'],
    ['teams', 502, '', 'in_doubt'],
    ['discord', 200, '{"id":"123"}', 'accepted'],
    // Without the message it says that it was not saved.
    ['discord', 204, '', 'in_doubt'],
    ['discord', 400, '{"code":50035}', 'refused'],
    ['discord', 404, '{"code":10015}', 'gone'],
    ['discord', 429, '<html>1015', 'later'],
    ['zulip', 200, '{"result":"success","id":7}', 'accepted'],
    ['zulip', 200, '{"result":"error"}', 'in_doubt'],
    ['zulip', 400, '{"code":"STREAM_DOES_NOT_EXIST"}', 'gone'],
    ['zulip', 400, '{"code":"BAD_REQUEST"}', 'refused'],
    ['zulip', 401, '{"code":"INVALID_API_KEY"}', 'gone'],
    ['matrix', 200, '{"event_id":"$1"}', 'accepted'],
    ['matrix', 403, '{"errcode":"M_FORBIDDEN"}', 'gone'],
    ['matrix', 413, '{"errcode":"M_TOO_LARGE"}', 'refused'],
    // The same name makes no second message.
    ['matrix', 502, '', 'later'],
    ['webhook', 204, '', 'accepted'],
    ['webhook', 410, '', 'gone'],
    ['webhook', 500, '', 'later'],
    ['webhook', 301, '', 'refused'],
    ['slack', 302, '', 'refused'],
    ['slack', 408, '', 'in_doubt'],
  ];
  it.each(seen)('%s, %i %s: %s', (service, status, text, what) => {
    const verdict = judge(service, { status, text });
    const isGone = verdict.kind === 'refused' && verdict.isGone;
    expect(isGone ? 'gone' : verdict.kind).toBe(what);
  });

  it('is in doubt where none came, unless nothing went out', () => {
    expect(judge('slack', {}).kind).toBe('in_doubt');
    expect(judge('webhook', {}).kind).toBe('in_doubt');
    expect(judge('slack', { isUnsent: true }).kind).toBe('later');
  });

  it('says how long to stay away, by its own unit, within bounds', () => {
    const waitOf = (service: ServiceName, text: string, retryAfterMs?: number) => {
      const verdict = judge(service, { status: 429, text, retryAfterMs });
      return verdict.kind === 'later' ? verdict.waitMs : undefined;
    };
    expect(waitOf('discord', '{"retry_after": 1.5}')).toBe(1_500);
    expect(waitOf('matrix', '{"retry_after_ms": 5000}')).toBe(5_000);
    expect(waitOf('zulip', '{}', 500)).toBe(1_000);
    expect(waitOf('slack', '', 30_000)).toBe(30_000);
    expect(waitOf('slack', '')).toBe(60_000);
    expect(waitOf('slack', '', 1e12)).toBe(24 * 3_600_000);
  });

  it('says of Teams what nobody is told', () => {
    expect(judge('teams', { status: 202 }).words).toMatch(/only its own history says/);
  });
});

describe('what becomes of a post', () => {
  const at = new Date('2026-11-30T07:00:00Z');
  it('comes again later and later where nothing went out', () => {
    const next = [1, 2, 9].map(
      (attempts) => decidePost({ kind: 'later', words: '' }, attempts, at).nextAt,
    );
    expect(next.map((each) => ((each?.getTime() ?? 0) - at.getTime()) / 60_000)).toEqual([
      1, 5, 120,
    ]);
  });
  it('ends by a no, and waits for a person in doubt', () => {
    const no = decidePost({ kind: 'refused', words: '', isGone: false }, 1, at);
    expect(no).toMatchObject({ state: 'failed', cause: 'permanent' });
    expect(decidePost({ kind: 'in_doubt', words: '' }, 1, at)).toEqual({
      state: 'in_doubt',
      verdict: 'doubt',
    });
  });
});
