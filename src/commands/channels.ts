import { z } from 'zod';
import { services } from '../core/channels/services.ts';
import { tellChannel } from '../core/channels/standing.ts';
import { explainChannelDate } from '../core/channels/why.ts';
import { clockOf } from '../core/reader/schedule.ts';
import { freshWishes, type Wishes } from '../core/reader/subscription.ts';
import { countOf, momentOf } from '../core/text/words.ts';
import { resendPost, testChannel } from '../steps/channels/by-hand.ts';
import {
  addChannel,
  changeChannel,
  getChannel,
  pauseChannel,
  removeChannel,
  resumeChannel,
} from '../steps/channels/channels.ts';
import { gatherChannelDate } from '../steps/channels/why.ts';
import type { ListedPost } from '../store/ledger/posts.ts';
import type { ListedChannel } from '../store/readers/channels.ts';
import { buildTable, defineCommand } from './command.ts';
import { LARGEST_PAGE } from './page.ts';
import {
  channelAnswer,
  channelPost,
  channel as channelShape,
  serviceName,
} from './shapes/channel.ts';
import { mergeWishes, someWishes } from './wishes.ts';

const named = z.object({ name: z.string() });
const { surprise: _, quietNote: _note, itemsOnly: _only, ...wishes } = someWishes.shape;
const freshChannel: Wishes = {
  ...freshWishes,
  profile: { ...freshWishes.profile, surprise: false },
};

export const channelsAdd = defineCommand({
  right: 'operate',
  args: named.extend({
    service: serviceName,
    url: z.string().describe('The incoming webhook, or where the service is.'),
    user: z.string().optional().describe('Zulip: the mail address of a bot.'),
    key: z.string().optional().describe('Zulip: the key of the bot. Matrix: an access token.'),
    room: z.string().optional().describe('Zulip: the channel. Matrix: the id of the room.'),
    topic: z.string().optional().describe('Zulip: the topic.'),
    ...wishes,
  }),
  answers: named.extend({
    secret: z.string().nullable().describe('Of a Standard Webhook; it is told this once.'),
  }),
  async run(outside, { name, service, url, user, key, room, topic, ...said }, { actor }) {
    const place = { url, user, key, room, topic };
    const asked = mergeWishes(freshChannel, said);
    const order = { name, service, place, wishes: asked, actor };
    const secret = (await addChannel(outside, order)) ?? null;
    const { minuteOfDay, zone } = asked.schedule;
    return {
      lines: [
        `${name} is brought editions at ${clockOf(minuteOfDay)} in ${zone}, up to ${countOf(asked.papersPerDigest, 'paper')}.`,
        ...(secret ? [`What it gets is signed. The secret, shown this once: ${secret}`] : []),
        `Try it: paperround channels test ${name}`,
      ],
      data: { name, secret },
    };
  },
});

export const channelsChange = defineCommand({
  right: 'operate',
  args: named.extend(wishes),
  answers: channelShape,
  async run(outside, { name, ...said }, { actor }) {
    const change = (before: Wishes) => mergeWishes(before, said);
    await changeChannel(outside, { name, actor, change });
    const data = viewChannel(await getListed(outside, name));
    return { lines: [`${name}: ${data.hour} in ${data.zone}`], data };
  },
});

export const channelsList = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({ items: z.array(channelShape) }),
  async run({ store }) {
    const channels = await store.channels.list();
    const rows = channels.map((each) => [
      each.name,
      services[each.service].label,
      each.shown,
      `${clockOf(each.schedule.minuteOfDay)} ${each.schedule.zone}`,
      tellChannel(each),
    ]);
    const none = 'No channel is posted to: paperround channels add NAME SERVICE ADDRESS';
    const lines = buildTable(['NAME', 'SERVICE', 'TO', 'AT', 'STANDS'], rows, none);
    return { lines, data: { items: channels.map(viewChannel) } };
  },
});

export const channelsTest = defineCommand({
  right: 'operate',
  args: named,
  answers: channelAnswer,
  async run(outside, { name }, { actor }) {
    const { verdict, status } = await testChannel(outside, { name, actor });
    const stands = verdict.kind === 'accepted';
    const data = { stands, verdict: verdict.kind, status, words: verdict.words };
    const said = {
      accepted: 'Taken',
      in_doubt: 'In doubt',
      later: 'Not taken',
      refused: 'Not taken',
    };
    const lines = [`${said[verdict.kind]}: ${verdict.words}`];
    return { lines, data, ...(stands ? {} : { exitCode: 1 }) };
  },
});

export const channelsPause = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ on: z.boolean() }),
  async run(outside, { name }, { actor }) {
    await pauseChannel(outside, { name, actor });
    const lines = [
      `Nothing is posted to ${name}; "paperround channels resume ${name}" lets it go on.`,
    ];
    return { lines, data: { on: false } };
  },
});

export const channelsResume = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ on: z.boolean() }),
  needsWorkers: true,
  async run(outside, { name }, { actor }) {
    await resumeChannel(outside, { name, actor });
    return { lines: [`${name} is brought editions again.`], data: { on: true } };
  },
});

export const channelsRemove = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ removed: z.boolean() }),
  async run(outside, { name }, { actor }) {
    await removeChannel(outside, { name, actor });
    return { lines: [`${name} is removed, with its address.`], data: { removed: true } };
  },
});

export const channelsLog = defineCommand({
  right: 'look',
  args: named.extend({ limit: z.int().min(1).max(LARGEST_PAGE).default(20) }),
  answers: z.object({ items: z.array(channelPost) }),
  async run({ store }, { name, limit }) {
    const { id } = await getChannel(store, name);
    const posts = await store.posts.list(id, limit);
    const head = ['DELIVERY', 'EDITION', 'STATE', 'TRIES', 'MADE', 'ANSWER'];
    const rows = posts.map((post) => [
      String(post.id),
      `${post.edition ?? ''}${post.resend > 0 ? ` (copy ${post.resend})` : ''}`,
      post.state.replace('_', ' '),
      String(post.attempts),
      momentOf(post.composedAt),
      post.lastReply ?? '',
    ]);
    const lines = buildTable(head, rows, 'Nothing was posted yet.');
    return { lines, data: { items: posts.map(viewPost) } };
  },
});

export const channelsWhy = defineCommand({
  right: 'look',
  args: named.extend({ date: z.iso.date('must be a date such as 2026-11-20') }),
  answers: z.object({ lines: z.array(z.string()) }),
  async run(outside, asked) {
    const lines = explainChannelDate(await gatherChannelDate(outside, asked));
    return { lines, data: { lines } };
  },
});

export const channelsResend = defineCommand({
  right: 'operate',
  args: named.extend({
    edition: z.string().optional().describe('Such as 2026-11-20; the newest where it is absent.'),
    copies: z.boolean().default(false).describe('Whether it may stand twice: what stands, or may.'),
  }),
  answers: z.object({ delivery: z.int(), isCopy: z.boolean() }),
  needsWorkers: true,
  async run(outside, { name, edition, copies }, { actor }) {
    const data = await resendPost(outside, { name, actor, edition, allowsCopies: copies });
    const what = data.isCopy ? 'A copy goes' : 'It goes';
    return { lines: [`${what} to ${name} once more, as delivery ${data.delivery}.`], data };
  },
});

async function getListed(
  { store }: { readonly store: Parameters<typeof getChannel>[0] },
  name: string,
): Promise<ListedChannel> {
  const { id } = await getChannel(store, name);
  const listed = (await store.channels.list()).find((each) => each.id === id);
  if (!listed) throw new Error(`channel ${name} is listed`);
  return listed;
}

function viewChannel({ name, service, shown, schedule, profile, ...rest }: ListedChannel) {
  const { createdAt, offBecause, offAt, provedAt, inDoubt, last, due, papersPerDigest } = rest;
  return {
    name,
    service,
    to: shown,
    fields: [...profile.fields],
    topics: [...profile.topics],
    days: [...schedule.days],
    hour: clockOf(schedule.minuteOfDay),
    zone: schedule.zone,
    papers: papersPerDigest,
    nextDue: due.at,
    createdAt,
    offBecause,
    offAt,
    provedAt,
    inDoubt,
    last,
  };
}

function viewPost({
  id,
  edition,
  resend,
  state,
  composedAt,
  nextAt,
  attempts,
  lastReply,
}: ListedPost) {
  return {
    delivery: id,
    edition,
    copy: resend,
    state,
    composedAt,
    nextAt,
    attempts,
    words: lastReply,
  };
}
