import { Command } from 'commander';
import { findPackage } from '../process/package.ts';
import { addAlertCommands } from './alerts.ts';
import { addAnnouncementCommands } from './announcements.ts';
import { addBackupCommands } from './backup.ts';
import { addChannelCommands } from './channels.ts';
import { addCircleCommands } from './circles.ts';
import { addDeliveryCommands } from './deliveries.ts';
import { addDeskCommands } from './desk.ts';
import { addDoctor } from './doctor.ts';
import { addEditionCommands, addPreview } from './editions.ts';
import { addFeedCommands } from './feeds.ts';
import { addInboundCommands } from './inbound.ts';
import { addProcessCommands } from './processes.ts';
import { addProposalCommands } from './proposals.ts';
import { createPrinter } from './run.ts';
import { addSubscriberCommands } from './subscribers.ts';
import { addTemplateCommands } from './templates.ts';
import { addWarmUpCommands } from './warm-up.ts';
import { addWebhookCommands } from './webhooks.ts';

/** The whole CLI. What its commands do is loaded when one is run, so that its help costs little. */
export function createProgram(): Command {
  const program = new Command('paperround')
    .version(findPackage().version)
    .description('Delivers new science papers by email: a personal daily digest, self-hosted.')
    // Subcommands take this over, so it comes before them.
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .option('--json', 'print data for scripts instead of lines for people')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Examples:
  paperround start                                   everything in one process
  paperround feeds add arxiv:cs.CL+cs.LG             watch two arXiv categories
  paperround subscribers add ada@example.org --topic "reward models" --zone Europe/London
  paperround editions cut                            cut today's edition now
  paperround preview 2025-05-07 --format text        read the digest before anyone gets it
  paperround try --feed arxiv:cs.CL --to me@example.org
  paperround today                                   the morning on one screen; exit 1: a person is needed
  paperround doctor                                  is everything set up as mail providers ask?
  paperround resend 2025-05-07 --failed --dry-run    what resending all that failed would do
  paperround why ada@example.org 2025-05-07          what became of a reader's date, and why

Exit codes: 0 done, 1 refused or failed (the reason is on standard error), 2 mistyped.`,
    );

  const { execute, report } = createPrinter(program);
  addProcessCommands(program, report);
  addDoctor(program);
  addFeedCommands(program, execute);
  addEditionCommands(program, execute);
  addPreview(program, execute);
  addDeliveryCommands(program, execute);
  addWarmUpCommands(program, execute);
  addAnnouncementCommands(program, execute);
  addSubscriberCommands(program, execute);
  addInboundCommands(program, execute);
  addProposalCommands(program, execute);
  addCircleCommands(program, execute);
  addAlertCommands(program, execute);
  addDeskCommands(program, execute);
  addChannelCommands(program, execute);
  addWebhookCommands(program, execute);
  addTemplateCommands(program, report);
  addBackupCommands(program, execute, report);
  return program;
}
