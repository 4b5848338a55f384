import { isPassword } from '../../core/desk/password.ts';
import { createTurns } from '../turns.ts';

/** Who tries a password, and where. */
export interface PasswordTry {
  readonly password: string;
  /** The hash it should be of; undefined where the name is nobody's. */
  readonly stored: string | undefined;
  readonly origin: string;
  /** Whether this operator was let in at this place before. */
  readonly isKnown: boolean;
}

/** Compares passwords a few at a time, since each costs much. */
export interface PasswordLines {
  /** Whether it is the password. Undefined, at once, where too many are in line. */
  compare(tried: PasswordTry): Promise<boolean> | undefined;
}

/**
 * The lines of one process: places at which an operator was let in before have one of their own, which
 * no crowd of strangers fills. Each comparison holds a thread that names of hosts and files need, too.
 */
export function createPasswordLines(compare: typeof isPassword = isPassword): PasswordLines {
  const known = createTurns<string>({ atOnce: 1 });
  const strangers = createTurns<string>({ atOnce: 1 });
  return {
    compare: ({ password, stored, origin, isKnown }) =>
      (isKnown ? known : strangers).take(origin, () => compare(password, stored)),
  };
}
