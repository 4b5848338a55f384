/** Everything that a webhook can tell, by the word that an operator chooses it with. */
export const webhookEvents = {
  subscribed: {
    type: 'reader.subscribed',
    says: 'somebody asked for the mail, or was added or imported',
  },
  confirmed: { type: 'reader.confirmed', says: 'their mail begins, by their word or yours' },
  left: { type: 'reader.left', says: 'they left, by any way, or were erased' },
  cut: { type: 'edition.cut', says: 'an edition was closed to new papers' },
  released: { type: 'edition.released', says: 'an edition is there for its readers' },
  accepted: { type: 'delivery.accepted', says: 'a mail server accepted a message' },
  delivered: {
    type: 'delivery.delivered',
    says: 'the vendor of a relay says that it handed a message over',
  },
  bounced: { type: 'delivery.bounced', says: 'a message came back, or was refused' },
  complained: { type: 'delivery.complained', says: 'a reader called a message spam' },
} as const;

export type WebhookEvent = keyof typeof webhookEvents;

export const eventNames = Object.keys(webhookEvents) as WebhookEvent[];

/** Whether a word names an event. */
export function isEvent(word: string): word is WebhookEvent {
  return Object.hasOwn(webhookEvents, word);
}

/** The tables that tell events, each by ids that only grow. */
export const eventSources = ['consent', 'audit', 'feedback', 'attempt', 'noted_event'] as const;

export type EventSource = (typeof eventSources)[number];

/** An id of each table: everything up to it. */
export type Marks = Readonly<Record<EventSource, number>>;

/** One event as the tables tell it. */
export interface EventRow {
  readonly source: EventSource;
  readonly id: number;
  readonly event: WebhookEvent;
  readonly at: Date;
  readonly subscriptionId: number | null;
  /** Null where the reader was erased, or there is none. */
  readonly address: string | null;
  readonly deliveryId: number | null;
  /** The name of an edition. */
  readonly edition: string | null;
  /** What else is told of it, such as how somebody left. */
  readonly facts: Readonly<Record<string, string | null>> | null;
}

/** A batch as it is told. */
export interface ToldBatch {
  readonly id: number;
  readonly webhook: string;
  /** The batch that this webhook had before it. */
  readonly previousId: number | null;
  readonly madeAt: Date;
  readonly withAddresses: boolean;
  readonly isTest: boolean;
}

/**
 * The body of a batch, in the form of Standard Webhooks. Events stand in the order in which they
 * happened, each with an id that is the same whenever it is told.
 */
export function buildBatch(batch: ToldBatch, rows: readonly EventRow[]): string {
  const { id, webhook, previousId, madeAt, withAddresses, isTest } = batch;
  return JSON.stringify({
    type: isTest ? 'test' : 'events',
    timestamp: madeAt.toISOString(),
    data: {
      webhook,
      batch: id,
      previous: previousId,
      events: rows.map((row) => buildEvent(row, withAddresses)),
    },
  });
}

/** What a receiver knows a batch by, the same at every try; Standard Webhooks allows no full stop in it. */
export function batchKey({ id, madeAt }: Pick<ToldBatch, 'id' | 'madeAt'>): string {
  return `batch-${id}-${madeAt.getTime().toString(36)}`;
}

function buildEvent(row: EventRow, withAddresses: boolean) {
  const { source, id, event, at, subscriptionId, deliveryId, edition, address } = row;
  return {
    id: `${source}-${id}-${event}`,
    type: webhookEvents[event].type,
    timestamp: at.toISOString(),
    data: {
      ...(subscriptionId === null ? {} : { subscriptionId }),
      ...(deliveryId === null ? {} : { deliveryId }),
      ...(edition === null ? {} : { edition }),
      ...row.facts,
      ...(withAddresses && address !== null ? { address } : {}),
    },
  };
}
