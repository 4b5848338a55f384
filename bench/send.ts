/**
 * Measures sending: Paperround whole and by phase, beside the wire, a loop over nodemailer's
 * pool, the usual queue with a job a recipient, and another commit's build, on a durable
 * PostgreSQL and a Redis of its own. `npm run bench -- send`; docs/performance.md has the
 * options and what was measured.
 */
import { createField } from './send/contestants.ts';
import { runLong } from './send/long.ts';
import { tellLong } from './send/long-table.ts';
import { describeMachine, measureDisk } from './send/machine.ts';
import { type Options, readOptions } from './send/options.ts';
import { describeRun, writePart } from './send/page.ts';
import { isInstalled } from './send/processes.ts';
import { buildOther, buildOwn, type Product } from './send/product.ts';
import { runAll } from './send/rounds.ts';
import { openStage, type Stage } from './send/stage.ts';
import { buildRows, buildSizeRows, rateHead, sizeHead, toMarkdown } from './send/table.ts';
import { buildTargets, targetHead } from './send/targets.ts';

const NEEDED = ['smtp-source', 'smtp-sink'];
/** The long run is compared with one of a tenth of the readers, or of so many. */
const FEW_READERS = 10_000;

const say = (line: string) => console.log(line);

/** Prints what was found under the run's own heading, and keeps it where that was asked for. */
function publish(part: string, heading: string, parts: readonly string[], writes: boolean): void {
  const text = [heading, ...parts.filter(Boolean)].join('\n\n');
  say(`\n${text}`);
  if (writes) writePart(part, text);
}

async function measure(
  stage: Stage,
  options: Options,
  { own, other }: { own: Product; other: Product | undefined },
) {
  const disk = measureDisk(stage.folder);
  say((await describeMachine(stage, [disk])).join('\n'));
  const field = await createField(stage, options, { own, other });
  const letter = `a letter of ${field.letter.message.length.toLocaleString('en')} bytes`;
  const series = await runAll(field, options.runs, say);
  const targets = buildTargets(series);
  const machine = await describeMachine(stage, [disk, measureDisk(stage.folder)]);
  publish(
    'sending',
    describeRun({ commit: own.commit, machine: [...machine, letter] }),
    [
      toMarkdown(rateHead, buildRows(series)),
      toMarkdown(sizeHead, buildSizeRows(series)),
      targets.length > 0 ? toMarkdown(targetHead, targets) : '',
    ],
    options.writes,
  );
}

async function measureLong(stage: Stage, { readers, writes }: Options, own: Product) {
  const disk = measureDisk(stage.folder);
  const few = Math.ceil(Math.min(FEW_READERS, readers / 10));
  const report = await runLong(stage, own, { readers, few });
  const machine = await describeMachine(stage, [disk, measureDisk(stage.folder)]);
  publish('long', describeRun({ commit: own.commit, machine }), [tellLong(report)], writes);
  if (report.verdicts.some(({ broken }) => broken > 0)) process.exitCode = 1;
}

const options = readOptions(process.argv.slice(2));
const missing = NEEDED.filter((name) => !isInstalled(name));
const stage = missing.length === 0 ? await openStage(options.folder) : undefined;
if (!stage) {
  say('skipped: it needs the programs of PostgreSQL, Redis and Postfix (smtp-source)');
  process.exit(0);
}
let other: Product | undefined;
let closing: Promise<void> | undefined;
/** Once, whoever asks: a signal makes the run fail, which ends it, too. */
const close = () => {
  closing ??= stage.close().finally(() => other?.remove());
  return closing;
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void close().finally(() => process.exit(1)));
}
try {
  const own = buildOwn();
  const { against, folder, isLong } = options;
  if (isLong) await measureLong(stage, options, own);
  else {
    other = against === undefined ? undefined : buildOther(against, folder);
    await measure(stage, options, { own, other });
  }
} finally {
  await close();
}
