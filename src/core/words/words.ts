import { Temporal } from 'temporal-polyfill';
import { fillSlots, type Plural, type Text } from './catalogue.ts';
import { de } from './de.ts';
import { en, type WordKey } from './en.ts';
import { type Language, languages } from './languages.ts';

export type { WordKey } from './en.ts';
export type { Language } from './languages.ts';

/** What stands in the slots of a text; numbers are written as the language does. */
export type Slots = Readonly<Record<string, string | number>>;

/** How one language says things to readers. */
export interface Words {
  readonly language: Language;
  /** The text of a key with its slots filled; of a plural, the one for the slot `count`. */
  say(key: WordKey, slots?: Slots): string;
  /** One of a plural's texts, by the number that stands in it. */
  choose(plural: Plural, count: number): string;
  /** What core says of what was typed, in this language; what the catalogue does not have stays English. */
  translate(said: string): string;
  /** A list in a sentence: `a, b and c`. */
  join(words: readonly string[]): string;
  /** A number; from ten thousand on its thousands stand apart. */
  number(count: number): string;
  /** A small number as a word, `four`; else in figures. */
  numeral(count: number): string;
  /** An ISO date: `Wednesday, 7 May 2025`. */
  date(date: string): string;
  /** The same without its weekday, for lists: `7 May 2025`. */
  shortDate(date: string): string;
  /** A month such as `2025-05`: `May 2025`. */
  month(month: string): string;
  /** The name of an ISO weekday, 1 for Monday. */
  weekday(day: number, length: 'long' | 'short'): string;
  /** Capitals of a heading in a plain text. */
  upper(text: string): string;
  /** The text itself, for whoever fills its slots later. */
  textOf(key: WordKey): Text;
}

/** Texts that are known by what they say in English, as in gettext. */
const translated = (Object.keys(en) as WordKey[])
  .filter((key) => /^(?:fault|kind)\./.test(key))
  .map((key) => ({ key, pattern: patternOf(String(en[key])) }));

function patternOf(text: string): RegExp {
  const literal = text.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, '(?<$1>.+)')}$`, 's');
}

const catalogues: Readonly<Record<Language, Readonly<Record<WordKey, Text>>>> = { en, de };

/** The words of a language: always the same object for the same language. */
export function wordsOf(language: Language): Words {
  return made[language];
}

const made: Readonly<Record<Language, Words>> = { en: createWords('en'), de: createWords('de') };

/** For the desk, commands and logs, which speak English alone. */
export const english = made.en;

function createWords(language: Language): Words {
  const { locale } = languages[language];
  const catalogue = catalogues[language];
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale, { useGrouping: 'min2' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const numerals = String(catalogue.numerals).split(' ');
  const number = (count: number) => numbers.format(count);
  const inPrint = (value: string | number | undefined) =>
    typeof value === 'number' ? number(value) : value;
  const formOf = (text: Text, count: unknown) =>
    typeof text === 'string' ? text : (text[plurals.select(Number(count))] ?? text.other);
  const inLocale = (date: string, options: Intl.DateTimeFormatOptions) =>
    Temporal.PlainDate.from(date).toLocaleString(locale, options);
  const shortDate = (date: string) =>
    inLocale(date, { day: 'numeric', month: 'long', year: 'numeric' });
  const dates = new Map<string, string>();
  return {
    language,
    say: (key, slots = {}) =>
      fillSlots(formOf(catalogue[key], slots['count']), (slot) => inPrint(slots[slot])),
    choose: (plural, count) =>
      fillSlots(formOf(plural, count), (slot) => (slot === 'count' ? number(count) : undefined)),
    translate(said) {
      for (const { key, pattern } of translated) {
        const slots = pattern.exec(said)?.groups;
        if (slots || pattern.test(said))
          return fillSlots(formOf(catalogue[key], 0), (slot) => slots?.[slot]);
      }
      return said;
    },
    join: (words) => lists.format(words),
    number,
    numeral: (count) => numerals[count] ?? number(count),
    date(date) {
      const known = dates.get(date) ?? `${inLocale(date, { weekday: 'long' })}, ${shortDate(date)}`;
      if (dates.size > 1_000) dates.clear();
      dates.set(date, known);
      return known;
    },
    shortDate,
    month: (month) => inLocale(`${month}-01`, { month: 'long', year: 'numeric' }),
    // 1 January 2024 was a Monday.
    weekday: (day, length) => inLocale(`2024-01-0${day}`, { weekday: length }),
    upper: (text) => text.toLocaleUpperCase(locale),
    textOf: (key) => catalogue[key],
  };
}
