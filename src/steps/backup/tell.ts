import type { BackupReport } from './backup.ts';
import type { LaidFiles } from './files.ts';
import type { CheckedArchive } from './read-archive.ts';
import type { RestoreReport } from './restore.ts';

/** What a backup holds and lacks, in lines for people. */
export function tellBackup({ file, bytes, rows, files, isSending }: BackupReport): string[] {
  const total = sum(rows);
  const beside = files.length > 0 ? files.join(', ') : 'no keys and no templates';
  return [
    `${file}: ${tellSize(bytes)}, ${tellCount(total, 'row')} of ${Object.keys(rows).length} tables, ${beside}.`,
    files.length > 0
      ? 'It holds secrets and addresses: keep it where only you can read it (its mode is 0600).'
      : 'It lacks the keys: without SECRET_KEYS, DKIM keys and templates, kept apart, it is not enough.',
    'Not in it: the other settings (.env, with SMTP_URL), caught mail, Redis (nothing is lost with it).',
    ...(isSending
      ? [
          'Something was sending meanwhile: a restore of it holds everything until you resume. To move, stop everything and make another.',
        ]
      : []),
  ];
}

/** A backup that was only looked at. */
export function tellChecked(file: string, { head, files, rows }: CheckedArchive): string[] {
  return [
    `${file} is whole: made ${head.at} by Paperround ${head.version} (${head.mode}), ${tellCount(sum(rows), 'row')}.`,
    `Keys and files: ${files.size > 0 ? [...files.keys()].join(', ') : 'none'}.`,
    head.isSending
      ? 'Something was sending when it was made, so it cannot be restored as --moved.'
      : 'Nothing was sending when it was made.',
  ];
}

/** One screen: what was restored, what was decided, and what starts sending again. */
export function tellRestore(report: RestoreReport, laid: LaidFiles | undefined): string[] {
  const { head, rows, migrated, kept } = report;
  return [
    `Restored: the backup of ${head.at} by Paperround ${head.version} (${head.mode}), ${tellCount(sum(rows), 'row')}.`,
    ...(migrated.length > 0 ? [`Brought up to this version: ${migrated.join(', ')}.`] : []),
    ...(kept
      ? [
          `Of the installation before it stay in force: ${kept.suppressed} suppressed, ${kept.ended} who left, ${kept.erased} erased or forgotten.`,
          ...(report.isOwnPast
            ? []
            : [
                'It is not a past of that installation, so erasures since cannot be told: see docs/hosting.md.',
              ]),
        ]
      : []),
    ...tellLaid(laid),
    '',
    ...(report.settled ? tellSettled(report, report.settled) : tellMoved()),
  ];
}

function tellMoved(): string[] {
  return [
    'It was moved: what was ready or deferred goes out once, as it would have.',
    'Never start the old installation again. Start here: paperround server, paperround workers (or npm start).',
  ];
}

function tellSettled(
  { head, kept }: RestoreReport,
  settled: NonNullable<RestoreReport['settled']>,
): string[] {
  const open = settled.digests + settled.notices + settled.announcements + settled.posts;
  const forms = settled.reminders + settled.requests + settled.welcomes;
  return [
    `What was sent after ${head.at} is not known here. So that nobody gets anything twice:`,
    '  - Sending is paused, everything.',
    `  - ${tellCount(open, 'delivery', 'deliveries')} that were open are in doubt, never tried again by themselves: paperround deliveries doubt`,
    '  - Every date of a reader until now counts as handled (reason "restored"); dates that were being',
    `    composed: ${settled.dates}.`,
    '  - The open draft, with what feeds bring of the lost time, is cut at once and set aside with all',
    '    editions before it: no digest brings them. See: paperround restored',
    `  - ${forms} welcomes, reminders and unanswered forms, and ${tellCount(settled.presses, 'unfinished resend')}, are ended.`,
    ...(settled.drafts > 0
      ? [
          `  - ${tellCount(settled.drafts, 'announcement')} not sent then are put aside: write them anew.`,
        ]
      : []),
    ...(settled.imports > 0
      ? [
          `  - ${tellCount(settled.imports, 'file')} of subscribers on the desk, read in part or not at all: send again.`,
        ]
      : []),
    `  - ${tellCount(settled.sessions, 'session')} of operators and all mailed links are ended.`,
    '',
    'Lost with that time, and yours to see to (docs/hosting.md, "After a restore to an earlier time"):',
    `  - who left, bounced or complained since${kept ? ', where the installation before did not know of it either' : ''}:`,
    '    your relay and your mailbox have the mails; suppress them before you resume:',
    '    paperround suppressions add ADDRESS --reason "left while we restored"',
    '  - erasures, sign-ups, changed wishes, API keys that were revoked.',
    '',
    'When you have looked, this starts sending again: paperround deliveries resume all',
  ];
}

function tellLaid(laid: LaidFiles | undefined): string[] {
  if (!laid || laid.names.length === 0) return [];
  return [
    `Not in place here: ${laid.names.join(', ')}. They lie in ${laid.folder};`,
    `the settings that name them are in ${laid.envFile}: put them into .env before you start.`,
  ];
}

function sum(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((total, count) => total + count, 0);
}

function tellCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

function tellSize(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
