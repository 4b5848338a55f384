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
    expect(readers).toEqual(['src/config.ts']);
  });

  it('names the schema of every table in its SQL', () => {
    const tables =
      /\b(?:(?<!epoch |distinct )from|join|into|update|table)\s+(?!public\.|pg_|jsonb_|unnest|lateral\b|\$\{|set\b|picked\b|skip\b|of\b|or\b|if\b|only\b|select\b)([a-z_]+)/g;
    for (const file of sources.filter((name) => name.startsWith('src/store/'))) {
      const statements = readFileSync(file, 'utf8').match(/sql`[^`]*`/g) ?? [];
      const bare = statements.flatMap((text) => [...text.matchAll(tables)].map(([, name]) => name));
      expect([file, bare]).toEqual([file, []]);
    }
  });
});
