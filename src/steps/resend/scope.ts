import type { AskedDeliveries } from '../../core/letter/delivery-filter.ts';
import type { ResendScope } from '../../core/letter/resend.ts';
import { parseAddress } from '../../core/reader/address.ts';
import type { Outside } from '../steps.ts';

/** A resend that may not be; the message says why and what to do. */
export class ResendRefused extends Error {
  override readonly name = 'ResendRefused';
}

/** What somebody asks for, in names. */
export type ResendWish =
  | { readonly kind: 'delivery'; readonly delivery: number }
  | { readonly kind: 'failed' | 'in_doubt'; readonly edition: string }
  | { readonly kind: 'deferred'; readonly edition?: string | undefined }
  | { readonly kind: 'reader'; readonly edition: string; readonly address: string }
  | { readonly kind: 'correction'; readonly edition: string; readonly note: string }
  | {
      readonly kind: 'filter';
      readonly filter: Omit<AskedDeliveries, 'editionId' | 'subscriberId'> & {
        readonly edition?: string | undefined;
      };
    };

const SHORTEST_NOTE = 10;
const LONGEST_NOTE = 500;

/** Finds what a wish names. Throws ResendRefused where it names nothing that could be resent. */
export async function findScope(
  { store }: Pick<Outside, 'store'>,
  wish: ResendWish,
): Promise<ResendScope> {
  switch (wish.kind) {
    case 'delivery': {
      const [target] = await store.presses.listTargets([wish.delivery], nowhere);
      if (!target) throw new ResendRefused(`there is no delivery ${wish.delivery}`);
      return wish;
    }
    case 'filter': {
      const { edition, address, ...filter } = wish.filter;
      const of = edition === undefined ? {} : { editionId: await findEdition(store, edition) };
      // The audit keeps a scope for ever, past the erasing of whom it names.
      const to =
        address === undefined ? {} : { subscriberId: await findSubscriber(store, address) };
      return { kind: 'filter', filter: { ...filter, ...of, ...to } };
    }
    case 'deferred': {
      if (wish.edition === undefined) return { kind: 'deferred' };
      const { edition } = wish;
      return { kind: 'deferred', edition, editionId: await findEdition(store, edition) };
    }
    case 'reader': {
      const { edition, address } = wish;
      const editionId = await findEdition(store, edition);
      const subscriberId = await findSubscriber(store, address);
      return { kind: 'reader', edition, editionId, subscriberId };
    }
    case 'correction': {
      const { edition } = wish;
      const note = wish.note.replace(/\s+/g, ' ').trim();
      if (note.length < SHORTEST_NOTE || note.length > LONGEST_NOTE) {
        throw new ResendRefused(
          `a correction says what was wrong, in ${SHORTEST_NOTE} to ${LONGEST_NOTE} characters`,
        );
      }
      return { kind: 'correction', edition, note, editionId: await findEdition(store, edition) };
    }
    default:
      return { ...wish, editionId: await findEdition(store, wish.edition) };
  }
}

const nowhere = { asOf: 0, quietMs: 0 };

async function findEdition(store: Outside['store'], name: string): Promise<number> {
  const edition = await store.editions.findByName(name);
  if (edition?.releasedAt) return edition.id;
  throw new ResendRefused(
    `there is no released edition "${name}": "paperround editions show" lists them`,
  );
}

async function findSubscriber(store: Outside['store'], address: string): Promise<number> {
  const reader = await store.subscribers.findByAddress(keyOf(address));
  if (!reader) throw new ResendRefused(`${address} has no subscription`);
  return reader.subscriberId;
}

function keyOf(address: string): string {
  try {
    return parseAddress(address).key;
  } catch (cause) {
    throw new ResendRefused((cause as Error).message, { cause });
  }
}

/** What a scope is called in the audit. */
export function subjectOf(scope: ResendScope): string {
  if (scope.kind === 'delivery') return `delivery ${scope.delivery}`;
  if (scope.kind === 'filter') return 'deliveries';
  return scope.edition === undefined ? 'deliveries' : `edition ${scope.edition}`;
}
