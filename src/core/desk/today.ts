import type { TroubledChannel } from '../channels/standing.ts';
import type { SourceTrouble } from '../citations/trouble.ts';
import type { FeedState } from '../feed/feed-state.ts';
import { parseAnnouncementName } from '../letter/announcement.ts';
import type { DeliveryKind } from '../letter/delivery.ts';
import { countOf } from '../text/words.ts';
import { type StoppedWebhook, tellStopped } from '../webhooks/stopped.ts';
import { tellActor } from './audit-words.ts';

/** Something that goes no further without a person. */
export interface Need {
  readonly kind:
    | 'health'
    | 'paused'
    | 'held'
    | 'in_doubt'
    | 'bounced'
    | 'inbox'
    | 'reported'
    | 'feed'
    | 'refused'
    | 'channel'
    | 'webhook'
    | 'alerts'
    | 'citations';
  /** What it is, in a sentence. */
  readonly words: string;
  /** What to type next. */
  readonly command: string;
  /** What it is about: the name of a feed, an edition, `all`; absent where nothing has a name. */
  readonly of?: string;
}

/** What the morning's needs are read from. */
export interface NeedFacts {
  /** Why the service is not well. */
  readonly faults: readonly string[];
  readonly pauses: readonly {
    readonly what: string;
    readonly actor: string;
    readonly reason: string;
  }[];
  readonly held: readonly string[];
  readonly doubts: readonly {
    readonly kind: DeliveryKind;
    readonly edition: string | null;
    readonly announcementId: number | null;
    readonly count: number;
  }[];
  /** Refused while so many were that the server is in question; of notices where there is no edition. */
  readonly bounced: readonly { readonly edition: string | null; readonly count: number }[];
  /** How much of what came back waits for a person. */
  readonly inbox: number;
  /** How many proposals readers reported that stand there all the same. */
  readonly reported: number;
  readonly feeds: readonly {
    readonly name: string;
    readonly state: FeedState;
    readonly reason: string;
  }[];
  /** Channels that need a person, and how they stand. */
  readonly channels: readonly TroubledChannel[];
  readonly webhooks: readonly StoppedWebhook[];
  /** Alert mails that nobody could read, by the domain in From. */
  readonly alerts: readonly {
    readonly sender: string;
    readonly kind: string | null;
    readonly mails: number;
    readonly readers: number;
  }[];
  /** What keeps from telling readers who cites them. */
  readonly citations: readonly SourceTrouble[];
}

/** What needs a person now, what stops most first; each with the next command. */
export function findNeeds(facts: NeedFacts): Need[] {
  return [
    ...facts.faults.map((words) => ({
      kind: 'health' as const,
      words: sentence(words),
      command: 'paperround deliveries status',
    })),
    ...facts.pauses.map(({ what, actor, reason }) => ({
      kind: 'paused' as const,
      words: sentence(`${nameOf(what)} stands still, by ${tellActor(actor)}: ${reason}`),
      command: `paperround deliveries resume ${what}`,
      of: what,
    })),
    ...facts.held.map((edition) => ({
      kind: 'held' as const,
      words: `Edition ${edition} is held: no reader gets it before you release it.`,
      command: `paperround editions release ${edition}`,
      of: edition,
    })),
    ...facts.doubts.map(({ kind, edition, announcementId, count }) => ({
      kind: 'in_doubt' as const,
      words: `${tellDoubted({ kind, edition, announcementId, count })} may or may not have arrived.`,
      command: edition
        ? `paperround resend ${edition} --in-doubt --dry-run`
        : 'paperround deliveries doubt',
      ...(edition ? { of: edition } : {}),
    })),
    ...facts.bounced.map(({ edition, count }) => ({
      kind: 'bounced' as const,
      words: `Refused while so many were that the server is in question, and to be decided: ${countOf(count, 'reader')}${edition ? ` of edition ${edition}` : ''}.`,
      command: 'paperround deliveries bounced',
      of: edition ?? 'notices',
    })),
    ...(facts.inbox > 0
      ? [
          {
            kind: 'inbox' as const,
            words: `${countOf(facts.inbox, 'mail')} came back and ${facts.inbox === 1 ? 'waits' : 'wait'} for a person.`,
            command: 'paperround inbound list',
          },
        ]
      : []),
    ...(facts.reported > 0
      ? [
          {
            kind: 'reported' as const,
            words: `${countOf(facts.reported, 'proposal')} ${facts.reported === 1 ? 'was' : 'were'} reported and ${facts.reported === 1 ? 'is' : 'are'} still shown.`,
            command: 'paperround proposals list --reported',
          },
        ]
      : []),
    ...facts.feeds.flatMap(({ name, state, reason }) => needOfFeed(name, state, reason)),
    ...facts.channels.map(({ name, words }) => ({
      kind: 'channel' as const,
      words: sentence(`The channel ${name}: ${words}`),
      command: `paperround channels log ${name}`,
      of: name,
    })),
    ...facts.webhooks.map((webhook) => ({
      kind: 'webhook' as const,
      words: sentence(`The webhook ${webhook.name} is told nothing: ${tellStopped(webhook)}`),
      command: `paperround webhooks on ${webhook.name}`,
      of: webhook.name,
    })),
    ...facts.alerts.filter(isOfMany).map(({ sender, mails }) => ({
      kind: 'alerts' as const,
      words: `${countOf(mails, 'alert mail')} of ${sender || 'nobody'} could not be read: its template may have changed.`,
      command: 'paperround alerts unread',
      of: sender,
    })),
    ...facts.citations.map(({ says }) => ({
      kind: 'citations' as const,
      words: sentence(says),
      command: 'paperround doctor --only citations',
    })),
  ];
}

/** What one reader forwards may be anything; a known kind, or the same of several readers, is an alert. */
const isOfMany = ({ kind, readers }: NeedFacts['alerts'][number]) => kind !== null || readers >= 3;

function needOfFeed(name: string, state: FeedState, reason: string): Need[] {
  if (state === 'broken') {
    const words = sentence(`The feed ${name} is broken: ${reason}`);
    return [{ kind: 'feed', words, command: `paperround feeds show "${name}"`, of: name }];
  }
  if (state === 'partial') {
    const words = sentence(`The feed ${name} was read in part: ${reason}`);
    return [{ kind: 'refused', words, command: `paperround feeds show "${name}"`, of: name }];
  }
  return [];
}

function tellDoubted({
  kind,
  edition,
  announcementId,
  count,
}: NeedFacts['doubts'][number]): string {
  if (edition) return `${countOf(count, 'digest')} of edition ${edition}`;
  if (kind === 'digest') return `${countOf(count, 'digest')} without an edition`;
  if (announcementId === null) return countOf(count, 'notice');
  return `${countOf(count, 'mail')} of announcement ${announcementId}`;
}

function nameOf(what: string): string {
  const announcementId = parseAnnouncementName(what);
  if (announcementId !== undefined) return `Announcement ${announcementId}`;
  if (what === 'all') return 'All sending';
  if (what === 'items') return 'Every digest without an edition';
  return what === 'notices' ? 'Every notice' : `Edition ${what}`;
}

function sentence(text: string): string {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}

/** How far sending is, and how long it will take at its pace of the last minutes. */
export interface Progress {
  readonly ended: number;
  readonly total: number;
  readonly perMinute: number;
  /** Undefined where nothing moves. */
  readonly secondsLeft: number | undefined;
}

/** Reads the progress off what was planned, what has ended, and what was accepted in some time. */
export function measureProgress(given: {
  total: number;
  open: number;
  accepted: number;
  inMs: number;
  /** True where a pause stops what is open. */
  isPaused?: boolean;
  /** For how long at least a warm-up holds the last of them back. */
  heldForMs?: number;
}): Progress {
  const { total, open, accepted, inMs, isPaused = false, heldForMs = 0 } = given;
  const perMinute = (accepted / inMs) * 60_000;
  const atPace = perMinute > 0 ? Math.ceil((open / perMinute) * 60) : undefined;
  const held = open > 0 ? Math.ceil(heldForMs / 1_000) : 0;
  const atBest = held > 0 ? Math.max(held, atPace ?? 0) : atPace;
  const secondsLeft = isPaused ? undefined : atBest;
  return { total, ended: total - open, perMinute: Math.round(perMinute), secondsLeft };
}

/** `about 4 minutes`. */
export function tellTimeLeft(seconds: number | undefined): string {
  if (seconds === undefined) return 'nothing moves now';
  if (seconds < 90) return 'about a minute left';
  if (seconds < 5_400) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 3_600)} hours left`;
}
