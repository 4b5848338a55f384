import { dateIn, offsetIn } from '../reader/schedule.ts';
import { canonicalZone, hasRules } from '../reader/zones.ts';
import { countOf } from '../text/words.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** A zone in use, and how the database knows it. */
export interface ZoneFacts {
  readonly zone: string;
  /** How many readers have it; none where only a setting names it. */
  readonly readers: number;
  /** Minutes ahead of UTC at each of the moments that were asked for; null where the database does not know it. */
  readonly offsets: readonly number[] | null;
}

/** What was asked of a database about zones. */
export interface ZonesFacts {
  readonly moments: readonly Date[];
  readonly zones: readonly ZoneFacts[];
}

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 366;

/** A moment of each day of the coming year. */
export function momentsOfYear(from: Date): Date[] {
  return Array.from({ length: DAYS_AHEAD }, (_, day) => new Date(from.getTime() + day * DAY_MS));
}

/**
 * Judges the zones in use: whether this runtime and the database know them, and agree on the year.
 * `tables` is the version of the runtime's, such as `2025c`.
 */
export function judgeZones({ zones, moments }: ZonesFacts, tables: string): Finding[] {
  const findings = [
    ...judgeUnknown(zones, tables),
    ...judgeUnknownThere(zones),
    ...judgeDiffering(zones, moments, tables),
  ];
  if (findings.length > 0) return findings;
  return [
    ok(
      `${countOf(zones.length, 'zone')} in use: Node's tables (${tables}) and the database's agree on the coming year.`,
    ),
  ];
}

function judgeUnknown(zones: readonly ZoneFacts[], tables: string): Finding[] {
  const unknown = zones.filter(({ zone }) => !isKnownHere(zone));
  if (unknown.length === 0) return [];
  return [
    fail(
      `Node's tables (${tables}) do not know ${nameZones(unknown)}: mail goes there by UTC.`,
      `${NEWEST_NODE}, or let these readers choose another zone.`,
    ),
  ];
}

function judgeUnknownThere(zones: readonly ZoneFacts[]): Finding[] {
  const unknown = zones.filter(({ zone, offsets }) => offsets === null && isKnownHere(zone));
  if (unknown.length === 0) return [];
  return [
    warn(
      `The database does not know ${nameZones(unknown)}. Nobody's mail hangs on that: local times go by Node's tables alone.`,
      `${NEWEST_TZDATA}; Debian 13 keeps old names in tzdata-legacy.`,
    ),
  ];
}

function judgeDiffering(
  zones: readonly ZoneFacts[],
  moments: readonly Date[],
  tables: string,
): Finding[] {
  const alike = new Map<string, { zones: ZoneFacts[]; says: string }>();
  for (const facts of zones) {
    const says = tellDifference(facts, moments);
    if (says === undefined) continue;
    const group = alike.get(says) ?? { zones: [], says };
    group.zones.push(facts);
    alike.set(says, group);
  }
  return [...alike.values()].map((group) =>
    warn(
      `Node's tables of zones (${tables}) and the database's differ for ${nameZones(group.zones)}: ${group.says}.`,
      `Mail goes by Node's. ${NEWEST_NODE}, and ${lowerFirst(NEWEST_TZDATA)}, until both agree.`,
    ),
  );
}

/** From when on the two differ, and by what; undefined where they agree. */
function tellDifference(
  { zone, offsets }: ZoneFacts,
  moments: readonly Date[],
): string | undefined {
  if (offsets === null || !isKnownHere(zone)) return undefined;
  const differing = moments.flatMap((at, index) => {
    const [here, there] = [offsetIn(zone, at), offsets[index]];
    return there === undefined || there === here ? [] : [{ at, here, there }];
  });
  const [first] = differing;
  if (!first) return undefined;
  const [here, there] = [tellOffset(first.here), tellOffset(first.there)];
  return `on ${dateIn('Etc/UTC', first.at)} it is ${here} by Node, ${there} by the database; so on ${countOf(differing.length, 'day')} of the coming year`;
}

const NEWEST_NODE = 'Install the newest release of Node 22 or 24';
const NEWEST_TZDATA =
  "Bring the database's zones up to date (its system's package tzdata; the embedded one comes with Paperround)";
const MOST_NAMED = 5;

const isKnownHere = (zone: string) => hasRules(zone) || hasRules(canonicalZone(zone));
const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;

function nameZones(zones: readonly ZoneFacts[]): string {
  const named = zones.slice(0, MOST_NAMED).map(({ zone, readers }) => {
    const whose = readers === 0 ? 'a setting' : countOf(readers, 'reader');
    return `${zone} (${whose})`;
  });
  const more = zones.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

/** `UTC+05:30` */
function tellOffset(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const sign = minutes < 0 ? '-' : '+';
  return `UTC${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}
