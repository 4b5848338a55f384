import { randomUUID } from 'node:crypto';
import { planResend } from '../../src/steps/resend/plan.ts';
import { pressResend } from '../../src/steps/resend/press.ts';
import { findScope, type ResendWish } from '../../src/steps/resend/scope.ts';
import { workPress } from '../../src/steps/resend/work.ts';
import type { Outside } from '../../src/steps/steps.ts';

/** Plans, presses and does a resend, as one operator by themselves would. */
export async function resendNow(
  outside: Outside,
  wish: ResendWish,
  given: { allowsCopies?: boolean; key?: string; actor?: string } = {},
) {
  const scope = await findScope(outside, wish);
  const plan = await planResend(outside, scope);
  const order = { scope, asOf: plan.asOf, key: randomUUID(), reason: 'a test', actor: 'test' };
  const pressed = await pressResend(outside, { ...order, allowsCopies: true, ...given });
  const state = await workPress(outside, pressed.pressId);
  const [made] = await outside.store.presses.listMade(pressed.pressId, 1);
  return { ...state, plan, deliveryId: made?.id, fate: state.fates[0]?.fate };
}

/** An edition to one reader, whatever they had of it. */
export function resendEdition(outside: Outside, order: { edition: string; address: string }) {
  return resendNow(outside, { kind: 'reader', ...order });
}
