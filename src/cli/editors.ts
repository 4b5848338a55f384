import { type Command, InvalidArgumentError } from 'commander';
import { pageOf, parseNumber } from './arguments.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of editing an edition before it goes out. */
export function addEditorCommands(editions: Command, execute: Execute): void {
  editions
    .command('draft')
    .description('the papers that wait for the next cut: the picks first, then the newest')
    .option('--words <words>', 'those whose title holds these words')
    .option('--mark <mark>', 'those under a mark: picked, hidden or postponed')
    .option('--cursor <cursor>', 'go on where a page ended, as it says below it')
    .option('--most <count>', 'at most so many', parseNumber)
    .action((options: Record<string, unknown>) => execute('editions draft', pageOf(options)));
  addMarks(editions, execute);
  addDecisions(editions, execute);
}

function addMarks(editions: Command, execute: Execute): void {
  editions
    .command('pick <papers...>')
    .description('papers of the draft that every reader gets, picked by the editors')
    .option('--place <place>', 'before the others, counted from 1', parseNumber)
    .action((papers: string[], options: { place?: number }) =>
      execute('editions pick', async () => ({ papers: papers.map(readId), ...options })),
    );
  const words = {
    hide: 'papers of the draft that no reader gets',
    postpone: 'papers of the draft that wait for the edition after it',
    unmark: 'take back what was said of papers of the draft',
  } as const;
  for (const [name, description] of Object.entries(words) as [keyof typeof words, string][]) {
    editions
      .command(`${name} <papers...>`)
      .description(description)
      .action((papers: string[]) =>
        execute(`editions ${name}`, async () => ({ papers: papers.map(readId) })),
      );
  }
}

function addDecisions(editions: Command, execute: Execute): void {
  const decide = (name: 'release' | 'refuse', description: string) =>
    editions
      .command(`${name} <edition>`)
      .description(description)
      .option('--reason <reason>', 'why, for the audit')
      .action((edition: string, options: { reason?: string }) =>
        execute(`editions ${name}`, { edition, ...options }),
      );
  decide('release', 'give a held edition to the readers (APPROVE_BEFORE_SEND)');
  decide('refuse', 'give a held edition to nobody: its papers go back to the draft');
  editions
    .command('test <edition>')
    .description('send an edition, or "draft", to one address alone, to look at')
    .requiredOption('--to <address>', 'who gets it')
    .option('--as <address>', 'the digest of this reader (of somebody without wishes)')
    .action((edition: string, options: { to: string; as?: string }) =>
      execute('editions test', { edition, ...options }),
    );
}

function readId(text: string): number {
  const id = Number(text);
  if (Number.isInteger(id) && id > 0) return id;
  throw new InvalidArgumentError(
    `"${text}" is no number of a paper: "paperround editions draft" lists them`,
  );
}
