import {
  addressOfChannel,
  hideSecrets,
  nameOfChannel,
  type Place,
  type ServiceName,
  showPlace,
} from '../../../src/core/channels/place.ts';
import { findPlaceFault } from '../../../src/core/channels/place-fault.ts';
import { parseAddress } from '../../../src/core/reader/address.ts';

const slack = 'https://hooks.slack.com/services/T0/B0/abcdefghijklmnop';

describe('where a channel is', () => {
  const good: readonly (readonly [ServiceName, Place])[] = [
    ['slack', { url: slack }],
    ['mattermost', { url: 'https://chat.example.org/sub/hooks/abcdefghijklmnopqrstuvwxyz' }],
    [
      'teams',
      { url: 'https://abc12.3f.environment.api.powerplatform.com:443/powerautomate/x?sig=a%2Fb' },
    ],
    ['discord', { url: 'https://ptb.discord.com/api/v10/webhooks/123/token?thread_id=4' }],
    ['zulip', { url: 'https://z.example', user: 'b@z.example', key: 'k', room: 'r', topic: 't' }],
    ['matrix', { url: 'https://m.example', key: 'k', room: '!a:m.example' }],
    ['webhook', { url: 'https://example.org/hook' }],
  ];
  it.each(good)('%s: is taken', (service, place) => {
    expect(findPlaceFault(service, place, false)).toBeUndefined();
  });

  const bad: readonly (readonly [ServiceName, Place, RegExp])[] = [
    ['slack', { url: 'http://hooks.slack.com/services/T0/B0/x' }, /must be https/],
    ['slack', { url: 'https://hooks.slack.com.evil.example/services/T0/B0/x' }, /none of Slack/],
    ['slack', { url: 'https://hooks.slack.com/workflows/T0/A0/1/x' }, /Workflow Builder/],
    ['slack', { url: 'https://user:pass@hooks.slack.com/services/T0/B0/x' }, /user or a password/],
    ['teams', { url: 'https://acme.webhook.office.com/webhookb2/x' }, /May 2026/],
    ['discord', { url: 'https://discord.com/api/webhooks/1/t/slack' }, /last part/],
    ['discord', { url: 'https://notdiscord.com/api/webhooks/1/t' }, /none of Discord/],
    ['mattermost', { url: 'https://chat.example.org/' }, /none of Mattermost/],
    ['zulip', { url: 'https://z.example', key: 'k', room: 'r', topic: 't' }, /needs a user/],
    ['matrix', { url: 'https://m.example', key: 'k', room: '#a:m.example' }, /by its id/],
    ['matrix', { url: 'https://m.example', key: 'a\nb', room: '!a:m' }, /in one line/],
    ['webhook', { url: 'https://example.org/hook', key: 'mine' }, /takes no key/],
  ];
  it.each(bad)('%s %j: says what is wrong', (service, place, fault) => {
    expect(findPlaceFault(service, place, false)).toMatch(fault);
  });

  it('is shown by its host and four characters', () => {
    expect(showPlace({ url: slack })).toBe('hooks.slack.com/…mnop');
    expect(showPlace({ url: 'https://example.org/hook' })).toBe('example.org/…');
    expect(showPlace({ url: 'https://m.example', key: 'k', room: '!a:m' })).toBe(
      'm.example/…, !a:m',
    );
  });

  it('is cut out of what a service says', () => {
    const place = { url: `${slack}?sig=a-signature`, key: 'a-long-key' };
    const said = `POST ${slack} with abcdefghijklmnop, a-signature and a-long-key`;
    expect(hideSecrets(said, place)).toBe('POST https://hooks.slack.com… with …, … and …');
  });

  it('has a name in the ledger that is no mailbox', () => {
    expect(nameOfChannel(addressOfChannel('lab'))).toBe('lab');
    expect(nameOfChannel('channel@example.org')).toBeUndefined();
    expect(() => parseAddress(addressOfChannel('lab'))).toThrow();
  });
});
