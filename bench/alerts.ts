/**
 * Measures what reading an alert mail costs: processor time for 100 kB of it, and as a ratio to what
 * taking the mail apart costs alone (postal-mime). Made mails have the structure of real ones without what
 * real ones are mostly made of (styles, addresses), so that they are denser; recorded ones are read where
 * they are at hand. Run with `npx tsx bench/alerts.ts`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { readAlertMail } from '../src/feeds/alerts/read-mail.ts';
import * as made from '../test/feeds/alerts/made.ts';
import { writeMail } from '../test/harness/alert-mail.ts';

const BYTES = 100_000;
const ROUNDS = 5;
const WARM = 5;
const READS = 20;
const MOST_MS = 20;

interface Mail {
  readonly from: string;
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
}

/** The same mail so often that it has the wanted size; a paper is another where its number is. */
function lengthen({ html, text, ...head }: Mail): Buffer {
  const body = html ?? text ?? '';
  const times = Math.ceil(BYTES / Buffer.byteLength(body));
  const all = Array.from({ length: times }, (_, at) =>
    body.replace(/\b(?:\d{8,}|2611\.\d{5})\b/g, (number) =>
      String(Number(number) + at).padEnd(number.length, '0'),
    ),
  ).join('\n');
  return Buffer.from(writeMail({ ...head, ...(html ? { html: all } : { text: all }) }));
}

/** Milliseconds of the processor for 100 kB: the median of some rounds. */
async function cost(raw: Buffer, read: (raw: Buffer) => Promise<unknown>): Promise<number> {
  for (let at = 0; at < WARM; at += 1) await read(raw);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage();
    for (let at = 0; at < READS; at += 1) await read(raw);
    const { user, system } = process.cpuUsage(start);
    rounds.push(((user + system) / 1000 / READS) * (BYTES / raw.length));
  }
  return rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const kinds: Readonly<Record<string, Mail>> = {
  'Google Scholar': made.scholarQuery,
  'Scholar by Outlook': made.scholarByOutlook,
  PubMed: made.pubmedToday,
  'arXiv listing': made.arxivListing,
  openRxiv: made.openrxiv,
  'Cell Press': made.cell,
  'Nature contents': made.natureContents,
  Wiley: made.wiley,
  'not known': made.unknown,
};
console.log(`ms of the processor for 100 kB, median of ${ROUNDS} rounds of ${READS} reads`);
console.log('| mail | kB | papers | read | taken apart | ratio |\n|---|--:|--:|--:|--:|--:|');
for (const [name, mail] of Object.entries(kinds)) await tell(name, lengthen(mail));
const recorded = join(import.meta.dirname, '../../shared/feeds/alerts');
for (const file of existsSync(recorded) ? readdirSync(recorded) : []) {
  if (file.endsWith('.eml')) await tell(file, readFileSync(join(recorded, file)));
}

async function tell(name: string, raw: Buffer): Promise<void> {
  const { alerts } = await readAlertMail(raw);
  const papers = alerts.reduce((sum, alert) => sum + alert.papers.length, 0);
  const own = await cost(raw, readAlertMail);
  const bare = await cost(raw, (bytes) => PostalMime.parse(bytes));
  const kilobytes = (raw.length / 1000).toFixed(0);
  const cells = [name, kilobytes, papers, own.toFixed(1), bare.toFixed(1), (own / bare).toFixed(1)];
  console.log(`| ${cells.join(' | ')} |${own > MOST_MS ? ` over ${MOST_MS}` : ''}`);
}
