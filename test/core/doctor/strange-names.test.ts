import { findStrangeNames, tellStrangeName } from '../../../src/core/doctor/strange-names.ts';
import { configNames } from '../../../src/process/config.ts';

const tell = (inFile: string[], elsewhere: string[] = []) =>
  findStrangeNames({ inFile, elsewhere }, configNames).map(tellStrangeName);

describe('names that nothing reads', () => {
  it.each([
    ['SITE_NAM', 'SITE_NAME'],
    ['APROVE_BEFORE_SEND', 'APPROVE_BEFORE_SEND'],
    ['APPROVE_BEFORE_SENT', 'APPROVE_BEFORE_SEND'],
    ['site_name', 'SITE_NAME'],
    ['PAPERROUND_SITE_NAME', 'SITE_NAME'],
    ['DATABSE_URL', 'DATABASE_URL'],
    ['SMTP-URL', 'SMTP_URL'],
  ])('%s is told with what was meant, wherever it is set', (name, meant) => {
    const said = `${name} is no setting: nothing reads it. Is ${meant} meant?`;
    expect(tell([name])).toEqual([said]);
    expect(tell([], [name])).toEqual([said]);
  });

  it('are told of the file whatever they look like, of the environment not', () => {
    expect(tell(['COLOUR'])).toEqual(['COLOUR is no setting: nothing reads it.']);
    expect(tell([], ['COLOUR', 'PATH', 'HOME', 'PGHOST', 'LOG_DIR'])).toEqual([]);
    expect(tell([], ['PAPERROUND_COLOUR'])).toHaveLength(1);
  });

  it('are none of ours, nor what compose reads', () => {
    expect(tell([...configNames, 'POSTGRES_PASSWORD', 'PAPERROUND_DOMAIN'])).toEqual([]);
  });
});
