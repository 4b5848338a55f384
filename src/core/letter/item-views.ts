import type { Words } from '../words/words.ts';
import type { DigestContent } from './digest-content.ts';
import { countItems, type DigestItem } from './digest-items.ts';
import type { ItemGroupView, ItemView } from './digest-view.ts';
import type { ItemKind } from './item.ts';
import { sayItemReasons } from './item-words.ts';

/** What a digest holds beside the editions, at most so many of each kind; the others are counted. */
export function viewItems(
  content: Pick<DigestContent, 'items' | 'moreItems'>,
  { most, words }: { readonly most: number; readonly words: Words },
): ItemGroupView[] {
  const { items = [], moreItems } = content;
  const counts = countItems(items, moreItems);
  // As they are frozen, then what is only counted.
  const kinds = new Set([...items.map(({ kind }) => kind), ...(Object.keys(counts) as ItemKind[])]);
  return [...kinds].map((kind) => {
    const papers = items.filter((item) => item.kind === kind).slice(0, most);
    return {
      kind,
      label: words.say(`items.${kind}`),
      papers: papers.map((item) => viewItem(item, words)),
      moreCount: (counts[kind] ?? 0) - papers.length,
    };
  });
}

/** One of them. */
export function viewItem(item: DigestItem, words: Words): ItemView {
  const { title, venue, link, summary, paper, reasons } = item;
  const names = nameAll(item, words);
  const authors = [names, venue].filter(Boolean).join(' · ');
  const reason = sayItemReasons(reasons, words);
  return {
    title,
    ...(authors ? { authors } : {}),
    ...(link ? { link } : {}),
    ...(summary ? { summary } : {}),
    ...(reason ? { reason } : {}),
    ...(paper === undefined ? {} : { id: paper, page: `papers/${paper}` }),
  };
}

function nameAll({ authors, moreAuthors: count = 0 }: DigestItem, words: Words): string {
  const names = authors.join(', ');
  return count > 0 ? words.say('andMore', { names, count }) : names;
}
