import type { Command } from 'commander';
import { addPaging, pageOf } from './arguments.ts';
import { readMessageIds } from './relay-log.ts';
import type { Execute } from './run.ts';

/** What the CLI knows of deliveries, one by one and all together. */
export function addDeliveryCommands(program: Command, execute: Execute): void {
  const deliveries = program.command('deliveries').description('digests on their way');
  deliveries
    .command('run')
    .description('send what is due now')
    .option(
      '--everyone',
      'do not wait for days and hours: every reader without a digest today is due now',
    )
    .option('--yes', 'with --everyone: that you want it; a service counts first and needs it')
    .option('--to <address>', 'one reader: what is there for them today, without waiting')
    .action((options: Record<string, unknown>) => execute('deliveries run', options));

  deliveries
    .command('status')
    .description('how sending stands: health, alarms, pauses, deliveries by state')
    .action(() => execute('deliveries status', {}));
  deliveries
    .command('pause <what>')
    .description(
      'stop at once: "all", "notices", "items" (digests without an edition) or an edition',
    )
    .option('--reason <reason>', 'why, for the record')
    .action((what: string, options: { reason?: string }) =>
      execute('deliveries pause', { what, ...options }),
    );
  deliveries
    .command('resume <what>')
    .description('go on: "all", "notices", "items" or an edition')
    .action((what: string) => execute('deliveries resume', { what }));
  deliveries
    .command('cancel <what>')
    .description('cancel what has not begun: "all" that waits now, or an edition')
    .option('--yes', 'that you want it; without it the count is told')
    .action((what: string, options: { yes?: boolean }) =>
      execute('deliveries cancel', { what, ...options }),
    );
  addPaging(deliveries.command('doubt'), 'after')
    .description('what may or may not have arrived, by name')
    .action((options: Record<string, unknown>) => execute('deliveries doubt', pageOf(options)));
  deliveries
    .command('resolve <delivery> <as>')
    .description('decide a delivery in doubt: "accepted", or "failed" (its papers come again)')
    .action((delivery: string, as: string) =>
      execute('deliveries resolve', { delivery: Number(delivery), as }),
    );
  deliveries
    .command('reconcile')
    .description('after the database went back: record what went out since, hold the rest')
    .option('--log <file>', "the relay's log of that time: what it took is recorded as accepted")
    .option('--hold', 'hold every other open digest in doubt: it may have gone out, too')
    .option('--yes', 'that you want it; without it the counts are told')
    .action(({ log, ...options }: { log?: string }) =>
      execute('deliveries reconcile', async () => ({
        ...options,
        ...(log === undefined ? {} : { messageIds: await readMessageIds(log) }),
      })),
    );
  deliveries
    .command('bounced [edition] [decision]')
    .description(
      'addresses refused while so many were that the server is in question: list them, or "suppress" or "spare" those of an edition',
    )
    .action((what?: string, as?: string) =>
      execute('deliveries bounced', { ...(what ? { what } : {}), ...(as ? { as } : {}) }),
    );

  addPaging(deliveries.command('list'), 'before')
    .description('deliveries, the newest first')
    .option('--state <state>', 'in a state: ready, sending, deferred, accepted, failed, in_doubt')
    .option('--edition <edition>', 'of an edition')
    .option('--domain <domain>', 'to addresses of a domain')
    .option('--cause <cause>', 'that failed so: permanent, expired, cancelled, suppressed')
    .option('--address <address>', 'to one address')
    .action((options: Record<string, unknown>) => execute('deliveries list', pageOf(options)));
  deliveries
    .command('show <delivery>')
    .description("one delivery: every try, with the server's own words")
    .action((delivery: string) => execute('deliveries show', { delivery: Number(delivery) }));
  addResend(program, execute);
}

function addResend(program: Command, execute: Execute): void {
  program
    .command('resend [edition] [address]')
    .description('send again: an edition to one reader, or what the options say')
    .option('--delivery <id>', 'one delivery', Number)
    .option('--failed', 'all of the edition that failed')
    .option('--in-doubt', 'all of the edition that may or may not have arrived')
    .option('--deferred', 'try now what waits for its next try, of the edition or all')
    .option('--correction <note>', 'the edition to everyone, with this note and "Correction:"')
    .option('--state <state>', 'all in a state: accepted, failed, in_doubt or deferred')
    .option('--cause <cause>', 'all that failed with a cause, such as expired')
    .option('--domain <domain>', 'all to addresses of a domain')
    .option('--dry-run', 'only say what would become of each')
    .option('--yes', 'send a second copy to who may have one')
    .option('--reason <reason>', 'why, for the audit', 'by hand')
    .option('--key <key>', 'the same key again does nothing twice')
    .action(
      (
        edition: string | undefined,
        address: string | undefined,
        options: Record<string, unknown>,
      ) =>
        execute('resend', {
          ...options,
          ...(edition ? { edition } : {}),
          ...(address ? { address } : {}),
        }),
    );
  const resends = program.command('resends').description('every press of "resend"');
  addPaging(resends.command('list'), 'before')
    .description('the newest first')
    .action((options: Record<string, unknown>) => execute('resends list', pageOf(options)));
  resends
    .command('show <resend>')
    .description('how far one is, and what became of each')
    .action((resend: string) => execute('resends show', { resend: Number(resend) }));
}
