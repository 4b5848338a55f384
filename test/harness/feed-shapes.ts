/** Answers in the shapes of the real sources, with content of the test's own. */

export interface ArxivItem {
  readonly id: string;
  readonly categories: readonly string[];
  readonly type?: 'new' | 'cross' | 'replace' | 'replace-cross';
  readonly version?: number;
  readonly title?: string;
  readonly doi?: string;
  readonly abstract?: string;
  readonly authors?: string;
}

/** arXiv's RSS of one day, made at midnight in New York (in summer). */
export function arxivRss(date: string, items: readonly ArxivItem[]): string {
  const pubDate = `${new Date(`${date}T04:00:00Z`).toUTCString().slice(0, 16)} 00:00:00 -0400`;
  const written = items.map(
    ({
      id,
      categories,
      type = 'new',
      version = 1,
      title = `Paper ${id}`,
      doi,
      abstract = `We measure ${id}.`,
      authors = 'Ada Author, Ben Author (There)',
    }) => `<item>
      <title>${title}</title><link>https://arxiv.org/abs/${id}</link>
      <description>arXiv:${id}v${version} Announce Type: ${type} \nAbstract: ${abstract}</description>
      <guid isPermaLink="false">oai:arXiv.org:${id}v${version}</guid>
      ${categories.map((name) => `<category>${name}</category>`).join('')}
      <pubDate>${pubDate}</pubDate><arxiv:announce_type>${type}</arxiv:announce_type>
      ${doi ? `<arxiv:DOI>${doi}</arxiv:DOI>` : ''}<dc:creator>${authors}</dc:creator>
    </item>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0">
    <channel><title>updates on arXiv.org</title><pubDate>${pubDate}</pubDate>${written.join('')}</channel></rss>`;
}

/** What arXiv answers, with HTTP 400, where a category does not exist. */
export function arxivRefusal(category: string): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Feed error for query: ${category}</title>
    <description>Bad archive '${category}'.</description></channel></rss>`;
}

/** One page of arXiv's query API. */
export function arxivQuery(
  page: { start: number; total: number },
  items: readonly (ArxivItem & { submitted: string })[],
): string {
  const entries = items.map(
    ({ id, categories, submitted, title = `Paper ${id}` }) => `<entry>
      <id>http://arxiv.org/abs/${id}v1</id><title>${title}</title><summary>We measure ${id}.</summary>
      <published>${submitted}</published><updated>${submitted}</updated>
      <author><name>Ada Author</name></author>
      <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="${categories[0]}"/>
      ${categories.map((name) => `<category term="${name}"/>`).join('')}</entry>`,
  );
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
    <title>query</title><opensearch:totalResults>${page.total}</opensearch:totalResults>
    <opensearch:startIndex>${page.start}</opensearch:startIndex>${entries.join('')}</feed>`;
}

/** Hugging Face's daily papers. */
export function dailyPapers(
  items: readonly {
    id: string;
    published: string;
    daily: string;
    upvotes?: number;
    title?: string;
    abstract?: string;
    keywords?: readonly string[];
    code?: string;
  }[],
): string {
  return JSON.stringify(
    items.map(({ id, published, daily, upvotes = 0, title, abstract, keywords, code }) => ({
      paper: {
        id,
        title: title ?? `Paper ${id}`,
        summary: abstract ?? `We measure ${id}.`,
        authors: [{ name: 'Ada Author', hidden: false }],
        publishedAt: `${published}T00:00:00.000Z`,
        submittedOnDailyAt: `${daily}T00:00:00.000Z`,
        upvotes,
        ai_keywords: keywords,
        githubRepo: code,
      },
    })),
  );
}

/** One page of bioRxiv's API. */
export function preprints(
  page: { cursor: number; total: number },
  items: readonly { doi: string; date: string; version?: number }[],
): string {
  return JSON.stringify({
    messages: [{ status: 'ok', count: items.length, ...page, total: String(page.total) }],
    collection: items.map(({ doi, date, version = 1 }) => ({
      doi,
      title: `Preprint ${doi}`,
      authors: 'Author, A.; Author, B.',
      date,
      version: String(version),
      category: 'ecology',
      abstract: `We measure ${doi}.`,
      server: 'bioRxiv',
    })),
  });
}

/** A journal's RSS; items without a date, DOI or link have none. */
export function journalRss(
  items: readonly { title: string; link?: string; date?: string; doi?: string }[],
): string {
  const written = items.map(
    ({
      title,
      link,
      date,
      doi,
    }) => `<item><title>${title}</title>${link ? `<link>${link}</link>` : ''}
      ${date ? `<pubDate>${new Date(date).toUTCString()}</pubDate>` : ''}
      ${doi ? `<dc:identifier>doi:${doi}</dc:identifier>` : ''}
      <description>About ${title}.</description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Journal</title>${written.join('')}</channel></rss>`;
}
