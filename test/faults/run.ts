import { readFileSync, writeFileSync } from 'node:fs';
import PQueue from 'p-queue';
import build from '../harness/global-build.ts';
import { type Services, startServices } from '../harness/services.ts';
import { within } from '../harness/wait.ts';
import { alarmFaults } from './alarms.ts';
import { answerFaults } from './answers.ts';
import type { Fault } from './fault.ts';
import { feedbackFaults } from './feedback.ts';
import { form } from './form.ts';
import { fullSpeedFaults } from './full-speed.ts';
import { killFaults } from './kills.ts';
import { leavingFaults } from './leaving.ts';
import { midTransactionFaults } from './mid-transaction.ts';
import { olderFaults } from './older.ts';
import { paceFaults } from './pace.ts';
import { pauseFaults } from './pauses.ts';
import { postgresFaults } from './postgres.ts';
import { processFaults } from './processes.ts';
import { redisFaults } from './redis.ts';
import { retryFaults } from './retries.ts';
import { slowFaults } from './slow.ts';
import { upgradeFaults } from './upgrade.ts';

/**
 * The fault suite. `--long` is the whole of it, `--seeds=N` kills so many times, `--only=1,3`
 * runs some, `--write` keeps their rows in docs/reliability.md.
 */
const known = [
  ...killFaults,
  ...fullSpeedFaults,
  ...slowFaults,
  ...retryFaults,
  ...upgradeFaults,
  ...olderFaults,
  ...midTransactionFaults,
  ...processFaults,
  ...redisFaults,
  ...postgresFaults,
  ...alarmFaults,
  ...pauseFaults,
  ...leavingFaults,
  ...answerFaults,
  ...paceFaults,
  ...feedbackFaults,
].sort((a, b) => Number.parseInt(a.number, 10) - Number.parseInt(b.number, 10));
const faults = known.filter(({ number }) => form.isWanted(number));

build();
const services = await startServices();
if (!services) throw new Error('the fault suite needs PostgreSQL and redis-server');
/** In its short form none takes a third of this on two busy cores; one that hangs must not hang all. */
const LONGEST_SECONDS = form.isLong ? 24 * 3_600 : 600;
const rowOf = new Map<Fault, string>();
let failures = 0;

async function runOn(fault: Fault): Promise<string> {
  if (!fault.breaksServices) return fault.run(services as Services);
  const own = await startServices();
  try {
    return await fault.run(own as Services);
  } finally {
    await own?.stop();
  }
}

async function stand(fault: Fault): Promise<void> {
  const began = performance.now();
  const run = within(LONGEST_SECONDS, `the end of fault ${fault.number}`, runOn(fault));
  const seen = await run.catch((error: Error) => {
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
process.stdout.write(`\n${faults.length - failures} of ${faults.length} faults stood\n`);
if (form.isWritten) {
  const page = new URL('../../docs/reliability.md', import.meta.url);
  writeFileSync(page, renewTable(readFileSync(page, 'utf8')));
}
process.exit(failures > 0 ? 1 : 0);

/** The page with a row of each fault that was run; of the others those that it had. */
function renewTable(page: string): string {
  const marked = /<!-- table -->[\s\S]*<!-- end of table -->/;
  const before = marked.exec(page)?.[0].split('\n') ?? [];
  const rows = known.flatMap(
    (fault) =>
      rowOf.get(fault) ?? before.find((line) => line.startsWith(`| ${fault.number} |`)) ?? [],
  );
  const table = ['| test | fault | seen | took |', '|---|---|---|---|', ...rows].join('\n');
  return page.replace(marked, () => `<!-- table -->\n${table}\n<!-- end of table -->`);
}
