import type { SendResult } from '../../src/core/letter/delivery.ts';
import type { Message } from '../../src/mail/message.ts';
import type { Relay } from '../../src/mail/relay/relay.ts';

/** Sends one message by a relay that has room, without any check. */
export async function sendBy(relay: Relay, message: Message): Promise<SendResult> {
  const seat = relay.takeSeat();
  if (!seat) throw new Error(`${relay.name} has no room`);
  return seat.send(message, { gate: async () => true });
}
