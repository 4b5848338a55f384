import { describeSettings } from '../../../src/core/desk/settings.ts';

describe('settings as they are shown', () => {
  it('hide what is secret, in addresses, too', () => {
    const shown = describeSettings({
      databaseUrl: 'postgres://ada:hunter2@db.example/paperround',
      keys: { newest: '1', secrets: new Map([['1', 'deadbeef']]) },
      inbound: { webhookSecrets: ['whsec_x'], port: undefined },
      sending: { connections: 5, smtpUrl: 'smtp://u:hunter2@relay.example:587' },
      feeds: { allowPrivate: false },
    });
    expect(Object.fromEntries(shown.map(({ name, value }) => [name, value]))).toEqual({
      databaseUrl: 'postgres://(hidden)@db.example/paperround',
      keys: 'set, and not shown',
      'inbound.webhookSecrets': 'set, and not shown',
      'inbound.port': 'not set',
      'sending.connections': '5',
      'sending.smtpUrl': 'smtp://(hidden)@relay.example:587',
      'feeds.allowPrivate': 'no',
    });
    expect(JSON.stringify(shown)).not.toMatch(/hunter2|whsec|deadbeef/);
    expect(describeSettings({ keys: undefined })).toEqual([{ name: 'keys', value: 'not set' }]);
  });
});
