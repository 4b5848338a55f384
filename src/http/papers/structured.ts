import type { HeadPart } from '../../core/letter/paper-pages.ts';
import { findPdf } from '../../core/paper/copies.ts';
import { paperPath } from '../../core/paper/paper-link.ts';
import { shortenText } from '../../core/text/text.ts';
import type { PublicPaper } from '../../store/papers/public-papers.ts';

const LONGEST_DESCRIPTION = 200;

/** A paper's head: what catalogues of papers read (Google Scholar's inclusion guidelines), and a sentence. */
export function describePaper(
  paper: PublicPaper,
  publicUrl: string,
): { head: HeadPart; description: string } {
  const { title, authors, ids, publishedAt, summary, abstract, id } = paper;
  const pdf = findPdf(ids);
  const metas: readonly (readonly [string, string | undefined])[] = [
    ['citation_title', title],
    ...authors.map(({ name }) => ['citation_author', name] as const),
    ['citation_publication_date', publishedAt?.toISOString().slice(0, 10).replaceAll('-', '/')],
    ['citation_doi', ids.doi],
    ['citation_arxiv_id', ids.arxiv],
    ['citation_pmid', ids.pmid],
    ['citation_pdf_url', pdf],
    ['citation_abstract_html_url', `${publicUrl}${paperPath(id, title)}`],
  ];
  return {
    description: shortenText(summary || abstract || title, LONGEST_DESCRIPTION),
    head: {
      metas: metas.flatMap(([name, content]) => (content ? [{ name, content }] : [])),
      feeds: [],
    },
  };
}

/** A paper as schema.org's ScholarlyArticle; nothing in it ends a script element. */
export function writeJsonLd(paper: PublicPaper, publicUrl: string): string {
  const { title, authors, abstract, ids, link, publishedAt, keywords, id } = paper;
  const article = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    headline: title,
    url: `${publicUrl}${paperPath(id, title)}`,
    author: authors.map(({ name }) => ({ '@type': 'Person', name })),
    ...(abstract && { abstract }),
    ...(publishedAt && { datePublished: publishedAt.toISOString().slice(0, 10) }),
    ...(keywords && { keywords }),
    ...(link && { sameAs: link }),
    identifier: Object.entries(ids).map(([scheme, value]) => ({
      '@type': 'PropertyValue',
      propertyID: scheme,
      value,
    })),
  };
  return JSON.stringify(article).replace(/[<>&\u2028\u2029]/g, (mark) => {
    const code = mark.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });
}
