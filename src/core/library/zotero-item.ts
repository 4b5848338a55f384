import { nameParts } from '../paper/citations.ts';
import type { Paper } from '../paper/paper.ts';
import { REPOSITORIES } from '../paper/repositories.ts';
import { shortenText } from '../text/text.ts';

/** In characters; Zotero takes 65,535 of a field. */
const LONGEST_FIELD = 30_000;

/** What is told of a paper. */
export type ShelvedPaper = Pick<
  Paper,
  'title' | 'abstract' | 'authors' | 'ids' | 'link' | 'publishedAt'
>;

/** Where an item goes: version 0 makes it anew and changes nothing that is there. */
export interface ItemPlace {
  readonly key: string;
  /** Absent where its reader deleted it: the item stands in the library then. */
  readonly collection?: string | undefined;
}

/** A paper as Zotero's web API takes it: one field that the type does not have would fail the item. */
export function toZoteroItem(paper: ShelvedPaper, { key, collection }: ItemPlace) {
  const { title, abstract, authors, ids, link, publishedAt } = paper;
  const repository = findRepository(paper);
  return {
    key,
    version: 0,
    ...(repository === undefined
      ? { itemType: 'journalArticle' }
      : {
          itemType: 'preprint',
          repository,
          ...(ids.arxiv && { archiveID: `arXiv:${ids.arxiv}` }),
        }),
    title: shortenText(title, LONGEST_FIELD),
    creators: authors.map(({ name }) => ({ creatorType: 'author', ...nameCreator(name) })),
    ...(abstract && { abstractNote: shortenText(abstract, LONGEST_FIELD) }),
    ...(publishedAt && { date: publishedAt.toISOString().slice(0, 10) }),
    ...(ids.doi && { DOI: ids.doi }),
    ...(link && { url: link }),
    ...tellExtra(paper, repository === undefined),
    collections: collection === undefined ? [] : [collection],
  };
}

/** Where a preprint is; undefined where it is an article. */
function findRepository({ ids, link }: ShelvedPaper): string | undefined {
  const { doi, arxiv } = ids;
  if (doi === undefined) return arxiv === undefined ? undefined : 'arXiv';
  const found = REPOSITORIES.find((each) => each.isPreprint && each.doi.test(doi.toLowerCase()));
  // Some share their DOIs: then the link says which it is.
  const names = found?.name.split(' and ');
  return names?.find((name) => link?.toLowerCase().includes(name.toLowerCase())) ?? names?.[0];
}

/** Ids that have no field of their own, as Zotero writes them there itself. */
function tellExtra({ ids }: ShelvedPaper, isArticle: boolean): { readonly extra?: string } {
  const lines = [
    ...(isArticle && ids.arxiv ? [`arXiv:${ids.arxiv}`] : []),
    ...(ids.pmid ? [`PMID: ${ids.pmid}`] : []),
  ];
  return lines.length > 0 ? { extra: lines.join('\n') } : {};
}

/** A first name alone is refused, and so are both forms of a name. */
function nameCreator(printed: string) {
  const { family, given, literal } = nameParts(printed.trim());
  return family && given ? { firstName: given, lastName: family } : { name: literal ?? printed };
}
