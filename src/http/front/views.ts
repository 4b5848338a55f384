import { sayTurn } from '../../core/edition/calendar.ts';
import type { EditionPaper, EditionTexts } from '../../core/edition/edition.ts';
import { editionPath, groupPath } from '../../core/edition/edition-link.ts';
import type { EditionEntry, VotedPaper } from '../../core/letter/front-pages.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { viewPaper } from '../../core/letter/paper-views.ts';
import { type Amended, sayAmendment, translateAmendment } from '../../core/paper/amendment.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { timeIn } from '../../core/reader/schedule.ts';
import type { ShownEdition } from '../../store/papers/shown.ts';
import type { Site } from '../site.ts';

/** A paper of an edition with what became of it since. */
export interface StandingPaper extends EditionPaper {
  readonly amended: Amended | null;
}

/** What an edition shows today. */
export interface StandingTexts extends EditionTexts {
  readonly papers: readonly StandingPaper[];
}

/**
 * What everybody may see of an edition now: without what an editor hid, and with what was corrected
 * or retracted since. Undefined where readers may not have it.
 */
export async function findStanding(
  { outside: { store } }: Site,
  name: string,
): Promise<StandingTexts | undefined> {
  const texts = await store.editions.findTexts(name);
  if (!texts) return undefined;
  const standing = await store.shown.listStanding(texts.id);
  const papers = texts.papers.flatMap((paper) => {
    const amended = standing.get(paper.paperId);
    return amended === undefined ? [] : [{ ...paper, amended }];
  });
  return { ...texts, papers };
}

/** A paper as a page shows it, its title leading to its own page here. */
export function viewOwn({ words, prefix }: Site, paper: StandingPaper): VotedPaper {
  const { amended, title, paperId } = paper;
  return {
    ...viewPaper(paper, words),
    link: `${prefix}${paperPath(paperId, title)}`,
    vote: `${prefix}/votes/${paperId}`,
    keep: `${prefix}/my-papers/${paperId}`,
    ...(amended && { amended: translateAmendment(sayAmendment(amended, title), words) }),
  };
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
  papers: readonly StandingPaper[],
  abstracts: ReadonlyMap<number, string> = new Map(),
): VotedPaper[] {
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
