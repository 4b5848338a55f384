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
    const named =
      /\b(?:(?<!epoch |distinct )from|join|into|update|table)\s+(?!public\.|pg_|jsonb_|unnest|generate_series|\$\{)([a-z_]+)/g;
    // Words of the grammar that may follow, and names that the statement itself makes.
    const grammar = ['set', 'skip', 'of', 'or', 'if', 'only', 'select', 'lateral'];
    const made = /\b([a-z_]+)\s+as\s+(?:materialized\s+)?\(/g;
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
