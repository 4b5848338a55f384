const given = (name: string) =>
  process.argv.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3);

const wanted = given('only')?.split(',');

/** What the command line asks for: `--long`, `--seeds=N`, `--from=N`, `--only=1,3`, `--write`. */
export const form = {
  /** The whole of it, for hours; else what CI bears. */
  isLong: process.argv.includes('--long') || process.env['FAULTS'] === 'long',
  isWritten: process.argv.includes('--write'),
  seeds: given('seeds') === undefined ? undefined : Number(given('seeds')),
  from: Number(given('from') ?? 0),
  isWanted: (number: string) => wanted === undefined || wanted.includes(number),
};
