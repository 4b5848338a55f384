import { OLD_ZONE_NAMES } from '../../core/reader/zone-names.ts';

// Only readers of an old name are written. The clock of both names is the same, so that what is due stays.
const pairs = Object.entries(OLD_ZONE_NAMES).flatMap(([today, old]) =>
  old.split(' ').map((name) => `('${name}', '${today}')`),
);

/** Zones by the name that they have today. */
export const zonesSchema: readonly string[] = [
  `update public.subscription s set zone = n.today from (values ${pairs.join(', ')})
    as n(old, today) where lower(s.zone) = lower(n.old)`,
];
