import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { deliveryStates, failureCauses } from '../core/letter/delivery-filter.ts';
import { fates } from '../core/letter/resend.ts';
import { planResend, type ResendPlan } from '../steps/resend/plan.ts';
import { type PressState, pressResend, readPress } from '../steps/resend/press.ts';
import { findScope, type ResendWish } from '../steps/resend/scope.ts';
import type { Outside } from '../steps/steps.ts';
import { type Answer, buildTable, type Caller, CommandError, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, rowId, tellMore } from './page.ts';
import { handedOver, listedPress, press, resendPlan } from './shapes/delivery.ts';
import { describeDelivery, waitUntil } from './waiting.ts';

const args = z.object({
  edition: z.string().optional(),
  address: z.string().optional(),
  delivery: z.number().int().min(1).optional(),
  failed: z.boolean().default(false),
  inDoubt: z.boolean().default(false),
  deferred: z.boolean().default(false),
  correction: z.string().optional(),
  state: z.enum(deliveryStates).optional(),
  cause: z.enum(failureCauses).optional(),
  domain: z.string().optional(),
  dryRun: z.boolean().default(false),
  yes: z.boolean().default(false),
  reason: z.string().default('by hand'),
  key: z.string().optional(),
});
type Args = z.infer<typeof args>;

export const resend = defineCommand({
  right: 'look',
  rightFor({ correction, dryRun }) {
    if (dryRun) return 'look';
    return correction === undefined ? 'operate' : 'resend_all';
  },
  needsWorkers: true,
  args,
  answers: z.union([press, handedOver, resendPlan]),
  async run(outside, given, caller) {
    const scope = await findScope(outside, wishOf(given));
    const plan = await planResend(outside, scope);
    if (given.dryRun) return { lines: describePlan(plan), data: plan };
    if (plan.total === 0) throw new CommandError('there is nothing of that kind to resend');
    const { pressId } = await pressResend(outside, {
      scope,
      asOf: plan.asOf,
      allowsCopies: given.yes,
      key: caller.onceKey ?? given.key ?? randomUUID(),
      reason: given.reason,
      actor: caller.actor,
    });
    const look = () => readPress(outside, pressId);
    if (caller.isHasty) return { lines: [], data: await look(), goesOn: true };
    await waitUntil(async () => {
      const { isEnded, left } = await look();
      caller.progress?.(plan.total - left, plan.total, 'deliveries');
      return isEnded || left;
    });
    return describeEnd(outside, await look(), { given, caller });
  },
});

const list = 'resends';

export const resendsList = defineCommand({
  right: 'look',
  args: z.object({ before: rowId.optional(), ...pageArgs(list) }),
  answers: pageOf(listedPress),
  async run({ store }, { before, limit, cursor }) {
    const beforeId = idAt(cursor, before);
    const presses = await store.presses.list({ beforeId, most: limit + 1 });
    const page = cutPage(presses, { list, limit, placeOf: ({ id }) => [id] });
    const items = page.items.map(({ scope, ...rest }) => {
      const edition = 'edition' in scope ? (scope.edition ?? null) : null;
      return { ...rest, kind: scope.kind, edition };
    });
    const rows = items.map((each) => [
      String(each.id),
      each.at.toISOString().slice(0, 16),
      each.actor,
      each.kind,
      each.edition ?? '',
      each.endedAt ? 'ended' : 'going on',
      each.reason,
    ]);
    const head = ['resend', 'when', 'who', 'what', 'edition', 'state', 'why'];
    const lines = buildTable(head, rows, 'Nothing was resent yet.');
    return { lines: [...lines, ...tellMore(page)], data: { ...page, items } };
  },
});

export const resendsShow = defineCommand({
  right: 'look',
  args: z.object({ resend: rowId }),
  answers: press,
  async run(outside, { resend: id }) {
    if (!(await outside.store.presses.find(id))) {
      throw new CommandError(`there is no resend ${id}`, 'missing');
    }
    const state = await readPress(outside, id);
    const lines = [
      state.isEnded ? `resend ${id} is ended.` : `resend ${id} goes on, ${state.left} left.`,
      ...state.fates.map(({ fate, count }) => `${String(count).padStart(6)}  ${fates[fate]}`),
    ];
    return { lines, data: state };
  },
});

/** The one thing that the arguments ask for. */
function wishOf(given: Args): ResendWish {
  const { edition, address, delivery, correction, state, cause, domain } = given;
  const isFilter = [state, cause, domain].some((value) => value !== undefined);
  const asked = [
    delivery !== undefined,
    given.failed,
    given.inDoubt,
    given.deferred,
    correction !== undefined,
    isFilter,
    address !== undefined,
  ].filter(Boolean).length;
  if (asked !== 1) {
    throw new CommandError(
      'say what to resend, one of: EDITION ADDRESS, --delivery ID, EDITION --failed, EDITION --in-doubt, --deferred, EDITION --correction NOTE, or a filter by --state, --cause and --domain',
    );
  }
  if (delivery !== undefined) return { kind: 'delivery', delivery };
  if (given.deferred) return { kind: 'deferred', edition };
  if (isFilter) return { kind: 'filter', filter: { state, cause, domain, edition } };
  if (edition === undefined) throw new CommandError('say which edition, such as 2025-05-07');
  if (correction !== undefined) return { kind: 'correction', edition, note: correction };
  if (address !== undefined) return { kind: 'reader', edition, address };
  return { kind: given.failed ? 'failed' : 'in_doubt', edition };
}

/** What would become of everything, with the first few of each. */
function describePlan(plan: ResendPlan): string[] {
  if (plan.total === 0) return ['There is nothing of that kind.'];
  const lines = plan.fates.flatMap(({ fate, count, samples }) => [
    `${String(count).padStart(6)}  ${fates[fate]}`,
    ...samples.map(({ id, address }) => `          delivery ${id} to ${address ?? '(erased)'}`),
  ]);
  const copies = plan.copies > 0 ? `; ${plan.copies} may have a copy and need --yes` : '';
  return [...lines, `Of ${plan.total}, ${plan.going} would go out${copies}. Nothing was sent.`];
}

/** What a press came to: one delivery in the server's own words, more as counts. */
async function describeEnd(
  outside: Outside,
  state: PressState,
  { given: { edition, yes }, caller }: { given: Args; caller: Caller },
): Promise<Answer<z.infer<typeof handedOver> | PressState>> {
  const reasons = state.fates.map(({ fate, count }) => `${count}: ${fates[fate]}`);
  if (!state.isEnded) {
    const line = `still going on, ${state.left} left: is a "paperround workers" process running?`;
    return { lines: [...reasons, line], data: state };
  }
  if (state.made === 0) {
    const isAsking = !yes && state.fates.some(({ fate }) => fate === 'needs_yes');
    const hint = isAsking ? ' (--yes allows second copies)' : '';
    throw new CommandError(`nothing was sent. ${reasons.join('; ')}${hint}`);
  }
  const [one] = await outside.store.presses.listMade(state.pressId, 1);
  if (state.made === 1 && state.fates.length === 1 && one) {
    const delivery = await outside.store.deliveries.find(one.id);
    const number = (delivery?.resend ?? 0) + 1;
    const what = `copy ${number} of ${edition ?? 'the edition'}`;
    return describeDelivery(outside, { id: one.id, what }, caller);
  }
  const follow = 'It goes out now; "paperround today" shows how far.';
  return { lines: [...reasons, follow], data: state };
}
