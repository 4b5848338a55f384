import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Execute } from './run.ts';

/** What the CLI knows of readers' libraries. */
export function addLibraryCommands(subscribers: Command, execute: Execute): void {
  const library = subscribers
    .command('library')
    .description('the papers that a reader has, and what is read for them at Zotero');
  library
    .command('show <address>')
    .description('how many papers, and how reading what they follow goes')
    .action((address: string) => execute('subscribers library show', { address }));
  library
    .command('add <address> <file>')
    .description('add what a reference manager or a database exported, or a list of ids and links')
    .action((address: string, file: string) =>
      execute('subscribers library add', { address, file: resolve(file) }),
    );
  library
    .command('follow <address> <library>')
    .description('read a library at Zotero daily: users/475425, groups/2482, or its page')
    .option('--key-file <file>', 'a file with its key, for a library that is not public')
    .action((address: string, place: string, { keyFile }: { keyFile?: string }) =>
      execute('subscribers library follow', async () => ({
        address,
        library: place,
        ...(keyFile === undefined ? {} : { key: (await readFile(keyFile, 'utf8')).trim() }),
      })),
    );
  library
    .command('unfollow <address> <library>')
    .description('read it no more')
    .option('--empty', 'remove its papers from the library, too')
    .action((address: string, place: string, options: { empty?: boolean }) =>
      execute('subscribers library unfollow', { address, library: place, ...options }),
    );
}
