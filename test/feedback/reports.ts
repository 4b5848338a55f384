import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope } from '../../src/core/feedback/mail.ts';
import type { KeyRing } from '../../src/core/reader/keys.ts';
import { buildReference } from '../../src/core/reader/references.ts';

const FOLDER = join(import.meta.dirname, 'corpus');

/** What a report of the corpus is written about. */
export interface About {
  readonly keys: KeyRing;
  readonly delivery: number;
  readonly subscription: number;
  readonly messageId: string;
  readonly domain: string;
}

/** One report, its references planted. */
export interface Report {
  readonly name: string;
  readonly bytes: Buffer;
  readonly envelope: Envelope;
  /** Its class, and for a bounce its kind. */
  readonly expect: string;
  /** Which signed id must be found: `reference`, `messageid`, `leave`, `none`; any where it is empty. */
  readonly found: string;
}

/** A reference whose signature is not ours: its last letter is another one. */
export function forge(reference: string): string {
  return `${reference.slice(0, -1)}${reference.endsWith('a') ? 'b' : 'a'}`;
}

/** Reads the corpus. Each file says first what is expected; `{{…}}` stands for what depends on keys. */
export function readCorpus(about: About): Report[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.eml'))
    .sort()
    .map((file) => readReport(file, about));
}

function readReport(file: string, about: About): Report {
  const source = readFileSync(join(FOLDER, file), 'utf8');
  const at = source.indexOf('\n---\n');
  const fill = fillerOf(about);
  const said = new Map(
    source
      .slice(0, at)
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const sender = said.get('mailfrom') ?? '';
  const to = fill(said.get('to') ?? '{{verp}}');
  return {
    name: file.replace(/\.eml$/, ''),
    bytes: toBytes(fill(source.slice(at + 5)).replace(/\n/g, '\r\n')),
    envelope: { from: sender === 'unknown' ? undefined : sender, to: to === '' ? [] : [to] },
    expect: said.get('expect') ?? '',
    found: said.get('found') ?? '',
  };
}

function fillerOf({ keys, delivery, subscription, messageId, domain }: About) {
  const reference = buildReference(keys, { purpose: 'bounce', id: delivery });
  const leave = `${buildReference(keys, { purpose: 'leave', id: subscription })}@${domain}`;
  const plain = [
    'From: Paperround <digest@here.example>',
    'To: ada@readers.example',
    'Subject: 84 papers today',
    'Date: Tue, 03 Mar 2026 07:00:00 +0000',
  ];
  const headers = [
    ...plain,
    `Message-ID: ${messageId}`,
    `X-Entity-Ref-ID: ${reference}`,
    `List-Unsubscribe: <https://here.example/unsubscribe/x>, <mailto:${leave}?subject=unsubscribe>`,
    'Auto-Submitted: auto-generated',
  ];
  const values: Record<string, string> = {
    ref: reference,
    verp: `${reference}@${domain}`,
    VERP: `${reference}@${domain}`.toUpperCase(),
    leave,
    LEAVE: leave.toUpperCase(),
    mid: messageId,
    forged: forge(reference),
    headers: headers.join('\n'),
    'plain-headers': plain.join('\n'),
    nul: '\0',
  };
  const fill = (text: string): string =>
    text.replace(/\{\{([\w-]+)\}\}/g, (mark, name: string) => values[name] ?? mark);
  return (text: string) =>
    fill(text).replace(/\{\{base64:([^}]*)\}\}/g, (_, inner: string) =>
      Buffer.from(inner.replaceAll('|', '\r\n')).toString('base64'),
    );
}

/** `{{bytes}}` are bytes that are no UTF-8. */
function toBytes(text: string): Buffer {
  const pieces = text.split('{{bytes}}').map((piece) => Buffer.from(piece, 'utf8'));
  return Buffer.concat(
    pieces.flatMap((piece, at) => (at === 0 ? [piece] : [Buffer.from([0xff, 0xe9, 0x81]), piece])),
  );
}
