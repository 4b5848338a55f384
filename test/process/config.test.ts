import { ConfigError, readConfig } from '../../src/process/config.ts';

const secret = `1:${'ab'.repeat(32)}`;
const service = {
  DATABASE_URL: 'postgres://user:secret@db/paperround',
  REDIS_URL: 'redis://redis:6379',
  SMTP_URL: 'smtp://127.0.0.1:25',
  SECRET_KEYS: secret,
};

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs nothing for the sandbox', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ mode: 'sandbox', http: { host: '127.0.0.1', port: 3000 } });
    expect(config.cut).toEqual({
      minuteOfDay: 60,
      zone: 'America/New_York',
      waitMinutes: 60,
      needsApproval: false,
    });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ SMTP_URL: '', PORT: '' }).http.port).toBe(3000);
  });

  it('lists all faults at once, each with the name to change', () => {
    const faults = faultsOf({
      PORT: 'x',
      CUT_ZONE: 'Mars/Base',
      MAIL_FROM: 'nobody',
      CUT_TIME: '25:00',
    });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'CUT_TIME',
      'CUT_ZONE',
      'MAIL_FROM',
      'PORT',
    ]);
  });

  it('refuses an accent that cannot be read, and a logo that is not there', () => {
    const faults = faultsOf({ ACCENT_COLOUR: '#ffcc00', LOGO_FILE: '/nowhere/logo.svg' });
    expect(faults[0]).toMatch(
      /^ACCENT_COLOUR: #ffcc00 is too weak in the light theme: .* would do$/,
    );
    expect(faults[1]).toMatch(/^LOGO_FILE: must be a file that can be read/);
    expect(faultsOf({ LOGO_FILE: 'package.json' })[0]).toMatch(/^LOGO_FILE: must be a picture/);
    expect(readConfig({ ACCENT_COLOUR: '#1a4f8b' }).site.palette?.light.accent).toBe('#1a4f8b');
    expect(readConfig({}).site.palette).toBeUndefined();
  });

  it('refuses half a service', () => {
    expect(faultsOf({ DATABASE_URL: service.DATABASE_URL })[0]).toMatch(/^REDIS_URL: is missing/);
    expect(faultsOf({ REDIS_URL: service.REDIS_URL })[0]).toMatch(/^DATABASE_URL: is missing/);
    const { SMTP_URL: _, ...withoutRelay } = service;
    expect(faultsOf(withoutRelay)[0]).toMatch(/^SMTP_URL: is missing/);
    const { SECRET_KEYS: __, ...withoutKeys } = service;
    expect(faultsOf(withoutKeys)[0]).toMatch(/^SECRET_KEYS: is missing/);
    expect(readConfig(service).mode).toBe('service');
  });

  it('asks for keys where a relay is said to leave the signature to us', () => {
    const faults = (signs: string) =>
      faultsOf({ ...service, SMTP_URL: `smtp://me:secret@127.0.0.1:25?signs=${signs}` });
    expect(faults('we')).toEqual([
      'DKIM_KEYS: is missing, needed because SMTP_URL says signs=we of 127.0.0.1:25',
    ]);
    expect(faults('it')).toEqual([]);
  });

  it('asks for a public address before mail leaves the machine', () => {
    const faults = faultsOf({ ...service, SMTP_URL: 'smtp://relay.example:587' });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'PUBLIC_URL',
      'MAIL_FROM',
      'POSTAL_ADDRESS',
    ]);
    expect(
      faultsOf({
        ...service,
        SMTP_URL: 'smtp://relay.example:587',
        PUBLIC_URL: 'https://news.example',
        MAIL_FROM: 'digest@news.example',
        POSTAL_ADDRESS: '1 Example Street, Example Town',
      }),
    ).toEqual([]);
  });

  it('never shows a secret in a fault', () => {
    const faults = faultsOf({
      ...service,
      SECRET_KEYS: '1:nothex-verysecret',
      REDIS_URL: 'http://user:verysecret@x',
    });
    expect(faults.length).toBeGreaterThan(1);
    expect(faults.join()).not.toContain('verysecret');
  });
});
