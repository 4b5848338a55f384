import type { HidingWord, PapersPart, TimesPart } from '../../core/letter/parts.ts';
import { type Field, fields } from '../../core/reader/fields.ts';
import { clockOf } from '../../core/reader/schedule.ts';
import {
  type AnnouncementWish,
  announcementWishes,
  MOST_PAPERS,
} from '../../core/reader/subscription.ts';
import { canonicalZone, offeredZones, zoneForPeople } from '../../core/reader/zones.ts';
import { countOf } from '../../core/text/words.ts';
import type { TypedWishes } from './wishes.ts';

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const counts = [3, 5, 10, 15, 20, MOST_PAPERS];
const quarters = Array.from({ length: 96 }, (_, quarter) => clockOf(quarter * 15));

/**
 * What to choose by, filled with what was typed; `offered` fields and those that are chosen. With
 * what the words that are never shown would have hidden, all that the preference page asks.
 */
export function viewPapers(
  typed: TypedWishes,
  offered: ReadonlySet<string>,
  hides?: readonly HidingWord[],
): PapersPart {
  const shown = fields.filter(({ id }) => offered.has(id) || typed.fields.includes(id));
  const areas = [...new Set(shown.map(({ area }) => area))];
  return {
    areas: areas.map((name) => ({
      name,
      fields: shown.filter(({ area }) => area === name).map((field) => viewField(field, typed)),
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

function viewField({ id, name }: Field, typed: TypedWishes) {
  return { value: id, label: name, isChosen: typed.fields.includes(id) };
}

/** When to come, filled with what was typed. `age` is how old an edition is at that hour, in hours. */
export function viewTimes(typed: TypedWishes, age: number, isWhole: boolean): TimesPart {
  const choice = (value: string, label: string, isChosen: boolean) => ({ value, label, isChosen });
  const own = /^\d{1,2}$/.test(typed.count) ? [Number(typed.count)] : [];
  return {
    days: dayNames.map((name, at) => {
      const value = String(at + 1);
      return choice(value, name, typed.days.includes(value));
    }),
    hours: quarters.map((hour) => choice(hour, hour, hour === typed.hour)),
    zones: viewZones(canonicalZone(typed.zone)),
    freshness: `At this hour the newest edition is about ${countOf(age, 'hour')} old.`,
    counts: [...new Set([...counts, ...own])]
      .sort((a, b) => a - b)
      .map((count) => choice(String(count), String(count), String(count) === typed.count)),
    ...(isWhole ? { more: viewMore(typed) } : {}),
  };
}

function viewMore({ pausedUntil, quietNote, announcements }: TypedWishes) {
  const choices = announcementWishes.map((value) => ({
    value,
    label: announcementWords[value],
    isChosen: value === announcements,
  }));
  return { pausedUntil, quietNote, announcements: choices };
}

const announcementWords: Readonly<Record<AnnouncementWish, string>> = {
  none: 'None',
  service: 'About the service itself, such as a day without mail',
  all: 'About the service, and other announcements now and then',
};

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
