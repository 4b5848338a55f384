import { distance } from 'fastest-levenshtein';

/** A name that is set and that nothing reads. */
export interface StrangeName {
  readonly name: string;
  /** The one of ours that was probably meant; absent where none is near. */
  readonly meant?: string;
}

/** Names of ours by the prefix that people put before them. */
const PREFIX = 'PAPERROUND_';
/** What docker compose alone reads of the same file. */
const ofCompose: ReadonlySet<string> = new Set(['POSTGRES_PASSWORD', 'PAPERROUND_DOMAIN']);

/**
 * The names in `.env` that are no settings, and of the environment those that are nearly one: of it
 * most belongs to others.
 */
export function findStrangeNames(
  set: { readonly inFile: readonly string[]; readonly elsewhere: readonly string[] },
  ours: readonly string[],
): StrangeName[] {
  const known = new Set([...ours, ...ofCompose]);
  const inFile = set.inFile.filter((name) => !known.has(name)).map((name) => nameOf(name, ours));
  const elsewhere = set.elsewhere
    .filter((name) => !known.has(name) && !set.inFile.includes(name))
    .map((name) => nameOf(name, ours))
    .filter(({ name, meant }) => meant !== undefined || name.startsWith(PREFIX));
  return [...inFile, ...elsewhere];
}

/** Says of a name that nothing reads it, and what may have been meant. */
export function tellStrangeName({ name, meant }: StrangeName): string {
  return meant === undefined
    ? `${name} is no setting: nothing reads it.`
    : `${name} is no setting: nothing reads it. Is ${meant} meant?`;
}

function nameOf(name: string, ours: readonly string[]): StrangeName {
  const bare = name.toUpperCase().replace(PREFIX, '').replaceAll('-', '_');
  const [nearest] = ours
    .map((own) => ({ own, away: distance(bare, own) }))
    .sort((a, b) => a.away - b.away || (a.own < b.own ? -1 : 1));
  // A short name is near to many.
  const most = bare.length < 6 ? 0 : bare.length < 10 ? 1 : 2;
  return nearest && nearest.away <= most ? { name, meant: nearest.own } : { name };
}
