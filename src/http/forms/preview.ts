import type { DigestsPart } from '../../core/letter/parts.ts';
import { fields, isOfField } from '../../core/reader/fields.ts';
import {
  listFieldsOf,
  type PreviewedDigest,
  type PreviewedReader,
  previewWishes,
} from '../../steps/digests/preview.ts';
import type { Site } from '../site.ts';

const SHOWN_OF_NEWEST = 10;
const SHOWN_OF_OLDER = 3;
/** How many editions a visitor sees before they subscribe, and a reader what is hidden of. */
export const PREVIEWED = 5;

/** The part that shows what somebody would have got of the newest editions, as HTML. */
export async function renderPreview(
  site: Site,
  reader: PreviewedReader,
  editions: number,
): Promise<string> {
  return renderDigests(
    site,
    await previewWishes(site.editions, reader, { editions, words: site.words }),
  );
}

/**
 * The part that shows digests, newest first, as HTML; the newest says how its papers moved, or
 * has titles alone as the older ones.
 */
export function renderDigests(
  site: Site,
  previewed: readonly PreviewedDigest[],
  moved: ReadonlyMap<number, string> | 'titles' = new Map(),
): string {
  const digests: DigestsPart['digests'] = previewed.map((digest, at) => {
    const isNewest = at === 0 && moved !== 'titles';
    const most = isNewest ? SHOWN_OF_NEWEST : SHOWN_OF_OLDER;
    const { editionName, editionDate, paperCount, chosen } = digest;
    return {
      date: editionDate,
      link: `${site.prefix}/editions/${editionName}`,
      paperCount,
      shownOf: site.words.say('shown', {
        count: Math.min(most, chosen.length),
        papers: site.words.say('papers', { count: paperCount }),
      }),
      // One day in full, the others by their titles.
      chosen: chosen.slice(0, most).map(({ summary, id, ...paper }) => ({
        ...paper,
        ...(isNewest && summary ? { summary } : {}),
        ...(isNewest && moved.has(id) ? { moved: moved.get(id) ?? '' } : {}),
      })),
      moreCount: Math.max(0, chosen.length - most),
    };
  });
  return site.renderPart('digests', { digests });
}

/** The fields that the feeds of this place, or its newest editions, bring papers of; all where it is empty. */
export async function listOffered(site: Site): Promise<ReadonlySet<string>> {
  const feeds = await site.outside.store.feeds.list();
  const categories = feeds.flatMap(({ kind, address }) => categoriesOf(kind, address));
  const watched = fields
    .filter((field) => categories.some((category) => isOfField(field, category)))
    .map(({ id }) => id);
  const brought = await listFieldsOf(site.editions, PREVIEWED);
  const offered = new Set([...watched, ...brought]);
  return offered.size > 0 ? offered : new Set(fields.map(({ id }) => id));
}

function categoriesOf(kind: string, address: string): string[] {
  if (kind === 'arxiv') return address.split('+');
  return kind === 'biorxiv' || kind === 'medrxiv' ? [address] : [];
}
