import { type Command, Option } from 'commander';
import { endWithFault, type Report } from './run.ts';

/** What the CLI starts, and what is done before a start. */
export function addProcessCommands(program: Command, report: Report): void {
  program
    .command('start')
    .description('run everything in this process (what npm start does)')
    .action(async () => {
      await import('../main.ts');
    });
  program
    .command('server')
    .description('run the pages alone (service)')
    .action(async () => {
      const { startServer } = await import('../server.ts');
      await startServer();
    });
  program
    .command('workers')
    .description('run the workers alone (service)')
    .action(async () => {
      const { runWorkers } = await import('../../workers/main.ts');
      await runWorkers();
    });
  program
    .command('migrate')
    .description('bring the database up to this version (service; the sandbox does it at start)')
    .action(migrateService);

  program
    .command('dkim')
    .description('make keys that sign your mail, and say what to put into DNS')
    .option('--domain <domain>', 'that signs (DKIM_DOMAIN, else the domain of MAIL_FROM)')
    .option('--selector <name>', 'the name of the key in DNS (by its kind and the month)')
    .addOption(
      new Option('--type <type>', 'of key').choices(['rsa', 'ed25519', 'both']).default('both'),
    )
    .option('--folder <folder>', 'where the files go', 'dkim')
    .action((options: DkimOptions) => makeDkim(options, report));
}

interface DkimOptions {
  readonly domain?: string;
  readonly selector?: string;
  readonly type: 'rsa' | 'ed25519' | 'both';
  readonly folder: string;
}

function makeDkim({ domain, selector, type, folder }: DkimOptions, report: Report): Promise<void> {
  return report(async () => {
    const { makeDkimKeys } = await import('../commands/dkim.ts');
    const { readConfig } = await import('../process/config.ts');
    return makeDkimKeys({
      domain: domain ?? readConfig().sending.dkim.domain,
      types: type === 'both' ? ['rsa', 'ed25519'] : [type],
      selector,
      folder,
      now: new Date(),
    });
  });
}

function migrateService(): Promise<void> {
  return endWithFault(async () => {
    const { beginProcess } = await import('../process/process.ts');
    const { migrateDatabase } = await import('../process/context.ts');
    const { config, log } = beginProcess();
    const ran = await migrateDatabase(config, log);
    process.stdout.write(
      ran.length > 0 ? `migrated: ${ran.join(', ')}\n` : 'the database is up to date\n',
    );
  });
}
