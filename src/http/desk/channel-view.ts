import { services } from '../../core/channels/services.ts';
import { standingOf, tellChannel } from '../../core/channels/standing.ts';
import type { ChannelPage, ChannelsPage } from '../../core/desk/channel-pages.ts';
import { ageWhenDue, clockOf } from '../../core/reader/schedule.ts';
import { freshWishes, type Wishes } from '../../core/reader/subscription.ts';
import type { ListedPost } from '../../store/ledger/posts.ts';
import type { Channel, ListedChannel } from '../../store/readers/channels.ts';
import { listOffered } from '../forms/preview.ts';
import type { TypedWishes } from '../forms/wishes.ts';
import { viewPapers, viewTimes } from '../forms/wishes-view.ts';
import type { Site } from '../site.ts';
import { timeOf } from './frame.ts';

/** A line of the list. */
export function viewChannel(channel: ListedChannel): ChannelsPage['channels'][number] {
  const { name, service, shown } = channel;
  const to = `${services[service].label}, ${shown}`;
  return { name, to, said: tellChannel(channel), ...standingOf(channel) };
}

/** What a channel is, by its parts. */
export function viewFacts(channel: Channel): ChannelPage['facts'] {
  const { service, shown, profile, schedule, papersPerDigest, provedAt, due, createdAt } = channel;
  const follows = [...profile.fields, ...profile.topics];
  return [
    { name: 'Service', value: services[service].label },
    { name: 'To', value: shown },
    { name: 'Follows', value: follows.length > 0 ? follows.join(', ') : 'all papers of the day' },
    { name: 'At', value: `${clockOf(schedule.minuteOfDay)} ${schedule.zone}` },
    { name: 'At most', value: `${papersPerDigest} papers` },
    { name: 'Next', value: timeOf(due.at) },
    { name: 'Tested', value: provedAt ? timeOf(provedAt) : 'not yet' },
    { name: 'Since', value: timeOf(createdAt) },
  ];
}

const tones = {
  ready: 'waiting',
  sending: 'waiting',
  deferred: 'stale',
  accepted: 'accepted',
  failed: 'failed',
  in_doubt: 'stale',
} as const;

/** A post, with what can be done about it. */
export function viewPost(post: ListedPost): ChannelPage['posts'][number] {
  const { id, edition, resend, state, composedAt, nextAt, lastReply } = post;
  const copy = resend > 0 ? `, copy ${resend}` : '';
  const next = nextAt ? `; next at ${timeOf(nextAt)}` : '';
  const isOpen = state === 'ready' || state === 'sending' || state === 'deferred';
  return {
    id,
    what: `${edition ?? 'an edition'}${copy}, ${timeOf(composedAt)}`,
    state: state === 'in_doubt' ? 'in doubt' : state,
    tone: tones[state],
    said: `${lastReply ?? 'not tried yet'}${next}`,
    edition: edition ?? '',
    mayBeTwice: state !== 'failed',
    ...(isOpen ? {} : { resend: state === 'failed' ? 'Post it again' : 'Post it once more…' }),
  };
}

/** The parts of the form that say what a channel is brought, and when. */
export async function renderWishes(site: Site, typed: TypedWishes) {
  const { config, now } = site.outside;
  const age = ageWhenDue(freshWishes.schedule, config.cut, now());
  const { words } = site;
  const papers = viewPapers(typed, { words, offered: await listOffered(site) });
  return {
    papersPart: site.renderPart('papers', papers),
    timesPart: site.renderPart('times', viewTimes(typed, { words, age, asks: 'language' })),
  };
}

/** Wishes as the commands of channels take them. */
export function argsOf({ profile, schedule, papersPerDigest }: Wishes): Record<string, unknown> {
  const { fields, topics, language = null } = profile;
  const { days, minuteOfDay, zone } = schedule;
  const when = { days, hour: clockOf(minuteOfDay), zone };
  return { fields, topics, language, ...when, papers: papersPerDigest };
}
