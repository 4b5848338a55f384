/**
 * `npm run bench`: every bench after the other, each in a process of its own.
 * `npm run bench -- NAME [OPTIONS]` runs one of them.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const names = [
  'ingest',
  'alerts',
  'cited',
  'groups',
  'ranking-cost',
  'pages',
  'desk',
  'web',
  'send',
];
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !names.includes(name)) {
  console.error(`There is no bench "${name}", but ${names.join(', ')}.`);
  process.exit(1);
}
let isFine = true;
for (const each of name === undefined ? names : [name]) {
  console.log(`--- ${each}`);
  const file = join(import.meta.dirname, `${each}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...options], {
    stdio: 'inherit',
  });
  isFine &&= status === 0;
}
process.exitCode = isFine ? 0 : 1;
