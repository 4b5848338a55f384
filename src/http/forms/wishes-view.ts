import type { HidingWord, PapersPart, TimesPart } from '../../core/letter/parts.ts';
import { nameField } from '../../core/reader/field-names.ts';
import { type Field, fields } from '../../core/reader/fields.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import { announcementWishes, MOST_PAPERS } from '../../core/reader/subscription.ts';
import { canonicalZone, offeredZones, zoneForPeople } from '../../core/reader/zones.ts';
import { allLanguages, languages } from '../../core/words/languages.ts';
import type { Words } from '../../core/words/words.ts';
import type { TypedWishes } from './wishes.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const counts = [3, 5, 10, 15, 20, MOST_PAPERS];
const quarters = Array.from({ length: 96 }, (_, quarter) => clockOf(quarter * 15));

/** What is offered to choose by, in a language. */
interface Offer {
  readonly words: Words;
  readonly offered: ReadonlySet<string>;
  /** What the words that are never shown would have hidden. */
  readonly hides?: readonly HidingWord[];
}

/**
 * What to choose by, filled with what was typed; `offered` fields and those that are chosen. With
 * what the words that are never shown would have hidden, all that the preference page asks.
 */
export function viewPapers(typed: TypedWishes, { words, offered, hides }: Offer): PapersPart {
  const shown = fields.filter(({ id }) => offered.has(id) || typed.fields.includes(id));
  const areas = [...new Set(shown.map(({ area }) => area))];
  const viewField = ({ id }: Field) => ({
    value: id,
    label: nameField(id, words),
    isChosen: typed.fields.includes(id),
  });
  return {
    areas: areas.map((area) => ({
      name: words.say(`area.${area}`),
      fields: shown.filter((field) => field.area === area).map(viewField),
    })),
    topics: typed.topics,
    ...(hides
      ? {
          more: {
            exclude: typed.exclude,
            hides,
            authors: typed.authors,
            crossLists: typed.crossLists,
            surprise: typed.surprise,
          },
        }
      : {}),
  };
}

/** What is asked beside when and how much: nothing, the language, or all. */
type Asks = 'times' | 'language' | 'all';

/** When to come, filled with what was typed. `age` is how old an edition is at that hour, in hours. */
export function viewTimes(
  typed: TypedWishes,
  { words, age, asks, hasItems = false }: AskedTimes,
): TimesPart {
  const choice = (value: string, label: string, isChosen: boolean) => ({ value, label, isChosen });
  const own = /^\d{1,2}$/.test(typed.count) ? [Number(typed.count)] : [];
  return {
    days: weekdays.map((day) => {
      const value = String(day);
      return choice(value, words.weekday(day, 'long'), typed.days.includes(value));
    }),
    hours: quarters.map((hour) => choice(hour, hour, hour === typed.hour)),
    zones: viewZones(canonicalZone(typed.zone)),
    freshness: words.say('wishes.freshness', { count: age }),
    counts: [...new Set([...counts, ...own])]
      .sort((a, b) => a - b)
      .map((count) => choice(String(count), String(count), String(count) === typed.count)),
    ...(asks === 'times' ? {} : { languages: viewLanguages(typed, words) }),
    ...(asks === 'all' ? { more: viewMore(typed, { words, hasItems }) } : {}),
  };
}

/** What is asked of when, and how it is said. */
interface AskedTimes {
  readonly words: Words;
  readonly age: number;
  readonly asks: Asks;
  /** Whether anything can be named to readers here. */
  readonly hasItems?: boolean;
}

function viewMore(
  typed: TypedWishes,
  { words, hasItems }: { readonly words: Words; readonly hasItems: boolean },
): NonNullable<TimesPart['more']> {
  const { pausedUntil, quietNote, itemsOnly } = typed;
  return {
    pausedUntil,
    quietNote,
    ...(hasItems || itemsOnly ? { items: { only: itemsOnly } } : {}),
    announcements: announcementWishes.map((wish) =>
      choose(wish, words.say(`announcements.${wish}`), typed.announcements),
    ),
  };
}

function viewLanguages(
  { language }: TypedWishes,
  words: Words,
): NonNullable<TimesPart['languages']> {
  return [
    choose('', words.say('wishes.siteLanguage'), language),
    ...allLanguages.map((each) => choose(each, languages[each].name, language)),
  ];
}

function choose(value: string, label: string, chosen: string) {
  return { value, label, isChosen: value === chosen };
}

function viewZones(chosen: string): TimesPart['zones'] {
  const isOffered = offeredZones.some(({ name }) => name === chosen);
  // A zone may have been saved, or typed, under a name that the list does not have.
  const own = chosen === '' || isOffered ? [] : [{ name: chosen, alsoCalled: [] }];
  return [...own, ...offeredZones].map(({ name, alsoCalled }) => ({
    value: name,
    label: zoneForPeople(name),
    isChosen: name === chosen,
    alsoCalled: alsoCalled.join(' '),
  }));
}
