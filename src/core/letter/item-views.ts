import type { Words } from '../words/words.ts';
import type { DigestContent } from './digest-content.ts';
import { countItems, type DigestItem } from './digest-items.ts';
import type { ItemGroupView, ItemView } from './digest-view.ts';
import type { ItemKind } from './item.ts';
import { listSaid, sayItemReasons } from './item-words.ts';

/** What a digest holds beside the editions, at most so many of each kind; the others are counted. */
export function viewItems(
  content: Pick<DigestContent, 'items' | 'moreItems'>,
  { most, words }: { readonly most: number; readonly words: Words },
): ItemGroupView[] {
  const { items = [], moreItems } = content;
  const counts = countItems(items, moreItems);
  // As they are frozen, then what is only counted.
  const kinds = new Set([...items.map(({ kind }) => kind), ...(Object.keys(counts) as ItemKind[])]);
  return [...kinds].flatMap((kind) => {
    const shown = items.filter((item) => item.kind === kind).slice(0, most);
    const moreCount = (counts[kind] ?? 0) - shown.length;
    const groups = [...groupByCircle(shown)].map(([circle, papers]) => ({
      kind,
      label: circle || words.say(`items.${kind}`),
      papers: papers.map((item) => viewItem(item, words)),
      moreCount: 0,
    }));
    const last = groups.pop() ?? { kind, label: words.say(`items.${kind}`), papers: [] };
    return [...groups, { ...last, moreCount }];
  });
}

/** What members of a circle said stands under its name; all else under none. */
function groupByCircle(items: readonly DigestItem[]): Map<string, DigestItem[]> {
  const groups = new Map<string, DigestItem[]>();
  for (const item of items) {
    const circle = listSaid(item.reasons)[0]?.circle ?? '';
    groups.set(circle, [...(groups.get(circle) ?? []), item]);
  }
  return groups;
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
