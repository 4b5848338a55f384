import { randomBytes } from 'node:crypto';
import { isSealedByOld, seal, unseal } from '../../core/reader/seal.ts';
import {
  buildEndpoint,
  buildSecret,
  changeSecret,
  type Endpoint,
  findUrlFault,
  findWebhookNameFault,
  parseEndpoint,
  SECRET_BYTES,
  showUrl,
} from '../../core/webhooks/endpoint.ts';
import type { WebhookEvent } from '../../core/webhooks/event.ts';
import type { Webhook } from '../../store/webhooks/webhooks.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';

/** What an operator says of a new webhook. */
export interface WebhookOrder {
  readonly name: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly withAddresses: boolean;
  readonly actor: string;
}

/** Somebody's order about one webhook. */
export interface NamedOrder {
  readonly name: string;
  readonly actor: string;
}

type EndpointOutside = Pick<Outside, 'store' | 'keys' | 'config' | 'now'>;

const sealedFor = (name: string) => ({ purpose: 'webhook', bound: `webhook ${name}` });

/**
 * Adds a webhook, which is told what happens from now on; its secret, which is shown this once.
 * Throws OrderRefused for a name, an address or a choice that cannot be.
 */
export async function addWebhook(
  { store, keys, config, now }: EndpointOutside,
  order: WebhookOrder,
): Promise<string> {
  const { name, url, events, withAddresses, actor } = order;
  refuse(findWebhookNameFault(name));
  const fault = findUrlFault(url, config.webhooks.allowPrivate);
  refuse(fault && `the address ${fault}`);
  refuse(events.length === 0 ? 'choose at least one event' : undefined);
  const secret = buildSecret(randomBytes(SECRET_BYTES));
  const sealed = seal(keys, sealedFor(name), buildEndpoint({ url, secrets: [{ secret }] }));
  await store.transaction(async (tx) => {
    const shown = showUrl(url);
    const marks = await tx.events.getNewest();
    const webhook = { name, shown, sealed, events, withAddresses, marks };
    if ((await tx.webhooks.insert(webhook, now())) === undefined) {
      throw new OrderRefused(`there is a webhook "${name}" already`, 'conflict');
    }
    const detail = { to: shown, events, addresses: withAddresses };
    await audit({ store: tx, now }, { name, actor, action: 'add', detail });
  });
  return secret;
}

/** Removes a webhook with its log. Throws OrderRefused where there is none. */
export function removeWebhook(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getWebhook(tx, name);
    await tx.webhooks.remove(id);
    await audit({ store: tx, now }, { name, actor, action: 'remove' });
  });
}

/** Tells a webhook nothing until it is switched on; its place is kept. */
export function switchOff(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getWebhook(tx, name);
    if (!(await tx.webhooks.recordOff(id, 'hand', now()))) {
      throw new OrderRefused(`${name} is off already`, 'conflict');
    }
    await audit({ store: tx, now }, { name, actor, action: 'switch_off' });
  });
}

/**
 * Lets a webhook go on where it stood, or from now on with `skips`: then what happened since is told
 * to nobody. Throws OrderRefused where it is on.
 */
export function switchOn(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor, skips }: NamedOrder & { readonly skips: boolean },
): Promise<void> {
  return store.transaction(async (tx) => {
    const { id } = await getWebhook(tx, name);
    if (!(await tx.webhooks.recordOn(id))) {
      throw new OrderRefused(`${name} is on already`, 'conflict');
    }
    if (skips) {
      await tx.batches.recordLeftOut(id);
      await tx.webhooks.recordMarks(id, await tx.events.getNewest());
    }
    await tx.batches.recordDue(id, now());
    await audit({ store: tx, now }, { name, actor, action: 'switch_on', detail: { skips } });
  });
}

/** Gives a webhook a new secret, shown this once; the one before signs beside it for a day. */
export function renewSecret(
  outside: Pick<Outside, 'store' | 'keys' | 'now'>,
  { name, actor }: NamedOrder,
): Promise<string> {
  const { store, keys, now } = outside;
  const secret = buildSecret(randomBytes(SECRET_BYTES));
  return store.transaction(async (tx) => {
    const webhook = await getWebhook(tx, name);
    const changed = changeSecret(await openEndpoint({ store: tx, keys }, webhook), secret, now());
    await tx.webhooks.recordSealed(webhook.id, seal(keys, sealedFor(name), buildEndpoint(changed)));
    await audit({ store: tx, now }, { name, actor, action: 'renew_secret' });
    return secret;
  });
}

/** The webhook of a name. Throws OrderRefused where there is none. */
export async function getWebhook(store: Outside['store'], name: string): Promise<Webhook> {
  const webhook = await store.webhooks.findByName(name);
  if (!webhook) throw new OrderRefused(`there is no webhook "${name}"`, 'missing');
  return webhook;
}

/**
 * Address and secrets of a webhook; what hung on an older key is sealed under the newest. Throws
 * OrderRefused where that key is gone.
 */
export async function openEndpoint(
  { store, keys }: Pick<Outside, 'store' | 'keys'>,
  { id, name, sealed }: Webhook,
): Promise<Endpoint> {
  const text = unseal(keys, sealedFor(name), sealed);
  if (text === undefined) {
    throw new OrderRefused(
      `the secret of ${name} hung on a key that was dropped from SECRET_KEYS: remove and add it`,
    );
  }
  if (isSealedByOld(keys, sealed)) {
    await store.webhooks.recordSealed(id, seal(keys, sealedFor(name), text));
  }
  return parseEndpoint(text);
}

/** Seals under the newest key the webhooks that hang on an older one; how many. */
export async function resealEndpoints(outside: Pick<Outside, 'store' | 'keys'>): Promise<number> {
  const old = (await outside.store.webhooks.list()).filter(({ sealed }) =>
    isSealedByOld(outside.keys, sealed),
  );
  const opened = await Promise.all(
    old.map((webhook) =>
      openEndpoint(outside, webhook).then(
        () => true,
        // Its key is gone: it says so when it is told something.
        () => false,
      ),
    ),
  );
  return opened.filter(Boolean).length;
}

/** Writes an order about a webhook into the audit. */
export function audit(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { name, actor, action, detail = {} }: NamedOrder & { action: string; detail?: object },
) {
  const subject = `webhook ${name}`;
  return store.records.recordAudit({ at: now(), actor, action, subject, detail: { ...detail } });
}

function refuse(fault: string | undefined): void {
  if (fault) throw new OrderRefused(fault);
}
