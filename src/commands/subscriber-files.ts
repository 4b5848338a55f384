import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { type ExportName, exportFormats } from '../core/reader/export-formats.ts';
import { findSourceFault, unconfirmedChoices } from '../core/reader/import.ts';
import { countRefused, tellImport } from '../core/reader/import-report.ts';
import { exportSubscribers, openRefusals } from '../steps/readers/export.ts';
import { importSubscribers } from '../steps/readers/import.ts';
import { CommandError, defineCommand } from './command.ts';
import { importReport } from './shapes/reader.ts';

const SHOWN = 20;
const formats = Object.keys(exportFormats) as ExportName[];
const choices = Object.keys(unconfirmedChoices) as (keyof typeof unconfirmedChoices)[];
/** What a file of subscribers may be read by: whoever wrote it. */
const MODE = 0o600;

/**
 * Subscribers from a CSV file. What comes over the socket is its path, whatever its size: the
 * service that answers there has the same machine and the same user. From afar comes its text.
 */
export const subscribersImport = defineCommand({
  right: 'operate',
  args: z.object({
    file: z.string().optional(),
    text: z.string().optional(),
    source: z.string('must say where the file comes from').superRefine((text, context) => {
      const fault = findSourceFault(text);
      if (fault) context.addIssue(fault);
    }),
    unconfirmed: z.enum(choices, `must be ${choices.join(', ')}`).default('refuse'),
    stateColumn: z
      .string()
      .optional()
      .describe('The column that says who is subscribed, or "none", where the file does not tell.'),
    active: z.array(z.string()).default([]).describe('What stands there for who is subscribed.'),
    yes: z.boolean().default(false).describe('Keep a file of people who left alone.'),
    dryRun: z.boolean().default(false),
    refused: z.string().optional(),
  }),
  answers: importReport,
  async run(outside, args, { actor, progress }) {
    const { file, text, source, unconfirmed, dryRun: isDryRun, refused } = args;
    const { stateColumn: column, active } = args;
    const refusals = refused === undefined ? undefined : openRefusals();
    const written =
      refusals && pipeline(refusals.rows, createWriteStream(refused ?? '', { mode: MODE }));
    // Where it cannot be written, the pipeline says so below.
    written?.catch(() => {});
    if (active.length > 0 && column === undefined) {
      throw new CommandError('--active needs --state-column: the column that it is about');
    }
    const open = () =>
      text === undefined ? openFile(file ?? '') : Readable.from([Buffer.from(text)]);
    const report = await importSubscribers(outside, open, {
      source,
      unconfirmed,
      ...(column === undefined ? {} : { reading: { column, active } }),
      isDryRun,
      isMeant: args.yes,
      actor,
      ...(refusals ? { onRefused: refusals.add } : {}),
      ...(progress ? { onRows: (rows) => progress(rows, null, 'rows') } : {}),
    });
    refusals?.rows.end();
    await written;
    const more = countRefused(report) - SHOWN;
    const lines = [
      ...(isDryRun ? ['A dry run: nothing was written.'] : []),
      ...tellImport(report, isDryRun),
      ...report.samples.slice(0, SHOWN).map(({ line, reason }) => `  line ${line}: ${reason}`),
      ...(more > 0 && !refused ? [`  and ${more} more: --refused FILE writes all of them`] : []),
      ...(refused ? [`All that was refused is in ${refused}.`] : []),
    ];
    return { lines, data: report, ...(report.fault ? { exitCode: 1 } : {}) };
  },
});

/** All subscribers into a CSV file, written by whoever answers on the socket. */
export const subscribersCsv = defineCommand({
  right: 'operate',
  args: z.object({
    file: z.string(),
    for: z.enum(formats, `must be ${formats.join(', ')}`).default('paperround'),
  }),
  answers: z.object({ file: z.string() }),
  async run(outside, { file, for: format }, { actor, progress }) {
    const onRows = (rows: number) => progress?.(rows, null, 'subscribers');
    const rows = exportSubscribers(outside, { actor, format, onRows });
    await pipeline(rows, createWriteStream(file, { mode: MODE }));
    return { lines: [tellExport(format, file)], data: { file } };
  },
});

function tellExport(format: ExportName, file: string): string {
  const words = {
    paperround: 'all subscribers are in',
    ghost: "who confirmed is in it, subscribed or not, for Ghost's import of members:",
    listmonk: 'who gets mail is in it, for listmonk\'s import in the mode "subscribe":',
    'listmonk-blocklist': 'who left or is suppressed is in it, for the mode "blocklist":',
  };
  return `${words[format]} ${file}`;
}

async function* openFile(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    throw syscall ? new CommandError(`${path} cannot be read: ${message}`) : error;
  }
}
