import type { Edition } from '../../core/edition/edition.ts';
import { type ApprovalFacts, writeApproval } from '../../core/letter/operator-notices.ts';
import { nextCut } from '../../core/reader/schedule.ts';
import type { Store } from '../../store/store.ts';
import { findRestored } from '../backup/restored.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { listOperatorAddresses } from '../desk/operator-addresses.ts';
import { OrderRefused } from '../order-refused.ts';
import type { Outside } from '../steps.ts';

type ApproveOutside = Pick<
  Outside,
  'store' | 'config' | 'now' | 'keys' | 'rendering' | 'renderingHash' | 'renderings'
>;

/** How long before readers are due the operators are reminded of an edition that waits for them. */
const REMIND_BEFORE_MS = 60 * 60_000;
/** Sooner after it was held, the first mail is reminder enough. */
const QUIET_MS = 15 * 60_000;

/** Asks the operators by mail to release an edition that was just cut, in the caller's transaction. */
export async function askApproval(outside: ApproveOutside, edition: Edition): Promise<void> {
  const firstDue = await outside.store.subscribers.findFirstDue(outside.now());
  await tellOperators(outside, edition, { firstDue, isReminder: false });
}

/** Reminds the operators of each edition that waits, once, before the first readers are due. */
export async function remindOfHeld(outside: ApproveOutside): Promise<void> {
  const { store, now } = outside;
  const held = await store.editions.listHeld();
  if (held.length === 0) return;
  const at = now().getTime();
  const firstDue = await store.subscribers.findFirstDue(now());
  if (!firstDue || firstDue.getTime() - at > REMIND_BEFORE_MS) return;
  for (const { id, cutAt } of held) {
    if (at - cutAt.getTime() < QUIET_MS) continue;
    const edition = await store.editions.find(id);
    if (edition?.state !== 'held') continue;
    await store.transaction((tx) =>
      tellOperators({ ...outside, store: tx }, edition, { firstDue, isReminder: true }),
    );
  }
}

/** One mail to everyone who may release it and has an address; else to the service's own, unless nobody has that. */
async function tellOperators(
  outside: ApproveOutside,
  edition: Edition,
  facts: Pick<ApprovalFacts, 'firstDue' | 'isReminder'>,
): Promise<void> {
  const { store, config, now } = outside;
  const [named] = await store.editions.listNames([edition.id]);
  const content = writeApproval({
    ...facts,
    edition: edition.name ?? '',
    papers: named?.papers ?? 0,
    publicUrl: config.http.publicUrl,
  });
  for (const address of await listOperatorAddresses(outside)) {
    const key = `approval-${edition.id}-${facts.isReminder ? 'again' : 'first'}-${address}`;
    const notice = { notice: 'approval', key, address, subscriberId: null, content };
    await recordNotice(outside, notice, now());
  }
}

/** A decision on a held edition. */
export interface Decision {
  readonly edition: string;
  readonly actor: string;
  readonly reason?: string;
}

/**
 * Gives a held edition to the readers: whoever is due from now on gets it, and those who were
 * due before with their next digest. Throws OrderRefused where it is not held.
 */
export async function releaseEdition(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  { edition: name, actor, reason }: Decision,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    const edition = await findHeld(tx, name);
    if (!(await tx.editions.recordReleased(edition.id, at))) throw await notHeld(tx, name);
    const detail = reason ? { reason } : {};
    const entry = { at, actor, action: 'release', subject: `edition ${name}`, detail };
    await tx.records.recordAudit(entry);
  });
}

/** Sends a held edition to nobody: its papers go back to the draft. Throws OrderRefused where it is not held. */
export async function refuseEdition(
  { store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>,
  { edition: name, actor, reason }: Decision,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    const draft = await tx.editions.lockDraft({ at, cutDueAt: nextCut(config.cut, at) });
    const edition = await findHeld(tx, name);
    const passed = { because: 'refused', draftId: draft.id, at } as const;
    if (!(await tx.editions.recordPassed(edition.id, passed))) throw await notHeld(tx, name);
    const detail = reason ? { reason } : {};
    const entry = { at, actor, action: 'refuse', subject: `edition ${name}`, detail };
    await tx.records.recordAudit(entry);
  });
}

/**
 * The papers of what nobody answered until the next cut pass to it, in the caller's transaction;
 * not of what a restore set aside: it may have been released and sent before.
 */
export async function passUnanswered(
  tx: Store,
  { draftId, at }: { draftId: number; at: Date },
): Promise<void> {
  const aside = (await findRestored(tx))?.setAside ?? 0;
  for (const { id } of await tx.editions.listHeld()) {
    if (id <= aside) continue;
    const edition = await tx.editions.recordPassed(id, { because: 'unanswered', draftId, at });
    if (!edition) continue;
    const subject = `edition ${edition.name}`;
    await tx.records.recordAudit({ at, actor: 'cut', action: 'pass', subject, detail: {} });
  }
}

async function findHeld(tx: Store, name: string): Promise<Edition> {
  const edition = await tx.editions.findByName(name);
  if (edition?.state === 'held') return edition;
  throw await notHeld(tx, name);
}

async function notHeld(tx: Store, name: string): Promise<OrderRefused> {
  const edition = await tx.editions.findByName(name);
  if (!edition) return new OrderRefused(`there is no edition ${name}`, 'missing');
  if (edition.passedBecause) {
    return new OrderRefused(
      `the papers of edition ${name} passed to a later one already`,
      'conflict',
    );
  }
  return new OrderRefused(
    `edition ${name} is ${edition.state}: only a held one waits for you`,
    'conflict',
  );
}
