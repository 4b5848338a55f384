import { isIP } from 'node:net';
import { type Command, InvalidArgumentError } from 'commander';
import { checkNames } from '../core/doctor/finding.ts';
import { showControls } from '../core/text/controls.ts';
import { endWithFault } from './run.ts';

interface DoctorOptions {
  readonly only: readonly string[];
  readonly address: readonly string[];
  readonly timeout: number;
}

/** `paperround doctor`: with or without a running service. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'is all set up as it must be, and as mail providers ask? Changes and sends nothing',
    )
    .option('--only <checks>', `of ${checkNames.join(', ')}: these, by commas`, parseNames, [])
    .option('--address <ip>', 'your mail leaves from it (may be repeated)', parseAddresses, [])
    .option('--timeout <seconds>', 'for each question to the outside', parseSeconds, 10)
    .addHelpText(
      'after',
      '\nEnds with 1 where anything failed. docs/operating.md has the remedies.',
    )
    .action((options: DoctorOptions) => endWithFault(() => printDoctor(program, options)));
}

async function printDoctor(program: Command, { only, address, timeout }: DoctorOptions) {
  const { inspectConfig, listStrangeSettings } = await import('../process/config.ts');
  const { runDoctor } = await import('./run-doctor.ts');
  const isJson = program.opts<{ json?: boolean }>().json === true;
  const strange = listStrangeSettings();
  const complaint = { ...inspectConfig(), strange, only, addresses: address };
  const { lines, data, exitCode = 0 } = await runDoctor({ ...complaint, withinMs: timeout * 1000 });
  const text = isJson ? JSON.stringify(data, null, 2) : lines.join('\n');
  // What never answered is not waited for.
  process.stdout.write(`${showControls(text)}\n`, () => process.exit(exitCode));
}

function parseNames(text: string, before: readonly string[]): string[] {
  return [...before, ...text.split(',').map((name) => name.trim())];
}

function parseAddresses(text: string, before: readonly string[]): string[] {
  if (isIP(text) === 0) throw new InvalidArgumentError('It must be an IP address.');
  return [...before, text];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 600)) throw new InvalidArgumentError('It must be seconds.');
  return seconds;
}
