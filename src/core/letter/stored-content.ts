import type { DigestContent } from './digest.ts';
import type { NoticeContent } from './notice.ts';
import { unpackDigest } from './packed-digest.ts';
import { remember } from './remember.ts';

/** What is frozen, in one of the two forms that a row may have. */
export type StoredContent =
  | { readonly content: DigestContent | NoticeContent; readonly packed: null }
  | { readonly content: null; readonly packed: string };

/** The same as a query of both columns gives it, where there may be no row any more. */
export interface ContentColumns {
  readonly content: DigestContent | NoticeContent | null;
  readonly packed: string | null;
}

/** The content of a row; null where it was pruned or erased. */
export function readContent({
  content,
  packed,
}: ContentColumns): DigestContent | NoticeContent | null {
  return packed === null ? content : unpack(packed);
}

/** Readers who get the same have one content, which is never changed. */
const unpack = remember(unpackDigest);
