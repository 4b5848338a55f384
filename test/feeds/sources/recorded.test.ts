import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parseBiorxiv } from '../../../src/feeds/biorxiv.ts';
import { parsePlainFeed } from '../../../src/feeds/feed.ts';
import type { Batch } from '../../../src/feeds/fetched.ts';
import { parseHuggingface } from '../../../src/feeds/huggingface.ts';
import { parseCrossref } from '../../../src/feeds/sources/crossref.ts';
import { parseEprint } from '../../../src/feeds/sources/eprint.ts';
import { parseEuropepmc } from '../../../src/feeds/sources/europepmc.ts';
import { parseInspire } from '../../../src/feeds/sources/inspire.ts';
import { parseNep, parseReport } from '../../../src/feeds/sources/nep.ts';
import { parseOpenalex } from '../../../src/feeds/sources/openalex.ts';
import { parseOpenreview } from '../../../src/feeds/sources/openreview.ts';
import { parseOsf } from '../../../src/feeds/sources/osf.ts';
import { parsePubmed } from '../../../src/feeds/sources/pubmed.ts';
import { parseZenodo } from '../../../src/feeds/sources/zenodo.ts';

// Recorded answers of the real sources lie beside the repository where they may be used.
const folder = new URL('../../../../shared/feeds/sources/', import.meta.url);
const isPresent = existsSync(folder);
if (!isPresent) console.info('skipped: the recorded answers of ../shared/feeds are not here');
const describeRecorded = isPresent ? describe : describe.skip;

type Parse = (bytes: Uint8Array) => Promise<Batch>;
const report: Parse = (bytes) => parseReport(bytes, '2026-09-07');

/** Folder, which files, how they are read; then papers, refusals, people, abstracts and DOIs of all. */
const RECORDED: readonly [string, RegExp, Parse, readonly number[]][] = [
  ['crossref', /^(?!error).*\.json$/, (bytes) => parseCrossref(bytes), [29, 5, 107, 13, 29]],
  ['pubmed', /^efetch.*\.xml$/, (bytes) => parsePubmed(bytes), [12, 0, 81, 9, 12]],
  [
    'europepmc',
    /^(?!search-idlist).*\.json$/,
    (bytes) => parseEuropepmc(bytes),
    [14, 0, 21, 3, 13],
  ],
  ['openalex', /^works.*\.json$/, (bytes) => parseOpenalex(bytes), [8, 0, 16, 3, 5]],
  ['inspire', /\.json$/, (bytes) => parseInspire(bytes), [3, 0, 4, 3, 2]],
  ['osf', /^p.*s-.*\.json$|^psy.*\.json$/, (bytes) => parseOsf(bytes), [11, 0, 2, 11, 10]],
  ['iacr-eprint', /^rss\.xml$/, (bytes) => parseEprint(bytes), [3, 0, 10, 3, 0]],
  ['zenodo', /search\.json$/, (bytes) => parseZenodo(bytes), [3, 0, 10, 3, 3]],
  ['openreview', /\.json$/, (bytes) => parseOpenreview(bytes), [3, 2, 13, 3, 1]],
  ['biorxiv', /\.json$/, (bytes) => parseBiorxiv(bytes), [12, 0, 108, 12, 12]],
  ['medrxiv', /\.json$/, (bytes) => parseBiorxiv(bytes), [6, 0, 82, 6, 6]],
  ['huggingface', /\.json$/, (bytes) => parseHuggingface(bytes), [6, 0, 22, 6, 0]],
  ['pubmed-rss', /\.xml$/, (bytes) => parsePlainFeed(bytes), [8, 0, 55, 8, 8]],
  ['repec-nep', /\.xml$/, (bytes) => parseNep(bytes), [1, 0, 2, 1, 0]],
  ['repec-nep', /\.html$/, report, [1, 0, 2, 1, 0]],
];

describeRecorded('recorded answers', () => {
  it.each(RECORDED)('%s: %s', async (name, files, parse, expected) => {
    const place = new URL(`${name}/`, folder);
    const names = readdirSync(place).filter((file) => files.test(file));
    const batches = await Promise.all(
      names.map((file) => parse(readFileSync(new URL(file, place)))),
    );
    const papers = batches.flatMap((batch) => batch.papers);
    const sum = (amounts: readonly number[]) => amounts.reduce((all, one) => all + one, 0);
    expect([
      papers.length,
      sum(batches.map(({ refusals }) => refusals.length)),
      sum(papers.map(({ authors }) => authors.length)),
      papers.filter(({ abstract }) => abstract !== '').length,
      papers.filter(({ ids }) => ids.doi !== undefined).length,
    ]).toEqual(expected);
    for (const { title, abstract, authors } of papers) {
      const texts = [title, abstract, ...authors.map((author) => author.name)].join('\n');
      expect(texts).not.toMatch(/<\/?(?:jats:|mml:|[a-z]{1,6}[ />])|&(?:amp|lt|gt|#\d+);| {2}|@/);
      // bioRxiv has titles as their authors typed them, some with a full stop.
      if (name !== 'biorxiv') expect(title).not.toMatch(/[^.]\.$|^\[.*\]$/);
    }
  });
});
