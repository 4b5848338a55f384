import type { CitedAnswer, UnnamedCiter } from '../../core/citations/asked.ts';
import { offerNew, offerSince } from '../../core/citations/offer.ts';
import { shareAuthor } from '../../core/citations/own.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import { nextTurn } from '../../core/citations/turns.ts';
import { describeWork, titleKey, workKeys } from '../../core/citations/work.ts';
import { APIS } from '../../core/feed/sources.ts';
import { isIdKey, isSameWork, type Known } from '../../core/paper/identity.ts';
import type { Paper } from '../../core/paper/paper.ts';
import { joinPapers } from '../../core/paper/paper-join.ts';
import type { NewCitation } from '../../store/citations/citations.ts';
import type { CitedWork } from '../../store/citations/cited-works.ts';
import type { Store } from '../../store/store.ts';
import { addTurns } from './name-works.ts';
import { beginReaders, offerCiters, tellRetracted } from './offer-citers.ts';

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
  const fresh = await recordCiters(tx, work, { source, answer, at });
  const turn = await tx.citationTurns.find(work.id, source);
  const { firstAt } = await tx.citationTurns.countBegun(work.id);
  const readers = await tx.citedWorks.listReaders(work.id);
  const { isKnown, total } = answer;
  const { publishedAt } = work;
  const nextAt = nextTurn(at, { publishedAt, readers: readers.length, isKnown });
  await tx.citationTurns.recordAnswered(
    { citedId: work.id, source },
    { at, nextAt, isKnown, total },
  );
  const citers = turn?.begunAt ? offerNew(fresh, at) : firstAt ? offerSince(fresh, firstAt) : [];
  const by = await findRetraction(tx, work, { source, papers: answer.papers });
  if (by !== undefined) await tellRetracted(tx, { work, by, at }, readers);
  const begun = readers.filter(({ begunAt }) => begunAt !== null);
  await offerCiters(tx, { work, citers, at }, begun);
  await beginReaders(tx, work.id, at);
  return fresh.length;
}

/** Who says that a work was retracted: this source, or what a feed brought; undefined where nobody does. */
async function findRetraction(
  tx: Store,
  { keys, retractedAt }: CitedWork,
  { source, papers }: { readonly source: CitationSource; readonly papers: readonly Paper[] },
): Promise<string | undefined> {
  if (retractedAt !== null) return undefined;
  if (papers.some(({ kind }) => kind === 'retraction')) return APIS[source].name;
  return (await tx.papers.findRetraction(keys.filter(isIdKey)))?.title;
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
  const title = known.title ?? '';
  const one = { keys: new Set(keys), paper: { title, abstract: '', authors: known.authors } };
  const alike = await tx.citedWorks.listAlike(title ? [...keys, titleKey(title)] : keys);
  const same = alike.filter((other) => other.id === before.id || isOne(other, one));
  const [first = before, ...others] = same;
  await tx.citedWorks.unite(
    first.id,
    others.map(({ id }) => id),
  );
  const work = {
    ...first,
    ...known,
    ids: { ...known.ids, ...first.ids },
    title: first.title ?? known.title,
    keys: [
      ...new Set([
        ...keys,
        ...(title ? [titleKey(title)] : []),
        ...same.flatMap((each) => each.keys),
      ]),
    ],
  };
  await tx.citedWorks.describe(work.id, work);
  await addTurns(tx, at);
  return work;
}

/** Whether they share an id, or are one by title and authors: a preprint that was named beside its article. */
function isOne(other: CitedWork, one: Known): boolean {
  if (other.keys.some((key) => isIdKey(key) && one.keys.has(key))) return true;
  if (other.title === null || other.authors.length === 0) return false;
  const { title, authors } = other;
  return isSameWork({ keys: new Set(other.keys), paper: { title, abstract: '', authors } }, one);
}

interface Told {
  readonly source: CitationSource;
  readonly answer: Pick<CitedAnswer, 'citers' | 'unnamed'>;
  readonly at: Date;
}

/** Those that no source named before, by more than an id. */
async function recordCiters(
  tx: Store,
  work: CitedWork,
  { source, answer: { citers, unnamed = [] }, at }: Told,
): Promise<NewCitation[]> {
  const known = await tx.citations.list(work.id);
  const { works, workOf } = joinPapers(
    known,
    citers.map(({ paper }) => paper),
  );
  const said = new Map(citers.map((citer, index) => [workOf[index], citer]));
  const fresh = works.flatMap(({ id, keys, paper }, place) => {
    if (id !== undefined) return [];
    const isOwn = said.get(place)?.isOwn ?? shareAuthor(work.authors, paper.authors);
    return [{ keys: [...keys], paper: trim(paper), isOwn }];
  });
  const absorbed = works.flatMap((each) => each.absorbed.flatMap(({ id }) => id ?? []));
  if (absorbed.length > 0) await tx.citations.remove(absorbed);
  const grown = works.flatMap(({ id, keys, paper, before }, place) => {
    if (id === undefined || !before) return [];
    const isNamed = before.paper.title === '' && said.has(place);
    if (!isNamed && keys.size === before.keys.size) return [];
    return [{ id, keys: [...keys], paper: trim(said.get(place)?.paper ?? paper) }];
  });
  if (grown.length > 0) await tx.citations.update(grown);
  const all = new Set(works.flatMap(({ keys }) => [...keys]));
  const bare = unnamed.map(nameById).filter(({ keys }) => !keys.some((key) => all.has(key)));
  const added = [...fresh, ...bare];
  if (added.length > 0) await tx.citations.insert(work.id, added, { source, at });
  return fresh;
}

/** Known by its ids, and told to nobody until somebody gives its title. */
function nameById({ ids, publishedAt, isOwn = false }: UnnamedCiter): NewCitation {
  const paper = { title: '', abstract: '', authors: [], categories: [], ids };
  return { keys: workKeys(ids), paper: { ...paper, ...(publishedAt && { publishedAt }) }, isOwn };
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
