import { z } from 'zod';
import { countOf, joinWords } from '../core/text/words.ts';
import type { Alert } from '../feeds/alerts/alert.ts';
import { CommandError, defineCommand } from './command.ts';
import { readBounded } from './files.ts';

/** RFC 1870: what the listener takes, too. */
const LARGEST_MAIL = 5 * 1024 * 1024;

const named = z.object({
  title: z.string(),
  authors: z.array(z.string()),
  hasMoreAuthors: z.boolean(),
  venue: z.string().optional(),
  year: z.number().optional(),
  ids: z.record(z.string(), z.string()),
  scholar: z.string().optional().describe('Google Scholar’s number of the paper.'),
  link: z.string().optional(),
  says: z.string().optional(),
  cites: z.array(z.string()),
  section: z.string().optional(),
});

const other = z.object({ title: z.string(), kind: z.string(), why: z.string() });

/** What an alert mail names, read out of a file; nothing is kept. */
export const alertsRead = defineCommand({
  right: 'look',
  args: z.object({ file: z.string() }),
  answers: z.object({
    subject: z.string(),
    confirmation: z
      .object({
        by: z.string(),
        link: z.string().optional(),
        code: z.string().optional(),
        requestedBy: z.string().optional(),
      })
      .optional(),
    alerts: z.array(
      z.object({
        kind: z.string(),
        service: z.string().optional(),
        scholar: z.string().optional(),
        about: z.string(),
        key: z.string(),
        papers: z.array(named),
        others: z.array(other),
        more: z.number().optional(),
      }),
    ),
  }),
  async run({ feeds }, { file }) {
    const raw = await readBounded(file, LARGEST_MAIL);
    if (raw.length > LARGEST_MAIL) throw new CommandError('more than 5 MB is not read as a mail');
    const mail = await feeds.readAlertMail(raw).catch(() => {
      throw new CommandError(`${file} is no mail: save one with its headers, as a .eml file`);
    });
    const { subject, confirmation, alerts } = mail;
    const lines = confirmation
      ? [
          `${confirmation.by} asks whether it may send here: ${confirmation.link ?? confirmation.code}`,
        ]
      : alerts.flatMap(tellAlert);
    const none = 'No paper was found in it.';
    const isRead = lines.length > 0;
    const data = { subject, ...(confirmation && { confirmation }), alerts };
    return { lines: isRead ? lines : [none], data, exitCode: isRead ? 0 : 1 };
  },
});

function tellAlert({ kind, about, papers, others, more }: Alert): string[] {
  return [
    `${countOf(papers.length, 'paper')} of ${kind}: ${about}`,
    ...papers.flatMap(({ title, authors, hasMoreAuthors, ids }) => [
      `  ${title}`,
      `    ${[joinWords(hasMoreAuthors ? [...authors, 'others'] : authors), ...Object.entries(ids).map(([scheme, id]) => `${scheme}:${id}`)].filter(Boolean).join(' · ')}`,
    ]),
    ...others.map((each) => `  (no paper: ${each.title}; ${each.why})`),
    ...(more === undefined ? [] : [`  The mail says that there are ${more} more.`]),
  ];
}
