import { writeForward, writeWaiting } from '../../core/feedback/forward.ts';
import type { InboundMail } from '../../core/feedback/mail.ts';
import { domainOf } from '../../core/reader/address.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { countToLimit, HOUR_MS } from '../readers/limit.ts';
import type { Outside } from '../steps.ts';

type ForwardOutside = Pick<
  Outside,
  'store' | 'keys' | 'config' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

/** So many in an hour are forwarded one by one; what comes beyond is told of as a number. */
const ONE_BY_ONE = 20;

/**
 * Forwards what a person wrote to the operator, as a notice in the caller's transaction. To
 * the one who wrote nothing ever goes. False where it waits to be looked at instead.
 */
export async function forwardMail(
  outside: ForwardOutside,
  mail: InboundMail,
  inboundId: number,
): Promise<boolean> {
  const { site, http } = outside.config;
  if (!mayForward(outside)) return false;
  const limit = { name: 'forwarded mail', key: '', most: ONE_BY_ONE, windowMs: HOUR_MS };
  if ((await countToLimit(outside, limit)) !== undefined) return false;
  const to = { site: site.name, publicUrl: http.publicUrl, inboundId };
  const content = writeForward(mail, to);
  await recordNotice(outside, noticeOf(outside, `reply:${inboundId}`, content), outside.now());
  return true;
}

/** Tells the operator once an hour how many wait that were not forwarded; how many. */
export async function tellWaiting(outside: ForwardOutside): Promise<number> {
  const { store, config, now } = outside;
  if (!mayForward(outside) || (await store.inbound.countUntold()) === 0) return 0;
  return store.transaction(async (tx) => {
    const count = await tx.inbound.countUntold();
    const hour = Math.floor(now().getTime() / HOUR_MS);
    const content = writeWaiting(config.site.name, count);
    const inside = { ...outside, store: tx };
    const told = await recordNotice(inside, noticeOf(outside, `replies:${hour}`, content), now());
    if (told === undefined) return 0;
    await tx.inbound.recordTold(now());
    return count;
  });
}

function noticeOf(
  { config }: ForwardOutside,
  key: string,
  content: ReturnType<typeof writeForward>,
) {
  return { notice: 'reply', key, address: config.site.contact, subscriberId: null, content };
}

/** A contact whose mail comes back here would be told of its own notices. */
function mayForward({ config }: Pick<Outside, 'config'>): boolean {
  const domain = domainOf(config.site.contact).toLowerCase();
  const isOurs = domain === config.inbound.domain || domain.endsWith(`.${config.inbound.domain}`);
  return !isOurs && !domain.endsWith('.invalid');
}
