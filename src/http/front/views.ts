import { sayTurn } from '../../core/edition/calendar.ts';
import type { EditionPaper, EditionTexts } from '../../core/edition/edition.ts';
import { editionPath, groupPath } from '../../core/edition/edition-link.ts';
import type { EditionEntry, PagePaper } from '../../core/letter/front-pages.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { viewPaper } from '../../core/letter/paper-views.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { timeIn } from '../../core/reader/schedule.ts';
import type { ShownEdition } from '../../store/papers/shown.ts';
import type { Site } from '../site.ts';

/** A paper as a page shows it, its title leading to its own page here. */
export function viewOwn({ words, prefix }: Site, paper: EditionPaper): PagePaper {
  return { ...viewPaper(paper, words), link: `${prefix}${paperPath(paper.paperId, paper.title)}` };
}

/** How an edition stands in a list; its time is that of the zone of the cut. */
export function viewEntry({ words, prefix, outside }: Site, edition: ShownEdition): EditionEntry {
  const { name, date, cutAt, isSample, paperCount } = edition;
  const turn = sayTurn(name, timeIn(outside.config.cut.zone, cutAt), words);
  const link = `${prefix}${editionPath(edition)}`;
  return { date: words.date(date), link, isSample, paperCount, ...(turn ? { turn } : {}) };
}

/** Papers as a page shows them, with the abstracts that it has room for. */
export function viewAll(
  site: Site,
  papers: readonly EditionPaper[],
  abstracts: ReadonlyMap<number, string> = new Map(),
): PagePaper[] {
  return papers.map((paper) => {
    const abstract = abstracts.get(paper.paperId);
    return { ...viewOwn(site, paper), ...(abstract ? { abstract } : {}) };
  });
}

/** The groups of an edition with their pages and sizes. */
export function viewGroups({ words, prefix }: Site, { name, groups, papers }: EditionTexts) {
  return groups
    .map((group) => sayGroup(group, words))
    .map(({ number, label }) => ({
      label,
      link: `${prefix}${groupPath({ name }, number)}`,
      paperCount: papers.filter(({ groupNumber }) => groupNumber === number).length,
    }));
}
