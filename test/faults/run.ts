import { readFileSync, writeFileSync } from 'node:fs';
import PQueue from 'p-queue';
import { type Services, startServices } from '../harness/services.ts';
import { answerFaults } from './answers.ts';
import type { Fault } from './fault.ts';
import { paceFaults } from './pace.ts';
import { killOnce, processFaults } from './processes.ts';
import { serverFaults } from './servers.ts';

/**
 * The fault suite. `--long` kills 200 times on 10,000 recipients, `--seeds=N` so many times,
 * `--only=1,3` runs some, `--write` keeps the table in docs/reliability.md.
 */
const isLong = process.argv.includes('--long') || process.env['FAULTS'] === 'long';
const option = (name: string) =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);
const only = option('only')?.split(',');
const scale = isLong ? { readers: 10_000, connections: 20 } : { readers: 300, connections: 20 };
const FIRST_SEED = 20_260_401;
const seeds = Array.from(
  { length: Number(option('seeds') ?? (isLong ? 200 : 4)) },
  (_, at) => FIRST_SEED + Number(option('from') ?? 0) + at,
);

const kill: Fault = {
  number: '1',
  name: `kill -9 at a random instant: ${seeds.length} seeds, ${scale.readers} recipients, ${scale.connections} connections`,
  async run(services) {
    const doubts: number[] = [];
    for (const seed of seeds) {
      doubts.push(await killOnce(services, scale, seed));
      if (isLong) process.stderr.write(`  seed ${seed}: ${doubts.at(-1)} in doubt\n`);
    }
    doubts.sort((a, b) => a - b);
    return `0 lost, 0 twice; in doubt: median ${doubts[doubts.length >> 1]}, most ${doubts.at(-1)}`;
  },
};

const faults = [kill, ...processFaults, ...serverFaults, ...answerFaults, ...paceFaults]
  .filter(({ number }) => !only || only.includes(number))
  .sort((a, b) => Number.parseInt(a.number, 10) - Number.parseInt(b.number, 10));

const services = await startServices();
if (!services) throw new Error('the fault suite needs PostgreSQL and redis-server');
const rowOf = new Map<Fault, string>();
let failures = 0;

async function stand(fault: Fault): Promise<void> {
  const began = performance.now();
  const seen = await fault.run(services as Services).catch((error: Error) => {
    failures += 1;
    process.stderr.write(`${error.stack}\n`);
    return `FAILED: ${error.message.split('\n')[0]}`;
  });
  const took = ((performance.now() - began) / 1000).toFixed(0);
  const row = `| ${fault.number} | ${fault.name} | ${seen} | ${took} s |`;
  rowOf.set(fault, row);
  process.stdout.write(`${row}\n`);
}

try {
  // Those that only wait for a server or a lease wait together.
  const together = new PQueue({ concurrency: 3 });
  await together.addAll(
    faults.filter(({ isAlone }) => !isAlone).map((fault) => () => stand(fault)),
  );
  for (const fault of faults.filter(({ isAlone }) => isAlone)) await stand(fault);
} finally {
  await services.stop();
}
const rows = faults.map((fault) => rowOf.get(fault) ?? '');
const passed = faults.length - failures;
process.stdout.write(`\n${passed} of ${faults.length} faults stood\n`);
if (process.argv.includes('--write')) {
  const page = new URL('../../docs/reliability.md', import.meta.url);
  const table = ['| test | fault | seen | took |', '|---|---|---|---|', ...rows].join('\n');
  const text = readFileSync(page, 'utf8');
  const marks = /<!-- table -->[\s\S]*<!-- end of table -->/;
  writeFileSync(
    page,
    text.replace(marks, () => `<!-- table -->\n${table}\n<!-- end of table -->`),
  );
}
process.exit(failures > 0 ? 1 : 0);
