/** Days from one to another, both with it, as `YYYY-MM-DD`; open where one is absent. */
export interface DateRange {
  readonly from?: string;
  readonly to?: string;
}

/**
 * Reads `2025`, `2025-05`, `2025-05-07`, and two of them with two dots between, of which one may be
 * absent; undefined for what is none, or ends before it begins.
 */
export function readDates(text: string): DateRange | undefined {
  const [first = '', second, ...more] = text.split('..');
  if (more.length > 0 || (first === '' && !second)) return undefined;
  const begin = first === '' ? {} : spanOf(first);
  const end = second === undefined ? begin : second === '' ? {} : spanOf(second);
  if (!begin || !end) return undefined;
  const range = {
    ...(begin.from !== undefined && { from: begin.from }),
    ...(end.to !== undefined && { to: end.to }),
  };
  return range.from && range.to && range.from > range.to ? undefined : range;
}

/** The days that a year, a month or a day has. */
function spanOf(text: string): DateRange | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const from = `${year}-${month ?? '01'}-${day ?? '01'}`;
  if (!isDate(from)) return undefined;
  if (day !== undefined) return { from, to: from };
  if (month === undefined) return { from, to: `${year}-12-31` };
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { from, to: `${year}-${month}-${last}` };
}

/** Whether a day is one of the calendar, as `YYYY-MM-DD`, from the year 1 on. */
export function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    !text.startsWith('0000') && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}
