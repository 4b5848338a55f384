import type { Command } from 'commander';
import { collect, parseDays, parseNumber } from './arguments.ts';

/** What is said of wishes on a command line. */
export type WishOptions = Partial<Record<'field' | 'topic' | 'exclude' | 'author', string[]>> &
  Record<string, unknown>;

/** Lets a command be told wishes. */
export function addWishes(command: Command): Command {
  const again = (value: string, before: string[] = []) => collect(value, before);
  return command
    .option('--field <id>', 'a ready-made field, such as robotics (may be repeated)', again)
    .option('--topic <words>', 'what they follow (may be repeated)', again)
    .option('--exclude <words>', 'what they never want to see (may be repeated)', again)
    .option('--author <name>', 'whom they follow (may be repeated)', again)
    .option('--days <days>', 'weekdays such as mon,thu or 1,4 (at first: mon to fri)', parseDays)
    .option('--hour <hour>', 'by quarter hours, such as 07:15 (at first: 07:00)')
    .option('--zone <zone>', 'time zone, such as Europe/Berlin (at first: Etc/UTC)')
    .option('--language <tag>', 'of their mails and pages, en or de ("": that of the site)')
    .option('--papers <count>', 'at most so many papers a mail (at first: 10)', parseNumber);
}

/** The options under the names of the commands; what was not given is left out. */
export function wishesOf(options: WishOptions): Record<string, unknown> {
  const { field, topic, author, language, ...rest } = options;
  const named = { topics: topic, authors: author };
  // An empty one is how a list is emptied.
  const fields = field?.filter(Boolean);
  const spoken = language === undefined ? {} : { language: language || null };
  return { ...(fields && { fields }), ...named, ...spoken, ...rest };
}
