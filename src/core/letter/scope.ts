/** What the statements of a template are filled in and made into: see program.ts. */

/** A piece knows its words. */
export interface Plain {
  readonly plain: string;
}

/**
 * How many different values a variable has: as many as there are papers, or as readers ask for, or
 * one a reader. What is made of the last is not kept; of the second it is kept by itself.
 */
export type Spread = 'shared' | 'few' | 'own';

/** Where a statement stands while it is filled. */
export interface Scope {
  readonly context: unknown;
  readonly up: Scope | undefined;
  readonly root: unknown;
  readonly loop: Loop | undefined;
}

/** The place in a list, and that of the list around it. */
export interface Loop {
  readonly index: number;
  readonly isLast: boolean;
  readonly up: Loop | undefined;
}

export type Read = (scope: Scope) => unknown;
export type Say = (scope: Scope) => string;
export type Node<Piece> = (scope: Scope, out: Piece[]) => void;

/** What words depend on: a value, or only whether it is there; within one context the same name is the same. */
export interface Dependency {
  readonly read: Read;
  readonly name: string;
  readonly isTest: boolean;
}

/** A statement in words, with what its words depend on. */
export interface Said {
  readonly say: Say;
  readonly reads: readonly Dependency[];
  readonly spread: Spread;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
