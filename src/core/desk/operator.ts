/** What an operator may do: look at everything, or change it, too. */
export type Role = 'look' | 'operate';

/** What a page or a command asks of whoever opens it. */
export type DeskRight = Role | 'resend_all';

/** Somebody who runs the service, as they stand now. */
export interface Operator {
  readonly id: number;
  readonly name: string;
  readonly address: string | null;
  readonly role: Role;
  /** Whether they may send an edition to everyone once more. */
  readonly mayResendAll: boolean;
}

/** Whether an operator has a right; to resend to everyone, they must be one who operates at all. */
export function mayUse(
  operator: Pick<Operator, 'role' | 'mayResendAll'>,
  right: DeskRight,
): boolean {
  if (right === 'look') return true;
  if (operator.role !== 'operate') return false;
  return right === 'operate' || operator.mayResendAll;
}

/** An operator as a key of theirs acts: never with more than they have themselves. */
export function narrowTo(operator: Operator, role: Role): Operator {
  return role === 'look' ? { ...operator, role, mayResendAll: false } : operator;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** What is wrong with the name of an operator or a key; undefined where nothing is. */
export function findNameFault(name: string): string | undefined {
  if (NAME.test(name)) return undefined;
  return `"${name}" cannot be a name: 1 to 40 small letters, digits, dots, dashes and underscores, the first a letter or digit`;
}

/** How the audit names an operator. */
export function actorOf({ name }: Pick<Operator, 'name'>): string {
  return `operator:${name}`;
}
