import type { Fact, PaperPage, WordedLink } from '../../core/letter/paper-pages.ts';
import { sayAmendment } from '../../core/paper/amendment.ts';
import { authorPath } from '../../core/paper/author-link.ts';
import { citationForms } from '../../core/paper/citations.ts';
import { findPdf, listCopies } from '../../core/paper/copies.ts';
import { sayKind } from '../../core/paper/kind.ts';
import { shortDate } from '../../core/reader/schedule.ts';
import type { Words } from '../../core/words/words.ts';
import type { ListedPaper, PublicPaper } from '../../store/papers/public-papers.ts';
import { writeJsonLd } from './structured.ts';
import { viewListedPaper } from './view.ts';

/** What fewer readers did says too much of each. */
const LEAST_VOTES = 5;

/** All that a paper's page shows. */
export function viewPaperPage(
  paper: PublicPaper,
  similar: readonly ListedPaper[],
  { publicUrl, words }: { readonly publicUrl: string; readonly words: Words },
): PaperPage {
  const { title, authors, abstract, amended, id } = paper;
  const kind = sayKind(paper.kind);
  return {
    title,
    ...(kind && { kind }),
    authors: authors.map(({ name }) => {
      const link = authorPath(name);
      return { name, ...(link && { link }) };
    }),
    ...(amended && {
      amended: {
        said: sayAmendment(amended, title),
        isRetracted: amended.kind === 'retraction',
        ...(amended.link && { link: amended.link }),
      },
    }),
    ways: waysOf(paper),
    ...(abstract && { abstract }),
    facts: factsOf(paper),
    citations: citationForms.map(({ label, ending, write }) => ({
      label,
      text: write(paper),
      link: `/papers/${id}/cite.${ending}`,
    })),
    similar: similar.map((each) => viewListedPaper(each, words)),
    jsonLd: writeJsonLd(paper, publicUrl),
  };
}

function waysOf({ link, ids, code }: PublicPaper): WordedLink[] {
  const pdf = findPdf(ids);
  return [
    ...(link ? [{ label: 'Read the paper', link }] : []),
    ...(pdf && pdf !== link ? [{ label: 'PDF', link: pdf }] : []),
    ...(code ? [{ label: 'Code', link: code }] : []),
  ];
}

function factsOf(paper: PublicPaper): PaperPage['facts'] {
  const { publishedAt, ids, categories, keywords = [], feeds, upvotes = 0, votes, group } = paper;
  const plain = (texts: readonly string[]): Fact[] => texts.map((text) => ({ text }));
  const facts: [string, readonly Fact[]][] = [
    ['Published', publishedAt ? plain([shortDate(publishedAt.toISOString().slice(0, 10))]) : []],
    [
      'In our edition',
      paper.editions.map(({ name, date }) => ({
        text: shortDate(date),
        link: `/editions/${name}`,
      })),
    ],
    ['Group', plain(group ? [group] : [])],
    ['Elsewhere', listCopies(ids).map(({ label, link }) => ({ text: label, link }))],
    ['Categories', categories.map((text) => ({ text, link: searchLink(`category:${text}`) }))],
    ['Keywords', plain(keywords)],
    ['Came by', plain(feeds)],
    ['Upvotes there', plain(upvotes > 0 ? [String(upvotes)] : [])],
    ['Readers here', plain(votes >= LEAST_VOTES ? [`${votes} asked for more like this`] : [])],
  ];
  return facts.flatMap(([name, values]) => (values.length > 0 ? [{ name, values }] : []));
}

function searchLink(typed: string): string {
  return `/search?${new URLSearchParams({ q: typed })}`;
}
