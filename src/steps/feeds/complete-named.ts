import { FeedError } from '../../core/feed/feed.ts';
import { nextRetry } from '../../core/feed/feed-pace.ts';
import { nextLookUp, TITLE_LOOK_UP } from '../../core/feed/look-ups.ts';
import type { PaperIds } from '../../core/paper/identifier.ts';
import { isIdKey } from '../../core/paper/identity.ts';
import { paperKeys } from '../../core/paper/paper.ts';
import type { SoughtItem } from '../../store/ledger/sought-items.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';

type NamedOutside = Pick<Outside, 'store' | 'feeds' | 'now'>;

const DAY_MS = 24 * 3_600_000;
/** A source that fails is asked again by the hour, as a feed that failed some times. */
const RETRIES = 4;

/**
 * Asks a source for papers that were named to readers without an id, by title and first author,
 * each once for all of them. What is found has its id from then on, by which more is known of it.
 */
export async function completeNamed(outside: NamedOutside): Promise<void> {
  const { store, now } = outside;
  const asked = await store.soughtItems.countAsked(new Date(now().getTime() - DAY_MS));
  const most = Math.min(TITLE_LOOK_UP.aRun, TITLE_LOOK_UP.aDay - asked);
  if (most <= 0) return;
  for (const sought of await store.soughtItems.listDue(now(), most)) {
    if (!(await ask(outside, sought))) return;
  }
}

/** Whether the source could be asked. */
async function ask(outside: NamedOutside, sought: SoughtItem): Promise<boolean> {
  const { store, feeds, now } = outside;
  try {
    const found = await feeds.findNamed(sought.paper);
    await record(outside, sought, found?.ids);
    return true;
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    await store.soughtItems.postpone(sought.key, nextRetry(now(), RETRIES, error.retryAfterMs));
    return false;
  }
}

async function record(
  { store, now }: NamedOutside,
  { key, tries }: SoughtItem,
  ids: PaperIds | undefined,
): Promise<void> {
  const at = now();
  await store.transaction(async (tx) => {
    if (ids) await tellIds(tx, { key, ids, at });
    await tx.soughtItems.recordAsked(key, { at, nextAt: ids ? null : nextLookUp(at, tries) });
  });
}

/** As if the mails had said so: who was named it under that id too has one item of both. */
async function tellIds(
  tx: Store,
  { key, ids, at }: { readonly key: string; readonly ids: PaperIds; readonly at: Date },
): Promise<void> {
  const keys = paperKeys({ ids, title: '' }).filter(isIdKey);
  await tx.soughtItems.recordIds(key, ids, keys);
  for (const { subscriberId, kind, paper, reasons } of await tx.soughtItems.listBy(key)) {
    const [reason] = reasons;
    if (reason) await tx.items.add(subscriberId, [{ kind, paper, reason }], at);
  }
}
