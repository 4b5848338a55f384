import type { CitedAnswer, Citer } from '../../core/citations/asked.ts';
import { offerNew, offerSince } from '../../core/citations/offer.ts';
import { shareAuthor } from '../../core/citations/own.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import { nextTurn } from '../../core/citations/turns.ts';
import { describeWork, workKeys } from '../../core/citations/work.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { joinPapers } from '../../core/paper/paper-join.ts';
import type { NewCitation } from '../../store/citations/citations.ts';
import type { CitedWork } from '../../store/citations/cited-works.ts';
import type { Store } from '../../store/store.ts';
import { addTurns } from './name-works.ts';
import { beginReaders, offerCiters } from './offer-citers.ts';

/**
 * Writes down what a source said of one work, and gives its readers what is new; how many papers were
 * not known to cite it. The first answer of a source is no news, but for what came out since another
 * first answered. What is no more said stays known. Needs a transaction.
 */
export async function recordAnswer(
  tx: Store,
  source: CitationSource,
  answer: CitedAnswer,
  at: Date,
): Promise<number> {
  // Works may turn out to be one: whoever names or describes them waits.
  await tx.citedWorks.lockAll();
  const before = await tx.citedWorks.lock(answer.id);
  if (!before) return 0;
  const work = await describe(tx, before, answer, at);
  const fresh = await recordCiters(tx, work, { source, citers: answer.citers, at });
  const turn = await tx.citationTurns.find(work.id, source);
  const firstBegun = await tx.citationTurns.findBegun(work.id);
  const readers = await tx.citedWorks.listReaders(work.id);
  const { isKnown, total } = answer;
  const nextAt = nextTurn(at, { publishedAt: work.publishedAt, readers: readers.length });
  await tx.citationTurns.recordAnswered(
    { citedId: work.id, source },
    { at, nextAt, isKnown, total },
  );
  const citers = turn?.begunAt
    ? offerNew(fresh, at)
    : firstBegun
      ? offerSince(fresh, firstBegun)
      : [];
  const begun = readers.filter(({ begunAt }) => begunAt !== null);
  await offerCiters(tx, { work, citers, at }, begun);
  await beginReaders(tx, work.id, at);
  return fresh.length;
}

/** The work with what the source says of it, and with others that turn out to be the same. */
async function describe(
  tx: Store,
  before: CitedWork,
  { papers }: CitedAnswer,
  at: Date,
): Promise<CitedWork> {
  if (papers.length === 0) return before;
  const known = describeWork(before, papers);
  // Each version has ids of one kind: all of them name the work.
  const keys = [
    ...new Set([
      ...before.keys,
      ...workKeys(known.ids),
      ...papers.flatMap(({ ids }) => workKeys(ids)),
    ]),
  ];
  const [first = before, ...others] = await tx.citedWorks.listAlike(keys);
  await tx.citedWorks.unite(
    first.id,
    others.map(({ id }) => id),
  );
  const work = {
    ...first,
    ...known,
    ids: { ...known.ids, ...first.ids },
    title: first.title ?? known.title,
    keys: [...new Set([...keys, ...first.keys, ...others.flatMap(({ keys: own }) => own)])],
  };
  await tx.citedWorks.describe(work.id, work);
  await addTurns(tx, at);
  return work;
}

/** Those that no source named before. */
async function recordCiters(
  tx: Store,
  work: CitedWork,
  { source, citers, at }: { source: CitationSource; citers: readonly Citer[]; at: Date },
): Promise<NewCitation[]> {
  const known = await tx.citations.list(work.id);
  const { works, workOf } = joinPapers(
    known,
    citers.map(({ paper }) => paper),
  );
  const said = new Map(citers.map(({ isOwn }, index) => [workOf[index], isOwn]));
  const fresh = works.flatMap(({ id, keys, paper }, place) => {
    if (id !== undefined) return [];
    const isOwn = said.get(place) ?? shareAuthor(work.authors, paper.authors);
    return [{ keys: [...keys], paper: trim(paper), isOwn }];
  });
  const absorbed = works.flatMap((each) => each.absorbed.flatMap(({ id }) => id ?? []));
  if (absorbed.length > 0) await tx.citations.remove(absorbed);
  const grown = works.flatMap(({ id, keys, before }) =>
    id !== undefined && before && keys.size > before.keys.size ? [{ id, keys: [...keys] }] : [],
  );
  if (grown.length > 0) await tx.citations.recordKeys(grown);
  if (fresh.length > 0) await tx.citations.insert(work.id, fresh, { source, at });
  return fresh;
}

/** People of a large collaboration are thousands; what tells papers apart are the first. */
const MOST_AUTHORS = 5;

/** What is kept of a citer; its abstract is asked for where it is told. */
function trim({ title, authors, ids, link, publishedAt }: Paper): NewCitation['paper'] {
  return {
    title,
    abstract: '',
    authors: authors.slice(0, MOST_AUTHORS).map(({ name }) => ({ name })),
    categories: [],
    ids,
    ...(link && { link }),
    ...(publishedAt && { publishedAt }),
  };
}
