import { randomBytes } from 'node:crypto';
import {
  addressOfChannel,
  buildPlace,
  type Place,
  parsePlace,
  type ServiceName,
  showPlace,
} from '../../core/channels/place.ts';
import { findPlaceFault } from '../../core/channels/place-fault.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { dueAfterChange, nextDue } from '../../core/reader/schedule.ts';
import { isSealedByOld, seal, unseal } from '../../core/reader/seal.ts';
import type { Wishes } from '../../core/reader/subscription.ts';
import { buildSecret, findWebhookNameFault, SECRET_BYTES } from '../../core/webhooks/endpoint.ts';
import type { Channel } from '../../store/readers/channels.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';

/** What an operator says of a new channel. */
export interface ChannelOrder {
  readonly name: string;
  readonly service: ServiceName;
  readonly place: Place;
  readonly wishes: Wishes;
  readonly actor: string;
}

/** Somebody's order about one channel. */
export interface NamedOrder {
  readonly name: string;
  readonly actor: string;
}

type ChannelOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

const sealedFor = (name: string) => ({ purpose: 'channel', bound: `channel ${name}` });

/**
 * Adds a channel, which is brought editions from its next date on. The secret that signs what a
 * Standard Webhook gets, shown this once; undefined for any other. Throws OrderRefused for a name or
 * a place that cannot be.
 */
export async function addChannel(
  { store, keys, config, now }: ChannelOutside,
  { name, service, place: given, wishes, actor }: ChannelOrder,
): Promise<string | undefined> {
  refuse(findWebhookNameFault(name));
  refuse(findPlaceFault(service, given, config.channels.allowPrivate));
  const secret = service === 'webhook' ? buildSecret(randomBytes(SECRET_BYTES)) : undefined;
  const place = secret ? { ...given, key: secret } : given;
  const shown = showPlace(place);
  const sealed = seal(keys, sealedFor(name), buildPlace(place));
  const due = nextDue(wishes.schedule, now());
  await store.transaction(async (tx) => {
    const id = await tx.channels.insert({ name, service, shown, sealed, wishes, due }, now());
    if (id === undefined)
      throw new OrderRefused(`there is a channel "${name}" already`, 'conflict');
    await audit({ store: tx, now }, { name, actor, action: 'add', detail: { to: shown, service } });
  });
  return secret;
}

/** Changes what a channel is brought, and when. Throws OrderRefused where there is none. */
export function changeChannel(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor, change }: NamedOrder & { readonly change: (before: Wishes) => Wishes },
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getChannel(tx, name);
    const channel = await tx.channels.lock(id);
    if (!channel) throw missing(name);
    const wishes = change(channel);
    const last = await tx.subscribers.findLastDate(channel.subscriptionId);
    const due = dueAfterChange(wishes.schedule, now(), last);
    await tx.channels.recordWishes(channel, { wishes, due });
    await audit({ store: tx, now }, { name, actor, action: 'change' });
  });
}

/** Posts nothing to a channel until it is resumed; its dates pass. Throws OrderRefused where it is stopped. */
export function pauseChannel(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getChannel(tx, name);
    if (!(await tx.channels.recordOff(id, 'hand', now()))) {
      throw new OrderRefused(`${name} is paused already`, 'conflict');
    }
    await audit({ store: tx, now }, { name, actor, action: 'pause' });
  });
}

/** Lets a channel go on: with what waits, and what its next date finds. Throws OrderRefused where it does. */
export function resumeChannel(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getChannel(tx, name);
    if (!(await tx.channels.recordOn(id))) {
      throw new OrderRefused(`${name} is not paused`, 'conflict');
    }
    await audit({ store: tx, now }, { name, actor, action: 'resume' });
  });
}

/** Removes a channel; that something was posted stays in the ledger, without its name. Throws OrderRefused where there is none. */
export function removeChannel(
  { store, keys, now }: Pick<Outside, 'store' | 'keys' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getChannel(tx, name);
    const channel = await tx.channels.lock(id);
    if (!channel) throw missing(name);
    if (await tx.posts.hasInFlight(id)) {
      throw new OrderRefused(
        `something is being posted to ${name} just now: try again`,
        'conflict',
      );
    }
    const hash = hashAddress(keys, addressOfChannel(name));
    await tx.erasures.eraseSubscriber(channel.subscriberId, hash);
    await audit({ store: tx, now }, { name, actor, action: 'remove' });
  });
}

/** The channel of a name. Throws OrderRefused where there is none. */
export async function getChannel(store: Outside['store'], name: string): Promise<Channel> {
  const channel = await store.channels.findByName(name);
  if (!channel) throw missing(name);
  return channel;
}

/**
 * Where a channel is, with its key; what hung on an older key is sealed under the newest. Throws
 * OrderRefused where that key is gone.
 */
export async function openPlace(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { id, name, sealed }: Pick<Channel, 'id' | 'name' | 'sealed'>,
): Promise<Place> {
  const text = unseal(keys, sealedFor(name), sealed);
  if (text === undefined) {
    throw new OrderRefused(
      `the address of ${name} hung on a key that was dropped from SECRET_KEYS: remove and add it`,
    );
  }
  if (isSealedByOld(keys, sealed)) {
    await store.channels.recordSealed(id, seal(keys, sealedFor(name), text));
  }
  return parsePlace(text);
}

/** Seals under the newest key the channels that hang on an older one; how many. */
export async function resealPlaces(outside: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const channels = await outside.store.channels.list();
  const old = channels.filter(({ sealed }) => isSealedByOld(outside.keys, sealed));
  const opened = await Promise.allSettled(old.map((channel) => openPlace(outside, channel)));
  // Whose key is gone says so when it is posted to.
  return opened.filter(({ status }) => status === 'fulfilled').length;
}

/** Writes an order about a channel into the audit. */
export function audit(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor, action, detail = {} }: NamedOrder & { action: string; detail?: object },
) {
  const subject = `channel ${name}`;
  return store.records.recordAudit({ at: now(), actor, action, subject, detail: { ...detail } });
}

function missing(name: string): OrderRefused {
  return new OrderRefused(`there is no channel "${name}"`, 'missing');
}

function refuse(fault: string | undefined): void {
  if (fault) throw new OrderRefused(fault);
}
