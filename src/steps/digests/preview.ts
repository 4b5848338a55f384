import { buildDigestView } from '../../core/letter/digest.ts';
import type { DigestView } from '../../core/letter/digest-view.ts';
import type { HidingWord } from '../../core/letter/parts.ts';
import { findExcluded } from '../../core/ranking/phrases.ts';
import type { Taste } from '../../core/ranking/taste.ts';
import { fields } from '../../core/reader/fields.ts';
import { emptyProfile, type Profile } from '../../core/reader/subscription.ts';
import { shortenText } from '../../core/text/text.ts';
import type { Words } from '../../core/words/words.ts';
import type { EditionMemory } from '../editions/edition-memory.ts';
import { decideDigest, type LoadedEditions } from './choose.ts';

/** What somebody with these wishes would have got of one edition. */
export type PreviewedDigest = Pick<
  DigestView,
  'editionName' | 'editionDate' | 'paperCount' | 'isSample' | 'chosen'
>;

const LONGEST_TITLE = 100;
const wholeDigest = { chosen: 100, groups: 0, perGroup: 0 };

/** Whom a digest is tried for. */
export interface PreviewedReader {
  readonly profile: Profile;
  readonly papersPerDigest: number;
  /** What was learned of them; absent for who has not subscribed. */
  readonly taste?: Taste | undefined;
}

/** The digests of the newest editions for someone's wishes, newest first; nothing is stored or sent. */
export async function previewWishes(
  memory: EditionMemory,
  wishes: PreviewedReader,
  { editions, words }: { readonly editions: number; readonly words: Words },
): Promise<PreviewedDigest[]> {
  const loaded = await memory.newest(editions);
  return loaded.flatMap((edition) => {
    const [texts] = edition.texts.values();
    if (!texts) return [];
    const decision = decideDigest(wishes, edition, { editions: [texts.id], leftOut: 0 });
    const content =
      'content' in decision ? decision.content : { editions: [texts.id], choices: [] };
    return [buildDigestView(content, [texts], { limits: wholeDigest, words })];
  });
}

const SHOWN_HIDDEN = 3;

/** What each of some words that are never shown would have kept away of the newest editions. */
export async function previewHidden(
  memory: EditionMemory,
  words: readonly string[],
  editions: number,
): Promise<HidingWord[]> {
  if (words.length === 0) return [];
  const loaded = await memory.newest(editions);
  const indexes = loaded.map(({ texts, join }) => join([...texts.keys()]).index);
  return words.map((word) => {
    const titles = indexes.flatMap((index) => {
      const hidden = [...findExcluded(index, word).papers];
      return hidden.map((place) => index.papers[place]?.paper.title ?? '');
    });
    const shown = titles.slice(0, SHOWN_HIDDEN).map((title) => shortenText(title, LONGEST_TITLE));
    return { word, papers: titles.length, titles: shown };
  });
}

/** The ready-made fields that the newest editions have papers of. */
export async function listFieldsOf(memory: EditionMemory, editions: number): Promise<string[]> {
  const loaded = await memory.newest(editions);
  return fields.map(({ id }) => id).filter((id) => loaded.some((edition) => holds(edition, id)));
}

// An edition never changes, so each is asked once.
const fieldsByEdition = new WeakMap<LoadedEditions, Map<string, boolean>>();

function holds(edition: LoadedEditions, fieldId: string): boolean {
  const known = fieldsByEdition.get(edition) ?? new Map<string, boolean>();
  fieldsByEdition.set(edition, known);
  const profile = { ...emptyProfile, fields: [fieldId], surprise: false };
  const covers = { editions: [...edition.texts.keys()], leftOut: 0 };
  const isHeld =
    known.get(fieldId) ??
    'content' in decideDigest({ profile, papersPerDigest: 1 }, edition, covers);
  known.set(fieldId, isHeld);
  return isHeld;
}
