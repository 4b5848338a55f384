import type { NewItem } from '../../src/core/letter/item.ts';
import type { Paper } from '../../src/core/paper/paper.ts';

/** Papers as an alert of a reader's names them. */
export function alerted(papers: readonly Paper[], about = 'reward models'): NewItem[] {
  return papers.map((paper) => ({
    kind: 'alert',
    paper,
    reason: { code: 'alert', key: `scholar ${about}`, from: 'Google Scholar', about },
  }));
}

/** A paper of which a mail says no more than who wrote it. */
export function named(title: string, author = 'J Doe', more: Partial<Paper> = {}): Paper {
  return { title, abstract: '', authors: [{ name: author }], categories: [], ids: {}, ...more };
}
