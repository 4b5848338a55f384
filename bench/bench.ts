/** `npm run bench`: every bench after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

let isFine = true;
for (const name of ['ingest', 'reading', 'ranking', 'ranking-cost', 'desk']) {
  console.log(`--- ${name}`);
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', file], { stdio: 'inherit' });
  isFine &&= status === 0;
}
process.exitCode = isFine ? 0 : 1;
