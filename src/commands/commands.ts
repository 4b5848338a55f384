import { type DeskRight, mayUse } from '../core/desk/operator.ts';
import type { Outside } from '../steps/steps.ts';
import { alertsEnd, alertsMake, alertsShow, alertsUnread } from './alert-addresses.ts';
import { alertsRead } from './alerts.ts';
import {
  announcementsDiscard,
  announcementsList,
  announcementsPreview,
  announcementsSend,
  announcementsShow,
  announcementsWrite,
} from './announcements.ts';
import { backup, restored } from './backup.ts';
import {
  channelsAdd,
  channelsChange,
  channelsList,
  channelsLog,
  channelsPause,
  channelsRemove,
  channelsResend,
  channelsResume,
  channelsTest,
  channelsWhy,
} from './channels.ts';
import { circlesClose, circlesList, circlesMake } from './circles.ts';
import { type Answer, type Caller, CLI, type Command, CommandError } from './command.ts';
import {
  deliveriesBounced,
  deliveriesCancel,
  deliveriesDoubt,
  deliveriesPause,
  deliveriesResolve,
  deliveriesResume,
  deliveriesStatus,
} from './deliveries.ts';
import { deliveriesList, deliveriesShow } from './delivery.ts';
import { editionsList } from './edition-list.ts';
import {
  editionsCut,
  editionsShow,
  importFile,
  preview,
  previewSource,
  sampleRemove,
} from './editions.ts';
import {
  editionsDraft,
  editionsHide,
  editionsPick,
  editionsPostpone,
  editionsRefuse,
  editionsRelease,
  editionsTest,
  editionsUnmark,
} from './editors.ts';
import { evaluate } from './evaluate.ts';
import { ArgumentError, listFaults, tellIssue } from './faults.ts';
import { feedsFind } from './feed-find.ts';
import { feedsShow } from './feed-show.ts';
import {
  feedsAdd,
  feedsFetch,
  feedsList,
  feedsRemove,
  feedsRename,
  feedsWithout,
} from './feeds.ts';
import { subscribersGrowth } from './growth.ts';
import { inboundDone, inboundList, inboundShow } from './inbound.ts';
import { libraryAdd, libraryFollow, libraryShow, libraryUnfollow } from './library.ts';
import {
  audit,
  operatorsAdd,
  operatorsFactorAdd,
  operatorsFactorRemove,
  operatorsKeyAdd,
  operatorsKeyList,
  operatorsKeyRevoke,
  operatorsList,
  operatorsPassword,
  operatorsRemove,
  operatorsRole,
  operatorsSignOut,
} from './operators.ts';
import { feedsExport, feedsImport } from './opml.ts';
import {
  proposalsDown,
  proposalsLeave,
  proposalsLet,
  proposalsList,
  proposalsStop,
  proposalsStopped,
  proposalsTake,
} from './proposals.ts';
import { deliveriesReconcile } from './reconcile.ts';
import { resend, resendsList, resendsShow } from './resend.ts';
import { deliveriesRun, tryFeed } from './sending.ts';
import {
  subscribersErase,
  subscribersExport,
  subscribersPause,
  subscribersShow,
} from './subscriber.ts';
import { subscribersCsv, subscribersImport } from './subscriber-files.ts';
import {
  subscribersAdd,
  subscribersChange,
  subscribersLink,
  subscribersList,
} from './subscribers.ts';
import { suppressionsAdd, suppressionsLift, suppressionsList } from './suppressions.ts';
import { today } from './today.ts';
import { warmUpShow, warmUpStart, warmUpStop } from './warm-up.ts';
import {
  webhooksAdd,
  webhooksList,
  webhooksLog,
  webhooksOff,
  webhooksOn,
  webhooksRemove,
  webhooksResend,
  webhooksSecret,
  webhooksSkip,
  webhooksTest,
} from './webhooks.ts';
import { why } from './why.ts';

/** Every command by its name on the CLI. */
export const commands = {
  'feeds add': feedsAdd,
  'feeds find': feedsFind,
  'feeds list': feedsList,
  'feeds remove': feedsRemove,
  'feeds rename': feedsRename,
  'feeds fetch': feedsFetch,
  'feeds show': feedsShow,
  'feeds without': feedsWithout,
  'feeds import': feedsImport,
  'feeds export': feedsExport,
  import: importFile,
  'editions cut': editionsCut,
  'editions list': editionsList,
  'editions show': editionsShow,
  'editions draft': editionsDraft,
  'editions pick': editionsPick,
  'editions hide': editionsHide,
  'editions postpone': editionsPostpone,
  'editions unmark': editionsUnmark,
  'editions release': editionsRelease,
  'editions refuse': editionsRefuse,
  'editions test': editionsTest,
  preview,
  'preview source': previewSource,
  try: tryFeed,
  'deliveries run': deliveriesRun,
  'warm-up start': warmUpStart,
  'warm-up stop': warmUpStop,
  'warm-up show': warmUpShow,
  'deliveries status': deliveriesStatus,
  'deliveries pause': deliveriesPause,
  'deliveries resume': deliveriesResume,
  'deliveries cancel': deliveriesCancel,
  'deliveries doubt': deliveriesDoubt,
  'deliveries resolve': deliveriesResolve,
  'deliveries reconcile': deliveriesReconcile,
  'deliveries bounced': deliveriesBounced,
  'deliveries list': deliveriesList,
  'deliveries show': deliveriesShow,
  'announcements list': announcementsList,
  'announcements write': announcementsWrite,
  'announcements show': announcementsShow,
  'announcements preview': announcementsPreview,
  'announcements send': announcementsSend,
  'announcements discard': announcementsDiscard,
  resend,
  'resends list': resendsList,
  'resends show': resendsShow,
  today,
  evaluate,
  'subscribers add': subscribersAdd,
  'subscribers change': subscribersChange,
  'subscribers link': subscribersLink,
  'subscribers list': subscribersList,
  'subscribers growth': subscribersGrowth,
  'subscribers show': subscribersShow,
  'subscribers export': subscribersExport,
  'subscribers import': subscribersImport,
  'subscribers csv': subscribersCsv,
  'subscribers pause': subscribersPause,
  'subscribers erase': subscribersErase,
  'alerts read': alertsRead,
  'alerts show': alertsShow,
  'alerts make': alertsMake,
  'alerts end': alertsEnd,
  'alerts unread': alertsUnread,
  'subscribers library show': libraryShow,
  'subscribers library add': libraryAdd,
  'subscribers library follow': libraryFollow,
  'subscribers library unfollow': libraryUnfollow,
  'suppressions list': suppressionsList,
  'suppressions add': suppressionsAdd,
  'suppressions lift': suppressionsLift,
  'channels add': channelsAdd,
  'channels change': channelsChange,
  'channels list': channelsList,
  'channels log': channelsLog,
  'channels test': channelsTest,
  'channels pause': channelsPause,
  'channels resume': channelsResume,
  'channels resend': channelsResend,
  'channels why': channelsWhy,
  'channels remove': channelsRemove,
  'webhooks add': webhooksAdd,
  'webhooks list': webhooksList,
  'webhooks test': webhooksTest,
  'webhooks remove': webhooksRemove,
  'webhooks log': webhooksLog,
  'webhooks resend': webhooksResend,
  'webhooks skip': webhooksSkip,
  'webhooks on': webhooksOn,
  'webhooks off': webhooksOff,
  'webhooks secret': webhooksSecret,
  'inbound list': inboundList,
  'inbound show': inboundShow,
  'inbound done': inboundDone,
  'proposals list': proposalsList,
  'proposals take': proposalsTake,
  'proposals leave': proposalsLeave,
  'proposals down': proposalsDown,
  'proposals stop': proposalsStop,
  'proposals stopped': proposalsStopped,
  'proposals let': proposalsLet,
  'circles list': circlesList,
  'circles make': circlesMake,
  'circles close': circlesClose,
  'operators add': operatorsAdd,
  'operators list': operatorsList,
  'operators password': operatorsPassword,
  'operators role': operatorsRole,
  'operators remove': operatorsRemove,
  'operators sign-out': operatorsSignOut,
  'operators factor add': operatorsFactorAdd,
  'operators factor remove': operatorsFactorRemove,
  'operators key add': operatorsKeyAdd,
  'operators key list': operatorsKeyList,
  'operators key revoke': operatorsKeyRevoke,
  audit,
  'sample remove': sampleRemove,
  backup,
  restored,
  why,
} as const;

export type CommandName = keyof typeof commands;

/** Runs a command by its name with arguments of unknown shape. Throws CommandError for a fault of whoever typed it. */
export async function runCommand(
  outside: Outside,
  call: { name: string; args: unknown },
  caller: Caller = CLI,
): Promise<Answer> {
  if (!Object.hasOwn(commands, call.name)) {
    throw new CommandError(`this version knows no command "${call.name}"`);
  }
  const command: Command = commands[call.name as CommandName];
  const parsed = command.args.safeParse(call.args, { error: tellIssue });
  if (!parsed.success) throw new ArgumentError(listFaults(parsed.error));
  refuseBeyond(caller, command.rightFor?.(parsed.data) ?? command.right);
  const answer = await command.run(outside, parsed.data, caller);
  return { ...answer, data: command.answers.parse(answer.data) };
}

function refuseBeyond({ rights }: Caller, right: DeskRight): void {
  if (rights === undefined || mayUse(rights, right)) return;
  const needed = right === 'resend_all' ? 'the right to resend to everyone' : `the role "${right}"`;
  throw new CommandError(`this needs ${needed}`, 'forbidden');
}
