import { z } from 'zod';

/**
 * What a backup is: gzip over lines of JSON. An array is a mark, an object is a row of the
 * table that was marked last:
 *
 *     ["paperround-backup", head]
 *     ["file", name, bytes in base64]
 *     ["table", name]
 *     {…}
 *     ["end", rows by table, SHA-256 of all lines before]
 */
export const FORMAT = 1;

const tableShape = z.object({ name: z.string(), columns: z.array(z.string()) });

/** What stands at the head of a backup. */
export const archiveHead = z.object({
  format: z.literal(FORMAT),
  /** The version of Paperround that made it. */
  version: z.string(),
  mode: z.enum(['sandbox', 'service']),
  at: z.iso.datetime(),
  /** True where something was sending then: what it did after that moment is not in the backup. */
  isSending: z.boolean(),
  hasKeys: z.boolean(),
  publicUrl: z.string(),
  migrations: z.array(z.object({ name: z.string(), at: z.string() })).min(1),
  tables: z.array(tableShape),
  nextIds: z.record(z.string(), z.number()),
});

export type ArchiveHead = z.infer<typeof archiveHead>;

export const marks = {
  head: z.tuple([z.literal('paperround-backup'), z.unknown()]),
  file: z.tuple([z.literal('file'), z.string(), z.base64()]),
  table: z.tuple([z.literal('table'), z.string()]),
  end: z.tuple([z.literal('end'), z.record(z.string(), z.number()), z.string()]),
};

/** A file beside the tables: keys, templates, flights. */
export interface ArchiveFile {
  /** Such as `keys/ring`, `dkim/s1`, `templates/mail/digest.mjml`, `flights`. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A backup that cannot be made or used; the message says why and what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}
