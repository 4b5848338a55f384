import { dateIn } from '../../core/reader/schedule.ts';
import type { LedgerDay } from '../../store/desk/overview.ts';
import type { Outside } from '../steps.ts';

const DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const KEPT_MS = 60_000;

/**
 * The last thirty days of the ledger, today last, days without a digest among them. Counting
 * reads every delivery of that time, so that one count serves everyone for a minute.
 */
export function createDayMemory({ store, config, now }: Pick<Outside, 'store' | 'config' | 'now'>) {
  let known: { at: number; days: Promise<LedgerDay[]> } | undefined;

  const count = async (): Promise<LedgerDay[]> => {
    const { zone } = config.cut;
    const at = now().getTime();
    const found = await store.overview.listDays(new Date(at - DAYS * DAY_MS), zone);
    const byDate = new Map(found.map((day) => [day.date, day]));
    return Array.from({ length: DAYS }, (_, index) => {
      const date = dateIn(zone, new Date(at - (DAYS - 1 - index) * DAY_MS));
      return byDate.get(date) ?? { date, accepted: 0, failed: 0, inDoubt: 0, open: 0 };
    });
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
