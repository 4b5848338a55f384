import type { NewItem } from '../../core/letter/item.ts';
import { nameItem } from '../../core/paper/paper.ts';
import type { Alert, NamedPaper } from '../../feeds/alerts/alert.ts';
import type { Outside } from '../steps.ts';

/** Gives a reader the papers that their alerts name, in the caller's transaction; how many are new to them. */
export function givePapers(
  { store, now }: Pick<Outside, 'store' | 'now'>,
  subscriberId: number,
  alerts: readonly Alert[],
): Promise<number> {
  return store.items.add(subscriberId, alerts.flatMap(itemsOf), now());
}

function itemsOf({ key, service, about, papers }: Alert): NewItem[] {
  const reason = {
    code: 'alert',
    key,
    ...(service && { from: service }),
    ...(about && { about }),
  } as const;
  return papers.map((paper) => ({ kind: 'alert', paper: paperOf(paper), reason }));
}

function paperOf({
  title,
  authors,
  ids,
  scholar,
  link,
  venue,
  says,
}: NamedPaper): NewItem['paper'] {
  return {
    title,
    abstract: '',
    authors: authors.map((name) => ({ name })),
    categories: [],
    ids,
    ...(link && { link }),
    ...(venue && { venue }),
    ...(says && { says }),
    // The same in each alert, also where its link is another.
    ...(scholar && { guid: nameItem('scholar.google.com', scholar) }),
  };
}
