import { type Alarm, alarmKinds } from './alarm.ts';

/** An alarm with what was told of it. */
export interface ToldAlarm extends Alarm {
  readonly endedAt: Date | null;
  /** How often it was told, its end apart. */
  readonly tellings: number;
  readonly toldAt: Date | null;
}

/** What operators are told in one go. */
export interface AlarmNews {
  readonly began: readonly ToldAlarm[];
  /** Told before, and still so. */
  readonly lasting: readonly ToldAlarm[];
  readonly over: readonly ToldAlarm[];
}

const HOUR_MS = 3_600_000;
/** Between two tellings of an alarm that lasts; then daily. */
const REMIND_AFTER_MS = [HOUR_MS, 6 * HOUR_MS];
const DAY_MS = 24 * HOUR_MS;

/** What is to be told at a time: an alarm when it begins, at growing intervals while it lasts, and when it is over. */
export function findNews(alarms: readonly ToldAlarm[], at: Date): AlarmNews {
  const open = alarms.filter(({ endedAt }) => endedAt === null);
  const since = (moment: Date) => at.getTime() - moment.getTime();
  return {
    began: open.filter(
      ({ name, firstAt, tellings }) =>
        tellings === 0 && since(firstAt) >= alarmKinds[name].patienceMs,
    ),
    lasting: open.filter(
      ({ tellings, toldAt }) =>
        toldAt !== null && since(toldAt) >= (REMIND_AFTER_MS[tellings - 1] ?? DAY_MS),
    ),
    // What ended before anybody heard of it is no news.
    over: alarms.filter(({ endedAt, tellings }) => endedAt !== null && tellings > 0),
  };
}

/** Everything in it, whatever is said of it. */
export function listNews({ began, lasting, over }: AlarmNews): readonly ToldAlarm[] {
  return [...began, ...lasting, ...over];
}

/** Of the news, what was given to this teller alone. */
export function keepNews({ began, lasting, over }: AlarmNews, ids: readonly number[]): AlarmNews {
  const mine = new Set(ids);
  const keep = (alarms: readonly ToldAlarm[]) => alarms.filter(({ id }) => mine.has(id));
  return { began: keep(began), lasting: keep(lasting), over: keep(over) };
}
