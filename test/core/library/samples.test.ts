import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type ReadLibrary, readLibraryFile } from '../../../src/core/library/library.ts';
import { finish } from '../../../src/core/reading/work.ts';

/** Exports as programs and databases wrote them; they are not kept here, since they are theirs. */
const folder = new URL('../../../../shared/feeds/libraries/', import.meta.url);
const isThere = existsSync(folder);
if (!isThere) console.info('skipped: the exports of ../shared/feeds/libraries are not here');
const there = isThere ? describe : describe.skip;

const files = isThere ? readdirSync(folder).filter((name) => name !== 'README.md') : [];
const readSample = (name: string): ReadLibrary =>
  finish(readLibraryFile(readFileSync(new URL(name, folder))));

/** Entries of each file; one that has neither title nor id is a fault, and doubles are one. */
const expected: Readonly<Record<string, readonly [entries: number, faults: number]>> = {
  'acm-digital-library-2025.bib': [3, 0],
  'citavi-2026.bib': [3, 0],
  'ebsco-2022.ris': [2, 0],
  'embase-2019.csv': [1, 0],
  'embase-2019.ris': [2, 0],
  'endnote-17.4.xml': [4, 0],
  'endnote-2022.ris': [3, 0],
  'endnote-agris-2022.ris': [2, 0],
  'endnote-pretty-printed.xml': [2, 0],
  'endnote-web-continued-title.ris': [1, 0],
  'eric-2022.nbib': [3, 0],
  'google-scholar-2026.bib': [3, 0],
  'ieee-xplore-2025.bib': [3, 0],
  'ieee-xplore-2025.ris': [4, 0],
  'lens-org-2022.ris': [2, 0],
  'lens-org-2024.csv': [3, 0],
  'mendeley-2016-mojibake.bib': [3, 0],
  'mendeley-2017.bib': [2, 0],
  'mendeley-desktop-1.16.1.bib': [4, 0],
  'ovid-psycinfo-2019.ris': [2, 0],
  'papers3-2017.bib': [2, 0],
  'proquest-2019.ris': [2, 0],
  'pubmed-2016.nbib': [1, 0],
  'pubmed-2020.nbib': [2, 0],
  'pubmed-central-three-py.ris': [1, 0],
  'sciencedirect-2020.bib': [2, 0],
  'sciencedirect-2025.bib': [3, 0],
  'scopus-2019.bib': [2, 0],
  'scopus-2019.ris': [2, 0],
  'scopus-2022.ris': [2, 0],
  'scopus-2024.csv': [2, 0],
  'scopus-2025.bib': [5, 0],
  'springer-link-by-zotero-2020.bib': [3, 0],
  'web-of-science-2019.ciw': [2, 0],
  'web-of-science-2022.ris': [3, 0],
  'web-of-science-2025.bib': [3, 0],
  'zotero-2019.csv': [4, 0],
  'zotero-2020.ris': [2, 0],
  'zotero-2023.rdf': [1, 0],
  'zotero-2024.bib': [2, 1],
};

const FORMAT_BY_END: readonly (readonly [RegExp, string])[] = [
  [/\.bib$/, 'BibTeX or a list'],
  [/\.ris$/, 'RIS'],
  [/\.nbib$/, 'PubMed (.nbib)'],
  [/\.ciw$/, 'Web of Science (.ciw)'],
  [/\.csv$/, 'CSV'],
  [/\.rdf$/, 'Zotero RDF'],
  [/\.xml$/, 'EndNote XML'],
];

there('exports of reference managers and databases', () => {
  it.each(files.map((name) => [name]))('%s', (name) => {
    const { format, entries, faults } = readSample(name);
    expect(format).toBe(FORMAT_BY_END.find(([end]) => end.test(name))?.[1]);
    expect([entries.length, faults.length]).toEqual(expected[name]);
    for (const { key, title } of entries) {
      expect(title).not.toBeNull();
      expect(title).not.toMatch(/[{}\\]|<\/?[a-z]|&[a-z#]+;/i);
      expect(key).toMatch(/^(arxiv|doi|pmid|pmcid|pii|title):[^"'{}\s]+$/);
    }
  });

  const entriesOf = (name: string) => readSample(name).entries;

  it('gives each entry what is its own, where the format makes that hard', () => {
    const [, , third] = entriesOf('web-of-science-2022.ris');
    expect(third?.key).toBe('doi:10.1108/cr-12-2018-0086');
    expect(third?.abstract).toMatch(/^Purpose This study/);
    expect(third?.abstract).toHaveLength(1849);
    // Its kind is no DOI, and those in its notes are what it cites.
    expect(entriesOf('scopus-2022.ris')[1]?.key).toMatch(/^title:/);
    const [gambling] = entriesOf('ebsco-2022.ris');
    expect(gambling?.key).toBe('doi:10.1080/16066359.2020.1867111');
    expect(gambling?.abstract).not.toContain('Copyright');
    expect(entriesOf('mendeley-2017.bib')[0]?.abstract).toContain('a single ⁸⁷Rb atom');
    expect(entriesOf('zotero-2023.rdf')[0]?.key).toBe('doi:10.1007/s11926-012-0290-2');
    expect(entriesOf('scopus-2025.bib')[4]?.title).toMatch(/for \$0\.08 per Violation$/);
  });
});
