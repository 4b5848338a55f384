import type { EditionPost } from '../../core/channels/edition-post.ts';
import { buildMessageId } from '../../core/letter/message-id.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { Profile } from '../../core/reader/subscription.ts';
import type { Channel } from '../../store/readers/channels.ts';
import { OrderRefused } from '../order-refused.ts';
import { wordsFor } from '../readers/language.ts';
import type { Outside } from '../steps.ts';
import { audit, getChannel, type NamedOrder, openPlace } from './channels.ts';
import { type Posted, postTo } from './post.ts';

type TestOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'poster' | 'now'>;

/** Posts a test to a channel, on or off; what was answered. Where it stands, the channel is proved. */
export async function testChannel(
  outside: TestOutside,
  { name, actor }: NamedOrder,
): Promise<Posted> {
  const { store, now } = outside;
  const channel = await getChannel(store, name);
  const place = await openPlace(outside, channel);
  const at = now();
  const said = { id: `test-${channel.id}-${at.getTime().toString(36)}`, at };
  const message = { post: writeTest(outside, channel), name: said };
  const posted = await postTo(outside, { service: channel.service, place }, message);
  if (!posted) throw new Error('a test has no gate');
  const { verdict } = posted;
  if (verdict.kind === 'accepted') await store.channels.recordProved(channel.id, now());
  const detail = { answer: verdict.words };
  await audit(outside, { name, actor, action: 'test_channel', detail });
  return posted;
}

function writeTest(
  outside: Pick<Outside, 'config'>,
  { profile }: { readonly profile: Profile },
): EditionPost {
  const { http, site } = outside.config;
  const { publicUrl } = http;
  const words = wordsFor(outside, { profile });
  return {
    title: words.say('channel.testTitle', { site: site.name }),
    lead: words.say('channel.testText'),
    papers: [{ title: words.say('channel.testPaper'), link: publicUrl }],
    page: publicUrl,
    paperCount: 1,
    sayMore: () => words.say('channel.page'),
    edition: { name: 'test', date: '' },
  };
}

/** What a resend came to: the delivery that goes out, and whether it is one more. */
export interface ResentPost {
  readonly delivery: number;
  readonly isCopy: boolean;
}

/**
 * Posts an edition to a channel once more: what failed, as it is; what is in doubt or stands, with a
 * yes alone, since it may then stand twice. Throws OrderRefused where nothing of it was ever posted,
 * or it is on its way.
 */
export async function resendPost(
  outside: Pick<
    Outside,
    'store' | 'queue' | 'keys' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
  >,
  order: NamedOrder & { readonly edition?: string | undefined; readonly allowsCopies: boolean },
): Promise<ResentPost> {
  const { store, queue, now } = outside;
  const { name, actor, allowsCopies } = order;
  const channel = await getChannel(store, name);
  const resent = await store.transaction(async (tx) => {
    await tx.channels.lock(channel.id);
    const post = await findPost(tx, channel, order.edition);
    if (post.state !== 'failed' && !allowsCopies) {
      const why = post.state === 'accepted' ? 'it stands there' : 'nobody knows whether it stands';
      throw new OrderRefused(`${why}: a second one needs --copies`, 'conflict');
    }
    const isCopy = post.state === 'accepted';
    const id = isCopy ? await copyPost({ ...outside, store: tx }, channel, post.id) : post.id;
    if (!isCopy && !(await tx.posts.reopen(id, now()))) {
      throw new OrderRefused('it is not any more what it was', 'conflict');
    }
    const record = { at: now(), actor, subject: `delivery ${id}`, detail: { channel: name } };
    await tx.records.recordAudit({ ...record, action: 'resend' });
    return { delivery: id, isCopy };
  });
  await queue.enqueue('bring', { channelId: channel.id });
  return resent;
}

async function findPost(store: Outside['store'], { id, name }: Channel, edition?: string) {
  const found = edition === undefined ? undefined : await store.editions.findByName(edition);
  if (edition !== undefined && !found) {
    throw new OrderRefused(`there is no edition ${edition}`, 'missing');
  }
  const post = await store.posts.findNewest(id, found?.id ?? null);
  if (!post) throw new OrderRefused(`nothing of it was posted to ${name}`, 'missing');
  if (['ready', 'deferred', 'sending'].includes(post.state)) {
    throw new OrderRefused(`delivery ${post.id} to ${name} is on its way`, 'conflict');
  }
  return post;
}

async function copyPost(
  { store, keys, rendering, now }: Pick<Outside, 'store' | 'keys' | 'rendering' | 'now'>,
  channel: Channel,
  deliveryId: number,
): Promise<number> {
  const first = await store.deliveries.find(deliveryId);
  if (!first?.address || first.editionId === null) {
    throw new OrderRefused('what was in it was pruned or erased');
  }
  const history = await store.deliveries.listHistory([channel.subscriberId]);
  const [id] = await store.deliveries.takeIds(1);
  if (id === undefined) throw new Error('an id is taken');
  const at = now();
  const covers = 'editions' in first.content ? first.content.editions : [first.editionId];
  await store.deliveries.insert([
    {
      id,
      kind: 'post',
      notice: null,
      noticeKey: null,
      editionId: first.editionId,
      subscriberId: channel.subscriberId,
      resend: history.get(channel.subscriberId)?.copies.get(first.editionId) ?? 1,
      roundId: null,
      address: first.address,
      addressHash: '',
      messageId: buildMessageId(keys, id, domainOf(rendering.from)),
      covers,
      at,
      waits: true,
      digest: { ...first, date: at },
      refersTo: first.messageId,
    },
  ]);
  await store.posts.insert({ deliveryId: id, channelId: channel.id, at });
  return id;
}
