import { listRest } from '../../core/letter/digest.ts';
import { type DigestContent, isDigest } from '../../core/letter/digest-content.ts';
import { type ContentColumns, readContent } from '../../core/letter/stored-content.ts';
import type { LoadedEditions } from './choose.ts';

/** What messages showed: of the papers that rise now, and all that they showed as rising. */
export interface Shown {
  readonly shown: ReadonlySet<number>;
  readonly risen: ReadonlySet<number>;
}

const none: ReadonlySet<number> = new Set();
/** Where no message showed anything. */
export const nothingShown: Shown = { shown: none, risen: none };

/** What two showed between them. */
export function addShown(one: Shown, other: Shown): Shown {
  return {
    shown: new Set([...one.shown, ...other.shown]),
    risen: new Set([...one.risen, ...other.risen]),
  };
}

const MOST_KNOWN = 5_000;

/**
 * Reads off stored digests what they showed, chosen or only listed; those that many readers got
 * alike are read once.
 */
export function createShownReader(editions: LoadedEditions): (stored: ContentColumns) => Shown {
  const known = new Map<string, Shown>();
  return (stored) => {
    if (stored.packed === null) return readShown(stored, editions);
    const shown = known.get(stored.packed) ?? readShown(stored, editions);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(stored.packed, shown);
    return shown;
  };
}

function readShown(stored: ContentColumns, { rising, texts }: LoadedEditions): Shown {
  const content = readContent(stored);
  if (!content || !isDigest(content)) return nothingShown;
  const risen = new Set((content.rising ?? []).map(({ paper }) => paper));
  const papers = rising.map(({ paper }) => paper);
  // What was listed was not always kept: then it may have been any.
  if (stored.packed === null && !content.listed) return { shown: new Set(papers), risen };
  const chosen = content.choices.map(({ paper }) => paper);
  const seen = new Set([...chosen, ...risen, ...(content.listed ?? listOf(content, texts))]);
  return { shown: new Set(papers.filter((paper) => seen.has(paper))), risen };
}

/** Editions that are too old to have rising papers stand behind the others, in every list. */
function listOf(content: DigestContent, texts: LoadedEditions['texts']): number[] {
  const known = content.editions.filter((id) => texts.has(id));
  return listRest(
    { ...content, editions: known },
    known.flatMap((id) => texts.get(id) ?? []),
  );
}
