import { type LedgerDay, sumDays } from '../../core/desk/days.ts';
import { dateIn } from '../../core/reader/schedule.ts';
import type { Outside } from '../steps.ts';

const DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 60_000;

/**
 * The last thirty days of the ledger, or those that it is kept for, today last, days without a
 * digest among them. One look serves everyone for a minute.
 */
export function createDayMemory({ store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>) {
  let known: { at: number; days: Promise<LedgerDay[]> } | undefined;

  const count = async (): Promise<LedgerDay[]> => {
    const { zone } = config.cut;
    const at = now().getTime();
    const count = Math.min(DAYS, config.keepDays.deliveries);
    const dateOf = (moment: Date) => dateIn(zone, moment);
    const dates = Array.from({ length: count }, (_, back) =>
      dateOf(new Date(at - (count - 1 - back) * DAY_MS)),
    );
    return sumDays(await store.overview.listMade(new Date(at - count * DAY_MS)), dates, dateOf);
  };

  return {
    async list(): Promise<LedgerDay[]> {
      const at = now().getTime();
      if (!known || Math.abs(at - known.at) > KEPT_MS) known = { at, days: count() };
      const { days } = known;
      return days.catch((error: unknown) => {
        known = undefined;
        throw error;
      });
    },
  };
}
