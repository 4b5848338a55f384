/**
 * Measures sending: Paperround whole and by phase, beside the wire, a loop over nodemailer's
 * pool, the usual queue with a job a recipient, and another commit's build, on a durable
 * PostgreSQL and a Redis of its own. `npm run bench -- send`; docs/performance.md has the
 * options and what was measured.
 */
import { createField } from './send/contestants.ts';
import { describeMachine } from './send/machine.ts';
import { type Options, readOptions } from './send/options.ts';
import { endAll, isInstalled } from './send/processes.ts';
import { buildOther, buildOwn, type Product } from './send/product.ts';
import { runAll } from './send/rounds.ts';
import { openStage, type Stage } from './send/stage.ts';
import { buildRows, buildSizeRows, rateHead, sizeHead, toMarkdown } from './send/table.ts';

const NEEDED = ['smtp-source', 'smtp-sink'];

async function measure(stage: Stage, options: Options, other: Product | undefined) {
  const own = buildOwn();
  const field = await createField(stage, options, { own, other });
  const machine = await describeMachine(stage);
  console.log(machine.join('\n'));
  console.log(`a letter of ${field.letter.message.length.toLocaleString('en')} bytes`);
  const series = await runAll(field, options.runs, (line) => console.log(line));
  console.log(`\n${toMarkdown(rateHead, buildRows(series))}\n`);
  console.log(toMarkdown(sizeHead, buildSizeRows(series)));
}

const options = readOptions(process.argv.slice(2));
const missing = NEEDED.filter((name) => !isInstalled(name));
const stage = missing.length === 0 ? await openStage(options.folder) : undefined;
if (!stage) {
  console.log('skipped: it needs the programs of PostgreSQL, Redis and Postfix (smtp-source)');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stage.close().then(() => process.exit(1)));
}
let other: Product | undefined;
try {
  other = options.against === undefined ? undefined : buildOther(options.against, options.folder);
  await measure(stage, options, other);
} finally {
  other?.remove();
  await endAll();
  await stage.close();
}
