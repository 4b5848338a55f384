import { randomBytes } from 'node:crypto';
import { NAME_BYTES, readAlertName, writeAlertName } from '../../core/alerts/alert-address.ts';
import type { RecipientVerdict } from '../../core/feedback/recipient.ts';
import { judgeRecipient } from '../../core/feedback/recipient.ts';
import type { Outside } from '../steps.ts';

type AddressOutside = Pick<Outside, 'store' | 'config' | 'now'>;

/** Whose address for alerts it is about, and who asks. */
export interface AddressOrder {
  readonly subscriberId: number;
  /** For the audit: `reader`, or an operator's name. */
  readonly actor: string;
}

/** The reader's address for alerts in full; undefined where they have none, or nothing comes in here. */
export async function findAlertAddress(
  { store, config }: AddressOutside,
  subscriberId: number,
): Promise<string | undefined> {
  const { domain } = config.inbound;
  const open = domain && (await store.alertAddresses.findOpen(subscriberId));
  return open ? `${open.name}@${domain}` : undefined;
}

/** Makes a reader's address for alerts, in the place of the one they have, which then swallows what comes. */
export async function openAlertAddress(
  outside: AddressOutside,
  { subscriberId, actor }: AddressOrder,
): Promise<void> {
  const name = writeAlertName(randomBytes(NAME_BYTES));
  await outside.store.transaction(async (tx) => {
    const at = outside.now();
    const isReplaced = await tx.alertAddresses.end(subscriberId, at);
    await tx.alertAddresses.insert(subscriberId, name, at);
    await audit(tx, { subscriberId, actor, action: isReplaced ? 'replace' : 'make', at });
  });
}

/** Ends it: what comes is swallowed for a while, and has no mailbox then. False where there is none. */
export async function endAlertAddress(
  outside: AddressOutside,
  { subscriberId, actor }: AddressOrder,
): Promise<boolean> {
  return outside.store.transaction(async (tx) => {
    const at = outside.now();
    if (!(await tx.alertAddresses.end(subscriberId, at))) return false;
    await audit(tx, { subscriberId, actor, action: 'end', at });
    return true;
  });
}

function audit(
  store: Outside['store'],
  { subscriberId, actor, action, at }: AddressOrder & { action: string; at: Date },
) {
  const entry = { at, actor, action: `${action}_alert_address`, detail: {} };
  return store.records.recordAudit({ ...entry, subject: `subscriber ${subscriberId}` });
}

/** Judges a recipient at the door: an address for alerts must be somebody's, or have been until lately. */
export async function judgeAtDoor(
  { store, config, keys }: AddressOutside & Pick<Outside, 'keys'>,
  recipient: string,
): Promise<RecipientVerdict> {
  const { domain } = config.inbound;
  const name = readAlertName(recipient, domain);
  if (name === undefined) return judgeRecipient(recipient, domain ?? '', keys);
  return (await store.alertAddresses.find(name)) ? 'ours' : 'unknown';
}
