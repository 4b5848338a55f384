import { writeAlertConfirmation } from '../../core/letter/notices.ts';
import { MAILED_LINK_MS } from '../../core/reader/sign-up.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { StoredConfirmation } from '../../store/readers/alert-mails.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { from } from '../readers/language.ts';
import { countToLimit, DAY_MS } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';

/** What a stranger who knows an address could cause at most. */
const MOST_TOLD_A_DAY = 5;

type TellOutside = Pick<
  Outside,
  'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/**
 * Mails a reader at once that a service asks to confirm something about their address for alerts, in the
 * caller's transaction, with a link to their page. False where they got five of these today.
 */
export async function tellConfirmation(
  outside: TellOutside,
  asked: {
    readonly mailId: number;
    readonly reader: Subscription;
    readonly confirmation: StoredConfirmation;
    /** Somebody else's mailbox asks. */
    readonly isOthers: boolean;
  },
): Promise<boolean> {
  const { mailId, reader, confirmation, isOthers } = asked;
  const { id: subscriptionId, subscriberId, address, profile } = reader;
  const limit = { name: 'alert confirmation', key: String(subscriberId), windowMs: DAY_MS };
  const wait = await countToLimit(outside, { ...limit, most: MOST_TOLD_A_DAY });
  if (wait !== undefined) return false;
  const at = outside.now();
  const link = await outside.store.mailedLinks.insert({
    subscriptionId,
    purpose: 'private',
    address: null,
    next: null,
    createdAt: at,
    expiresAt: new Date(at.getTime() + MAILED_LINK_MS),
  });
  const { by, requestedBy } = confirmation;
  const said = { by, link: link.id, isOthers, ...(requestedBy && { requestedBy }) };
  const content = writeAlertConfirmation(from(outside, reader), said);
  const to = { address, subscriberId, language: profile.language };
  const notice = { notice: 'alert', key: `alert-${mailId}`, ...to, content };
  return (await recordNotice(outside, notice, at)) !== undefined;
}
