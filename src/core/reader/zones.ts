import { OLD_ZONE_NAMES } from './zone-names.ts';

const UTC = 'Etc/UTC';
/** Whole hours west and east of UTC, as IANA signs them: `Etc/GMT-3` is three hours ahead. */
const offsets = Array.from({ length: 27 }, (_, at) => at - 12)
  .filter((hours) => hours !== 0)
  .map((hours) => `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`);

const renamed = new Map(
  Object.entries(OLD_ZONE_NAMES).flatMap(([today, old]) =>
    old.split(' ').map((name) => [name.toLowerCase(), today] as const),
  ),
);
const today = (name: string) => renamed.get(name.toLowerCase()) ?? name;

const places = [...new Set([UTC, ...Intl.supportedValuesOf('timeZone').map(today)])].sort();
const known = new Map([...places, ...offsets].map((name) => [name.toLowerCase(), name]));

/** A zone to choose, and the names under which a browser may report it. */
export interface OfferedZone {
  readonly name: string;
  readonly alsoCalled: readonly string[];
}

/** Every zone that a reader may choose, by the name that IANA's list has today. */
export const offeredZones: readonly OfferedZone[] = [
  ...places.map((name) => ({ name, alsoCalled: OLD_ZONE_NAMES[name]?.split(' ') ?? [] })),
  ...offsets.map((name) => ({ name, alsoCalled: [offsetOf(name)] })),
];

/** The name that IANA's list has today for a zone; what it does not know stays as it was written. */
export function canonicalZone(name: string): string {
  const canonical = today(name);
  return known.get(canonical.toLowerCase()) ?? canonical;
}

/** Whether a text names a zone of IANA's list, today's or an old one, whose rules this runtime has. */
export function isZone(name: string): boolean {
  return known.has(today(name).toLowerCase());
}

/** A zone for people: `New York` keeps its place, `Etc/GMT-3` is `UTC+3`. */
export function zoneForPeople(name: string): string {
  if (name === UTC) return 'UTC';
  const hours = /^Etc\/GMT([+-])(\d+)$/.exec(name);
  return hours ? `UTC${hours[1] === '+' ? '-' : '+'}${hours[2]}` : name.replaceAll('_', ' ');
}

const taken = new Map<string, string>();

/**
 * The zone whose rules this runtime goes by for a stored name. One that it does not know is UTC
 * until it is mended: its readers get mail at another hour, and nobody else notices.
 */
export function rulesOf(name: string): string {
  const found = taken.get(name);
  if (found !== undefined) return found;
  const rules = [name, canonicalZone(name)].find(hasRules) ?? UTC;
  taken.set(name, rules);
  return rules;
}

/** Whether this runtime has rules for a name as it stands. */
export function hasRules(name: string): boolean {
  // It takes offsets too, which name no zone.
  if (!/^[a-z]/i.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** `+03:00`, as a browser reports the offset of a machine without a place. */
function offsetOf(name: string): string {
  const [sign, hours] = [name.at(7) === '+' ? '-' : '+', name.slice(8)];
  return `${sign}${hours.padStart(2, '0')}:00`;
}
