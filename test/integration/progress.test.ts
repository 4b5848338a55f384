import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPlace, type Place } from '../harness/context.ts';

const SCRIPT = '/usr/bin/script';
const rows = Array.from({ length: 2_600 }, (_, at) => `r${at}@readers.example,2024-05-07`);

describe('the progress of a long command', () => {
  let place: Place;
  let file: string;
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    place = await createPlace('sandbox');
    file = join(place.env['DATA_DIR'] ?? '', 'readers.csv');
    await writeFile(file, ['address,confirmed_at', ...rows].join('\n'));
    const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, ...outer } = process.env;
    env = { ...outer, ...place.env };
  });
  afterAll(() => place?.remove());

  const cli = (...args: string[]) => ['node_modules/.bin/tsx', 'src/cli.ts', ...args];
  const importing = () =>
    cli('subscribers', 'import', file, '--source', 'our-list-of-2024', '--dry-run');

  // `script` of util-linux gives a command a terminal of its own.
  const hasTerminal = existsSync(SCRIPT);
  if (!hasTerminal) console.warn(`skipped on a terminal: there is no ${SCRIPT}`);
  const onTerminal = hasTerminal ? it : it.skip;
  onTerminal('is drawn on a terminal in one place, and taken away', () => {
    const seen = execFileSync(SCRIPT, ['-qec', importing().join(' '), '/dev/null'], {
      env,
      encoding: 'utf8',
    });
    const [, ...drawn] = seen.split('\x1b[K');
    expect(drawn.length).toBeGreaterThan(1);
    for (const bar of drawn.slice(0, -1)) expect(bar).toMatch(/^\d+ rows\r$/);
    expect(drawn.at(-1)).toMatch(/^A dry run: nothing was written\.\r\n2600 rows read: 2600 would/);
  });

  it('leaves data for scripts alone, which may come on standard input', () => {
    const [program = '', ...args] = importing().map((part) => (part === file ? '-' : part));
    const input = ['address,confirmed_at', ...rows].join('\n');
    const { stdout, stderr } = spawnSync(program, [...args, '--json'], {
      env,
      encoding: 'utf8',
      input,
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ rows: 2600, active: 2600, fault: null });
  });
});
