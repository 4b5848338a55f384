/** A day of the Gregorian calendar, or of another one by its year. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** What the years of an era begin after: Taiwan's republic, and the reigns of Japan. */
const ERAS: Readonly<Record<string, number>> = {
  ...{ 民國: 1911, 民国: 1911, 令和: 2018, 平成: 1988, 昭和: 1925 },
};
const ERA = /(?:中華)?(民國|民国|令和|平成|昭和)\s*(\d{1,3}|元)\s*年/;
const CJK = /(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]?/;
/** `3 tháng 11 năm 2026`, `03 Tháng 11, 2026`. */
const VIETNAMESE = /(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})/;
/** Thai months, whole or short, in order; dots stand within the short ones. */
const THAI =
  'มกรา|ม.ค. กุมภา|ก.พ. มีนา|มี.ค. เมษา|เม.ย. พฤษภา|พ.ค. มิถุนา|มิ.ย. กรกฎา|ก.ค. สิงหา|ส.ค. กันยา|ก.ย. ตุลา|ต.ค. พฤศจิกา|พ.ย. ธันวา|ธ.ค.'.split(
    ' ',
  );
/** The months of Iran's solar calendar. */
const SOLAR = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ');
/** Arabic months of two words, as the Levant calls them. */
const LEVANT: readonly (readonly [name: string, month: number])[] = [
  ...[['كانون الثاني', 1] as const, ['تشرين الأول', 10] as const, ['تشرين الثاني', 11] as const],
  ['كانون الأول', 12],
];
const THAI_DAY = /(\d{1,2})\s+([\u0e00-\u0e7f.]{3,14})\s+(?:พ\.ศ\.\s*)?(\d{4})/;
const NAMED_DAY = /(\d{1,2})\s+(\p{Script=Arabic}{2,9}(?: \p{Script=Arabic}{4,8})?)\s+(\d{4})/u;

/** A date with digits of any script as ours, and days of East Asia, Iran and Thailand as numbers. */
export function writePlain(text: string): string {
  return text
    .replace(/\p{Nd}/gu, digitOf)
    .replace(ERA, (_, era: string, year: string) => `${(ERAS[era] ?? 0) + (Number(year) || 1)}年`)
    .replace(CJK, '$1-$2-$3 ')
    .replace(VIETNAMESE, '$3-$2-$1')
    .replace(THAI_DAY, (whole, day: string, name: string, year: string) => {
      const month = THAI.findIndex((names) => names.split('|').some((own) => name.startsWith(own)));
      return month < 0 ? whole : `${year}-${month + 1}-${day}`;
    })
    .replace(NAMED_DAY, (whole, day: string, name: string, year: string) => {
      const month = SOLAR.indexOf(name) + 1 || LEVANT.find(([own]) => own === name)?.[1];
      return month ? `${year}-${month}-${day}` : whole;
    });
}

/** The digit of any script; each has its ten in a row. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((start) => code >= start && code < start + 10);
  return zero === undefined ? digit : String(code - zero);
}

const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];

/** Whether a date is one of Iran's calendar by its letters: digits as Persian has them, or a month. */
export function isSolar(text: string): boolean {
  return /[۰-۹]/.test(text) || SOLAR.some((month) => text.includes(month));
}

/**
 * The same day in the Gregorian calendar: years of the Buddhist era are 543 more (Thailand), those
 * of Iran's solar calendar 621 less, where it is known to be that.
 */
export function toGregorian({ year, month, day }: Day, isIranian: boolean): Day {
  if (year > 2443 && year < 2743) return { year: year - 543, month, day };
  if (!isIranian || year < 1340 || year > 1414) return { year, month, day };
  let start = Date.UTC(2021, 2, 21) / DAY;
  for (let at = 1400; at < year; at += 1) start += lengthOf(at);
  for (let at = 1399; at >= year; at -= 1) start -= lengthOf(at);
  const months = Math.min(month - 1, 6) * 31 + Math.max(month - 7, 0) * 30;
  const date = new Date((start + months + day - 1) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

const DAY = 86_400_000;

/** Days of a year of Iran's calendar, by its cycle of 33 years. */
function lengthOf(year: number): number {
  return (25 * year + 11) % 33 < 8 ? 366 : 365;
}
