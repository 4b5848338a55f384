import { setTimeout as wait } from 'node:timers/promises';
import { mayGoElsewhere, type SendResult, wasBeforeReader } from '../../core/letter/delivery.ts';
import { intervalOf, LATE_TURN_MS, type PaceAsk } from '../../core/letter/rate.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { Message } from '../../mail/message.ts';
import type { Seat } from '../../mail/relay/relay.ts';
import type { Outside } from '../steps.ts';
import type { DomainRests } from './domain-rests.ts';

type HandOverOutside = Pick<Outside, 'store' | 'relay' | 'mxGroups' | 'config'>;

/** A turn that comes within this is waited for with a connection in hand. */
const PATIENCE_MS = 1_000;
const DATABASE_AWAY_MS = 1_000;
/** Another relay is well, and only has no room at this moment. */
const ROOM_SOON_MS = 250;

/** What was read, and from whom. */
export interface HandedOver {
  readonly result: SendResult;
  readonly relay: string;
}

/**
 * Hands a message to the relay of its seat when it is its turn, and to the next one where that
 * relay is away, wants nothing of us or has no turn. What a relay says before it heard of the
 * reader is that relay's: as long as another is left, the message goes back without a word.
 */
export async function handOver(
  outside: HandOverOutside,
  work: {
    readonly message: Message;
    readonly gate: () => Promise<boolean>;
    readonly seat: Seat;
    readonly rests: DomainRests;
  },
): Promise<HandedOver> {
  const { message, gate, rests } = work;
  const recipient = domainOf(message.to);
  const restMs = rests.left(recipient);
  if (restMs > 0) {
    return { result: { kind: 'paced', waitMs: restMs, of: 'recipient' }, relay: work.seat.relay };
  }
  const domain = await askOfDomain(outside, recipient);
  const turn = (relay: PaceAsk | undefined) => takeTurn(outside, relay, domain);
  const tried = new Set<string>();
  for (let seat = work.seat; ; ) {
    const result = await seat.send(message, { gate, turn });
    tried.add(seat.relay);
    const next = mayGoElsewhere(result) ? outside.relay.takeSeat(tried) : undefined;
    if (next) {
      seat = next;
      continue;
    }
    rests.note(recipient, result);
    return { result: isOthersTurn(outside, result, tried) ? soon : result, relay: seat.relay };
  }
}

const soon: SendResult = { kind: 'paced', waitMs: ROOM_SOON_MS, of: 'relay' };

/** Whether it failed for what its relay is, and one that was not tried may take it in a moment. */
function isOthersTurn(
  { relay }: Pick<Outside, 'relay'>,
  result: SendResult,
  tried: ReadonlySet<string>,
): boolean {
  const isOfRelay = wasBeforeReader(result) && !('isOfMessage' in result);
  return isOfRelay && relay.look(tried).some(({ state }) => !state.down && state.restMs === 0);
}

/** The limit that a recipient's domain comes under: its own, its mail servers', or that of all others. */
async function askOfDomain(
  { mxGroups, config }: Pick<Outside, 'mxGroups' | 'config'>,
  domain: string,
): Promise<PaceAsk | undefined> {
  const { domainRates } = config.sending;
  if (domainRates.size === 0) return undefined;
  const group = domainRates.has(domain) ? domain : await mxGroups.groupOf(domain);
  const rate = domainRates.get(group) ?? domainRates.get('*');
  const intervalMs = rate && intervalOf(rate);
  return intervalMs ? { name: `domain ${group}`, intervalMs } : undefined;
}

/** Resolves at this message's turn with undefined, or at once with why it has none soon. */
async function takeTurn(
  { store }: Pick<Outside, 'store'>,
  relay: PaceAsk | undefined,
  domain: PaceAsk | undefined,
): Promise<SendResult | undefined> {
  const asks = [relay, domain].filter((ask) => ask !== undefined);
  if (asks.length === 0) return undefined;
  try {
    for (;;) {
      const turn = await store.paces.take(asks, PATIENCE_MS);
      if (!turn.isTaken) {
        return domain && turn.by === domain.name
          ? { kind: 'paced', waitMs: await store.paces.queueUp(domain), of: 'recipient' }
          : { kind: 'paced', waitMs: turn.waitMs, of: 'relay' };
      }
      const at = performance.now() + turn.waitMs;
      await wait(Math.max(0, Math.ceil(turn.waitMs)));
      if (performance.now() - at <= LATE_TURN_MS) return undefined;
    }
  } catch {
    // Without its ledger nothing may be sent: whoever records this hears of the reason.
    return { kind: 'paced', waitMs: DATABASE_AWAY_MS, of: 'relay' };
  }
}
