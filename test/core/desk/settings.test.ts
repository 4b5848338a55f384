import { describeSettings, describeUnknown } from '../../../src/core/desk/settings.ts';
import { readConfig } from '../../../src/process/config.ts';

describe('settings as they are shown', () => {
  const names = ['DATABASE_URL', 'SMTP_URL', 'SECRET_KEYS', 'HEARTBEAT_URL', 'PORT', 'HOST'];
  const defaults = { PORT: 3000, HOST: '127.0.0.1' };

  it('say by their names what is set, what is default and what is not set', () => {
    const given = { PORT: '8080', HOST: '127.0.0.1' };
    expect(describeSettings(given, defaults, ['PORT', 'HOST', 'SMTP_URL'])).toEqual([
      { name: 'PORT', value: '8080', state: 'set' },
      { name: 'HOST', value: '127.0.0.1', state: 'default' },
      { name: 'SMTP_URL', value: '', state: 'not set' },
    ]);
    expect(describeUnknown([{ name: 'SITE_NAM', said: 'Is SITE_NAME meant?' }])).toEqual([
      { name: 'SITE_NAM', value: 'Is SITE_NAME meant?', state: 'unknown' },
    ]);
  });

  it('hide what is secret, in addresses, too', () => {
    const given = {
      DATABASE_URL: 'postgres://ada:hunter2@db.example/paperround?password=hunter2&sslmode=require',
      SMTP_URL: 'smtp://u:hunter2@a.example:587?rate=2/s smtps://v:hunter2@b.example',
      SECRET_KEYS: '1:deadbeef',
      HEARTBEAT_URL: 'https://ping.example/hunter2',
    };
    const shown = describeSettings(given, defaults, names);
    expect(shown.map(({ value }) => value)).toEqual([
      'postgres://(hidden)@db.example/paperround?password=(hidden)&sslmode=require',
      'smtp://(hidden)@a.example:587?rate=2/s smtps://(hidden)@b.example',
      'not shown',
      'not shown',
      '3000',
      '127.0.0.1',
    ]);
  });

  it('name every one, and show no secret of any', () => {
    const secrets = {
      SECRET_KEYS: `1:${'ab'.repeat(32)}`,
      METRICS_TOKEN: 'hunter2-hunter2-hunter2',
      POSTMARK_WEBHOOK: 'hunter2:hunter2-hunter2-hunter2',
      MAILGUN_WEBHOOK_KEY: 'hunter2-hunter2-hunter2',
      PUBMED_KEY: 'hunter2hunter2',
      REDIS_SENTINEL_PASSWORD: 'hunter2',
    };
    const { settings } = readConfig(secrets);
    expect(settings.find(({ name }) => name === 'CUT_TIME')).toMatchObject({ state: 'default' });
    expect(settings.filter(({ state }) => state === 'set').map(({ name }) => name)).toEqual(
      expect.arrayContaining(Object.keys(secrets)),
    );
    expect(JSON.stringify(settings)).not.toMatch(/hunter2|abab/);
  });
});
