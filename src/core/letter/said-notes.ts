import type { DigestContent } from './digest-content.ts';
import type { DigestItem } from './digest-items.ts';
import type { SaidNote, SaidReason } from './item.ts';

/** The notes that a digest tells of. */
export function listNoteIds({ items = [] }: Pick<DigestContent, 'items'>): string[] {
  return items.flatMap(({ reasons }) =>
    reasons.flatMap((reason) => (reason.code === 'note' ? [reason.note] : [])),
  );
}

/**
 * A digest with what members of circles said, as it stands now. What was taken back, or erased
 * with its writer, is left out, and with the last of it its paper where nothing else names it.
 */
export function withNotes(content: DigestContent, notes: readonly SaidNote[]): DigestContent {
  const { items } = content;
  return items ? { ...content, items: fillItems(items, notes) } : content;
}

/** The same of some items. */
export function fillItems(items: readonly DigestItem[], notes: readonly SaidNote[]): DigestItem[] {
  const known = new Map(notes.map((note) => [note.note, note]));
  return items.flatMap((item) => fillItem(item, known));
}

function fillItem(item: DigestItem, known: ReadonlyMap<string, SaidNote>): DigestItem[] {
  const reasons = item.reasons.flatMap((reason): SaidReason[] => {
    if (reason.code !== 'note') return [reason];
    const said = known.get(reason.note);
    return said ? [{ ...reason, said }] : [];
  });
  if (item.kind !== 'note' || reasons.length === item.reasons.length) return [{ ...item, reasons }];
  const [left] = reasons;
  if (!left) return [];
  const kind = left.code === 'note' ? 'note' : left.code === 'cites' ? 'citation' : 'alert';
  return [{ ...item, reasons, kind }];
}
