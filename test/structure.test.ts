import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'workers'].flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name)),
);

describe('the structure', () => {
  it('has no import against the direction of the rooms, and no cycle', () => {
    const bin = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
    const args = [
      bin,
      '--config',
      '.dependency-cruiser.js',
      '--output-type',
      'err',
      'src',
      'workers',
    ];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stdout).toContain('no dependency violations found');
    expect(status).toBe(0);
  });

  it('reads the environment in one file', () => {
    const readers = sources.filter((file) => readFileSync(file, 'utf8').includes('process.env'));
    expect(readers).toEqual(['src/process/config.ts']);
  });

  it('asks before it causes mail, wherever somebody asked for it', () => {
    // What mails without a form: our own calendar, operators, a press on a link that is used up by it,
    // and what a service proves to ask, five times a day.
    const own = [
      'src/steps/alarms/tell.ts',
      'src/steps/alerts/confirm.ts',
      'src/steps/deliveries/notify.ts',
      'src/steps/digests/compose.ts',
      'src/steps/digests/welcome.ts',
      'src/steps/editions/approve.ts',
      'src/steps/feedback/forward.ts',
      'src/steps/readers/import-write.ts',
      'src/steps/readers/remind.ts',
    ];
    // Of a form that `request.ts` counted, when it took it.
    const counted = ['src/steps/readers/answer.ts'];
    const mailing = sources.filter((file) => /\brecordNotices?\(/.test(readFileSync(file, 'utf8')));
    const unasked = mailing.filter((file) => !readFileSync(file, 'utf8').includes('askForMail('));
    expect(unasked.sort()).toEqual([...counted, ...own].sort());
  });

  it('names the schema of every table in its SQL', () => {
    const named =
      /\b(?:(?<!epoch |distinct )from|join|into|update|table)\s+(?!public\.|pg_|jsonb_|unnest|generate_series|\$\{)([a-z_]+)/g;
    // Words of the grammar that may follow (and `opened`, which `goingEditions` makes, and `ended`, which
    // `leave` does), and names that the statement itself makes.
    const grammar = [
      'set',
      'skip',
      'of',
      'or',
      'if',
      'only',
      'select',
      'lateral',
      'opened',
      'ended',
    ];
    const made = /\b([a-z_]+)(?:\([a-z_, ]+\))?\s+as\s+(?:materialized\s+)?\(/g;
    for (const file of sources.filter((name) => name.startsWith('src/store/'))) {
      const statements = readFileSync(file, 'utf8').match(/sql`[^`]*`/g) ?? [];
      const bare = statements.flatMap((text) => {
        const known = [...grammar, ...[...text.matchAll(made)].map(([, name]) => name)];
        return [...text.matchAll(named)]
          .map(([, name]) => name)
          .filter((name) => !known.includes(name ?? ''));
      });
      expect([file, bare]).toEqual([file, []]);
    }
  });
});
