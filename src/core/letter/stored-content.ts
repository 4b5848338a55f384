import type { AnnouncementContent } from './announcement.ts';
import type { DigestContent } from './digest-content.ts';
import type { NoticeContent } from './notice.ts';
import { unpackDigest } from './packed-digest.ts';
import { buildQuietNote, type CodedNote } from './quiet-note.ts';
import { remember } from './remember.ts';

type Frozen = DigestContent | NoticeContent | AnnouncementContent | CodedNote;

/** What is frozen, in one of the two forms that a row may have. */
export type StoredContent =
  | { readonly content: Frozen; readonly packed: null }
  | { readonly content: null; readonly packed: string };

/** The same as a query of both columns gives it, where there may be no row any more. */
export interface ContentColumns {
  readonly content: Frozen | null;
  readonly packed: string | null;
}

/** The content of a row, notes in words; null where it was pruned or erased. */
export function readContent({
  content,
  packed,
}: ContentColumns): Exclude<Frozen, CodedNote> | null {
  if (packed !== null) return unpack(packed);
  return content && inWords(content);
}

/** A note that is frozen as codes is put into words when it is read. */
export function inWords<Content extends DigestContent | NoticeContent | AnnouncementContent>(
  content: Content | CodedNote,
): Content | NoticeContent {
  return 'quiet' in content ? buildQuietNote(content.quiet) : content;
}

/** Readers who get the same have one content, which is never changed. */
const unpack = remember(unpackDigest);
