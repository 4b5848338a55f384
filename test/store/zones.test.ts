import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** It compares the database's zones with the runtime's, by names that the database lists itself. */
const DOCTOR = 'database-facts.ts';
const folder = join(process.cwd(), 'src', 'store');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && name !== DOCTOR,
);

/** What makes a local time or a date of one in SQL, by tables that are not the runtime's. */
const LOCAL =
  /at time zone (?!'UTC')|\btimezone\(|\bcurrent_date\b|\blocaltime|\bset time ?zone\b/i;

describe('local times', () => {
  it.each(files)('are none of the database’s in %s', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(LOCAL);
  });

  it.each([
    'next_due_at at time zone s.zone',
    "now() AT TIME ZONE 'Asia/Calcutta'",
    'timezone(zone, at)',
    'where local_date = current_date',
  ])('would be found in "%s"', (statement) => {
    expect(statement).toMatch(LOCAL);
  });
});
