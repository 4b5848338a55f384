import { classifyMail, type Meaning } from '../../core/feedback/classify.ts';
import { type FeedbackEvent, feedbackEvents } from '../../core/feedback/events.ts';
import { hideAddresses } from '../../core/feedback/forward.ts';
import { type InboundMail, parseMail } from '../../core/feedback/mail.ts';
import { findPointers, type Pointers } from '../../core/feedback/places.ts';
import { domainOf } from '../../core/reader/address.ts';
import { findReferences, type ReferencePurpose } from '../../core/reader/references.ts';
import type { Inbound } from '../../store/feedback/inbound.ts';
import type { Outside } from '../steps.ts';

/** One thing that came back, understood, before anything is done. */
export interface Reading {
  readonly meaning: Meaning;
  readonly pointers: Pointers;
  /** Absent for an event without one. */
  readonly mail: InboundMail | undefined;
}

type ReadOutside = Pick<Outside, 'store' | 'keys' | 'rendering'>;

/** Reads what arrived: one mail, or the events of a webhook. */
export async function readInbound(outside: ReadOutside, inbound: Inbound): Promise<Reading[]> {
  const { raw, mailFrom, rcptTo, source } = inbound;
  if (source !== 'webhook') {
    const envelope = { from: mailFrom ?? undefined, to: rcptTo };
    return [await readMail(outside, await parseMail(raw, envelope))];
  }
  const events = feedbackEvents.parse(JSON.parse(Buffer.from(raw).toString('utf8')));
  const readings: Reading[] = [];
  for (const event of events) readings.push(await readEvent(outside, event));
  return readings;
}

async function readMail({ store, keys, rendering }: ReadOutside, mail: InboundMail) {
  const pointers = findPointers(mail, keys, domainOf(rendering.from));
  const ownId = mail.headers.get('message-id') ?? '';
  const isOwn = pointers.isOwn || (await store.deliveries.listKnown([ownId])).length > 0;
  const meaning = classifyMail(mail, {
    isOwn,
    isToLeave: pointers.leaving.length + pointers.ending.length > 0,
  });
  return { meaning, pointers, mail };
}

async function readEvent(outside: ReadOutside, event: FeedbackEvent): Promise<Reading> {
  if ('raw' in event) {
    const mail = await parseMail(Buffer.from(event.raw, 'base64'), { from: undefined, to: [] });
    return readMail(outside, mail);
  }
  const references = findReferences(outside.keys, event.reference ?? '');
  const idsOf = (purpose: ReferencePurpose) =>
    references.filter((each) => each.purpose === purpose).map(({ id }) => id);
  const pointers: Pointers = {
    deliveries: idsOf('bounce'),
    messageIds: event.messageId === undefined ? [] : [bracket(event.messageId)],
    subscriptions: idsOf('leave'),
    leaving: [],
    ending: idsOf('end_announcements'),
    isOwn: false,
  };
  return { meaning: meaningOf(event), pointers, mail: undefined };
}

function meaningOf({
  type,
  code,
  enhancedCode,
  text,
}: Exclude<FeedbackEvent, { raw: string }>): Meaning {
  if (type === 'complaint') return { verdict: 'complaint' };
  if (type === 'delivered') return { verdict: 'delivered' };
  if (type === 'unsubscribe') return { verdict: 'leave', isMore: false };
  const reply = {
    code: code ?? (enhancedCode?.startsWith('4') ? 450 : 550),
    text: hideAddresses(text ?? ''),
    ...(enhancedCode ? { enhancedCode } : {}),
  };
  return { verdict: 'bounce', reply };
}

function bracket(messageId: string): string {
  return `<${messageId.trim().replace(/^<|>$/g, '')}>`;
}
