import { type Finding, fail, ok, warn } from './finding.ts';

/** Judges the version of Node, such as `20.19.0`, against the oldest that package.json takes. */
export function judgeNode(version: string, oldest: string): Finding {
  const [a, b] = [version, oldest].map((each) => each.split('.').map(Number));
  const at = a?.findIndex((part, index) => part !== b?.[index]) ?? -1;
  if (at < 0 || (a?.[at] ?? 0) > (b?.[at] ?? 0)) return ok(`Node is ${version}.`);
  return fail(`Node is ${version}; Paperround needs ${oldest} or later.`, 'Install a newer Node.');
}

/** A folder or a file that Paperround uses, as the disk has it. */
export interface PlaceFacts {
  readonly path: string;
  readonly what: string;
  readonly isThere: boolean;
  readonly isUsable: boolean;
  /** True where other users of this machine may read it. */
  readonly isOpen: boolean;
  /** True where nobody else may read it, such as keys. */
  readonly isSecret: boolean;
  readonly freeBytes: number | undefined;
}

const MEGABYTE = 1_048_576;
const WARN_MEGABYTES = 1024;
const FAIL_MEGABYTES = 100;

/** Judges a place: may it be used, does nobody else read it, has its disk room. */
export function judgePlace(place: PlaceFacts): Finding[] {
  const { path, what } = place;
  if (!place.isThere) {
    return [fail(`${what} ${path} is not there.`, 'Make it, or mend the setting that names it.')];
  }
  if (!place.isUsable) {
    return [
      fail(
        `${what} ${path} may not be read or written by this user.`,
        `Give it to the user that runs Paperround: chown -R USER ${path}`,
      ),
    ];
  }
  const faults: Finding[] = [];
  if (place.isSecret && place.isOpen) {
    faults.push(
      warn(`${what} ${path} can be read by other users of this machine.`, `chmod go-rwx ${path}`),
    );
  }
  const free = place.freeBytes === undefined ? undefined : Math.floor(place.freeBytes / MEGABYTE);
  if (free !== undefined && free < WARN_MEGABYTES) {
    const judge = free < FAIL_MEGABYTES ? fail : warn;
    faults.push(
      judge(`The disk of ${path} has only ${free} MB left.`, 'Make room, or use a larger disk.'),
    );
  }
  const room = free === undefined ? '' : `, with ${Math.floor(free / 1024)} GB free`;
  return faults.length > 0 ? faults : [ok(`${what} ${path} is as it should be${room}.`)];
}
