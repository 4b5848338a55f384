import { parseArgs } from 'node:util';

/** How sending is measured. */
export interface Options {
  readonly readers: number;
  readonly runs: number;
  /** The commit whose build is measured beside this one. */
  readonly against: string | undefined;
  /** After so many letters its sending has been seen: it may be slow. */
  readonly againstLetters: number;
  /** Ids of contestants; all where it is empty. */
  readonly only: readonly string[];
  readonly isLong: boolean;
  readonly writes: boolean;
  /** Where PostgreSQL keeps its files: on a disk, or a commit costs nothing. */
  readonly folder: string;
}

const USUAL_READERS = 10_000;
const LONG_READERS = 1_000_000;

/** Reads the options of `npm run bench -- send`. Throws for one that is not known. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      readers: { type: 'string' },
      runs: { type: 'string', default: '3' },
      against: { type: 'string' },
      'against-letters': { type: 'string', default: '2000' },
      only: { type: 'string', default: '' },
      long: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      folder: { type: 'string', default: '/var/tmp' },
    },
  });
  const readers = whole('readers', values.readers ?? (values.long ? LONG_READERS : USUAL_READERS));
  return {
    readers,
    runs: whole('runs', values.runs),
    against: values.against,
    againstLetters: whole('against-letters', values['against-letters']),
    only: values.only.split(',').filter(Boolean),
    isLong: values.long,
    writes: values.write,
    folder: values.folder,
  };
}

function whole(name: string, given: string | number): number {
  const value = Number(given);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} must be a whole number above 0, not ${given}`);
}
