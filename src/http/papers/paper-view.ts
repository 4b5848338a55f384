import { groupPath } from '../../core/edition/edition-link.ts';
import type { Fact, PaperPage, WordedLink } from '../../core/letter/paper-pages.ts';
import { sayAmendment, translateAmendment } from '../../core/paper/amendment.ts';
import { authorPath } from '../../core/paper/author-link.ts';
import { citationForms } from '../../core/paper/citations.ts';
import { findPdf, listCopies } from '../../core/paper/copies.ts';
import { sayKind } from '../../core/paper/kind.ts';
import type { WordKey, Words } from '../../core/words/words.ts';
import type { ListedPaper, PublicPaper } from '../../store/papers/public-papers.ts';
import type { Site } from '../site.ts';
import { writeJsonLd } from './structured.ts';
import { viewListedPaper } from './view.ts';

/** What is told of a paper, by its key in the catalogue. */
type PaperFact =
  Extract<WordKey, `paperFact.${string}`> extends `paperFact.${infer Fact}` ? Fact : never;

/** What fewer readers did says too much of each. */
const LEAST_VOTES = 5;

/** All that a paper's page shows. */
export function viewPaperPage(
  paper: PublicPaper,
  similar: readonly ListedPaper[],
  site: Site,
): PaperPage {
  const { words, prefix } = site;
  const { publicUrl } = site.outside.config.http;
  const { title, authors, abstract, amended, id } = paper;
  const kind = words.translate(sayKind(paper.kind));
  return {
    title,
    vote: `${prefix}/votes/${id}`,
    keep: `${prefix}/my-papers/${id}`,
    circle: `${prefix}/circles/for/${id}`,
    ...(kind && { kind }),
    authors: authors.map(({ name }) => {
      const path = authorPath(name);
      return { name, ...(path && { link: `${prefix}${path}` }) };
    }),
    ...(amended && {
      amended: {
        said: translateAmendment(sayAmendment(amended, title), words),
        isRetracted: amended.kind === 'retraction',
        ...(amended.link && { link: amended.link }),
      },
    }),
    ways: waysOf(paper, words),
    ...(abstract && { abstract }),
    facts: factsOf(paper, site),
    citations: citationForms.map(({ label, ending, write }) => ({
      label,
      text: write([paper]),
      link: `/papers/${id}/cite.${ending}`,
    })),
    similar: similar.map((each) => viewListedPaper(site, each)),
    jsonLd: writeJsonLd(paper, publicUrl),
  };
}

function waysOf({ link, ids, code }: PublicPaper, words: Words): WordedLink[] {
  const pdf = findPdf(ids);
  return [
    ...(link ? [{ label: words.say('paper.read'), link }] : []),
    ...(pdf && pdf !== link ? [{ label: words.say('paper.pdf'), link: pdf }] : []),
    ...(code ? [{ label: words.say('paper.code'), link: code }] : []),
  ];
}

function factsOf(paper: PublicPaper, { words, prefix }: Site): PaperPage['facts'] {
  const { publishedAt, ids, categories, keywords = [], feeds, upvotes = 0, votes } = paper;
  const { group, groupNumber, edition } = paper;
  const plain = (texts: readonly string[]): Fact[] => texts.map((text) => ({ text }));
  const facts: [PaperFact, readonly Fact[]][] = [
    [
      'published',
      publishedAt ? plain([words.shortDate(publishedAt.toISOString().slice(0, 10))]) : [],
    ],
    [
      'edition',
      paper.editions.map(({ name, date }) => ({
        text: words.shortDate(date),
        link: `${prefix}/editions/${name}`,
      })),
    ],
    [
      'group',
      group ? [{ text: group, link: `${prefix}${groupPath({ name: edition }, groupNumber)}` }] : [],
    ],
    ['elsewhere', listCopies(ids).map(({ label, link }) => ({ text: label, link }))],
    [
      'categories',
      categories.map((text) => ({ text, link: `${prefix}${searchLink(`category:${text}`)}` })),
    ],
    ['keywords', plain(keywords)],
    ['feeds', plain(feeds)],
    ['upvotes', plain(upvotes > 0 ? [words.number(upvotes)] : [])],
    ['readers', plain(votes >= LEAST_VOTES ? [words.say('paper.wanted', { count: votes })] : [])],
  ];
  return facts.flatMap(([name, values]) =>
    values.length > 0 ? [{ name: words.say(`paperFact.${name}`), values }] : [],
  );
}

function searchLink(typed: string): string {
  return `/search?${new URLSearchParams({ q: typed })}`;
}
