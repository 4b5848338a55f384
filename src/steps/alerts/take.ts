import { readAlertName } from '../../core/alerts/alert-address.ts';
import { findReached, NoRoom } from '../../core/alerts/bounds.ts';
import { parseFieldBlocks } from '../../core/feedback/fields.ts';
import { findReferences } from '../../core/reader/references.ts';
import type { ArrivedMail } from '../../mail/listener.ts';
import type { AlertAddress } from '../../store/readers/alert-addresses.ts';
import { takeArrival } from '../feedback/take.ts';
import type { Outside } from '../steps.ts';

type TakeOutside = Pick<Outside, 'store' | 'queue' | 'keys' | 'config' | 'now'>;

const LONGEST_HEAD = 64 * 1024;
/** Written by the server that handed a mail over, where a way in has no envelope. */
const HANDED_TO = /^(?:delivered-to|x-original-to|envelope-to)\s*:(.*)$/gim;

/**
 * Takes a mail at the door. What is for an address for alerts is its reader's alone and goes no other
 * way; the rest is what came back. Throws where it cannot be kept now: NoRoom where a bound is reached.
 */
export async function takeMail(outside: TakeOutside, mail: ArrivedMail): Promise<void> {
  const { domain } = outside.config.inbound;
  const head = readHead(mail.raw);
  const recipients = mail.source === 'spool' ? recipientsIn(head) : mail.rcptTo;
  const names = recipients.flatMap((each) => readAlertName(each, domain) ?? []);
  for (const name of new Set(names)) await takeAlert(outside, mail, { name, head });
  const others = mail.rcptTo.filter((each) => readAlertName(each, domain) === undefined);
  if (names.length === 0 || others.length > 0) {
    await takeArrival(outside, { ...mail, rcptTo: others });
  }
}

async function takeAlert(
  outside: TakeOutside,
  mail: ArrivedMail,
  { name, head }: { name: string; head: string },
): Promise<void> {
  const { store, keys, now } = outside;
  const address = await store.alertAddresses.find(name);
  if (!address || address.endedAt) return;
  // A filter that forwards everything sends our own letters, too: they would come round for ever.
  const ours = parseFieldBlocks(head)[0]?.get('x-entity-ref-id') ?? '';
  if (findReferences(keys, ours).length > 0) {
    await store.alertAddresses.recordOwn(address.id, now());
    return;
  }
  const reader = await store.subscribers.findBySubscriber(address.subscriberId);
  if (reader?.state === 'active') await keep(outside, mail, address);
}

async function keep(
  { store, queue, now }: TakeOutside,
  { source, key, mailFrom, client, raw }: ArrivedMail,
  { id: addressId, subscriberId }: AlertAddress,
): Promise<void> {
  const at = now();
  const taken = await store.transaction(async (tx) => {
    await tx.alertAddresses.lock(addressId);
    const use = await tx.alertMails.measure(subscriberId, at);
    const reached = findReached(use, raw.length);
    if (reached) {
      await tx.alertAddresses.recordRefused(addressId, reached, at);
      return { reached };
    }
    const arrival = { subscriberId, key: `${subscriberId}:${key}`, at, mailFrom, client, raw };
    return { id: await tx.alertMails.insert(arrival) };
  });
  if (taken.id !== undefined) await queue.enqueue('alert', { mailId: taken.id });
  // Nobody stands behind a folder who would try again tomorrow.
  const isLost = source === 'spool' && taken.reached !== 'house';
  if (taken.reached && !isLost) throw new NoRoom(taken.reached);
}

function readHead(raw: Uint8Array): string {
  const bytes = raw.subarray(0, LONGEST_HEAD);
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return text.split(/\r?\n\r?\n/, 1)[0] ?? '';
}

function recipientsIn(head: string): string[] {
  return Array.from(head.matchAll(HANDED_TO), ([, value = '']) =>
    value.trim().replace(/^<|>$/g, ''),
  );
}
