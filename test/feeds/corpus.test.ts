import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Paper } from '../../src/core/paper/paper.ts';
import { parsePlainFeed } from '../../src/feeds/feed.ts';

/** The right value of each field of one item; `matter` is what must be refused. */
interface Right {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly string[];
  readonly date: string | null;
  readonly kind: string;
  readonly doi?: string;
}

/** What was read: how many fields are right, and those that are not, in words. */
interface Verdict {
  readonly right: number;
  readonly wrong: readonly string[];
  readonly items: number;
}

const corpus = new URL('../feeds-corpus/', import.meta.url);
const FIELDS = ['abstract', 'authors', 'date', 'kind', 'doi'] as const;

function fieldsOf(paper: Paper): Right {
  const { title, abstract, authors, publishedAt, kind = 'paper', ids } = paper;
  const date = publishedAt?.toISOString().slice(0, 10) ?? null;
  const people = authors.map(({ name }) => name);
  return { title, abstract, authors: people, date, kind, ...(ids.doi && { doi: ids.doi }) };
}

async function judge(file: URL, expected: readonly Right[]): Promise<Verdict> {
  const batch = await parsePlainFeed(readFileSync(file), '', 'https://feeds.example/rss');
  const papers = batch.papers.map(fieldsOf);
  const wrong: string[] = [];
  let right = 0;
  const check = (isRight: boolean, what: string) => {
    if (isRight) right += 1;
    else wrong.push(what);
  };
  for (const item of expected) {
    const found = papers.find(({ title }) => title === item.title);
    const isRefused = batch.refusals.some((refusal) => refusal.item === item.title);
    check(item.kind === 'matter' ? isRefused : found !== undefined, `${item.title}: title`);
    for (const field of found ? FIELDS : []) {
      const [is, must] = [found?.[field], item[field]].map((value) => JSON.stringify(value));
      if (must !== undefined) check(is === must, `${item.title}: ${field} ${is}, not ${must}`);
    }
  }
  return { right, wrong, items: batch.papers.length + batch.refusals.length };
}

const readRight = (name: string) => JSON.parse(readFileSync(new URL(name, corpus), 'utf8'));

describe('the corpus of feeds', () => {
  const names = readdirSync(corpus).flatMap((name) => /^(.*)\.xml$/.exec(name)?.[1] ?? []);
  it.each(names)('every field of %s is read right', async (name) => {
    const expected: Right[] = readRight(`${name}.json`);
    const { wrong, items } = await judge(new URL(`${name}.xml`, corpus), expected);
    expect([wrong, items]).toEqual([[], expected.length]);
  });
});

const shared = new URL('../../../shared/cases/feeds/', import.meta.url);
const isPresent = existsSync(shared);
if (!isPresent) console.info('skipped: the feeds of ../shared/cases/feeds are not here');

(isPresent ? describe : describe.skip)('the shared cases', () => {
  const cases: Record<string, Right[]> = readRight('cases.json');
  const names = isPresent
    ? readdirSync(shared).flatMap((name) => /^(.*)\.xml$/.exec(name)?.[1] ?? [])
    : [];

  it('are read right, field by field', async () => {
    const verdicts: Verdict[] = [];
    for (const name of names) {
      const expected = cases[name];
      if (!expected) throw new Error(`cases.json has no right values for ${name}.xml`);
      verdicts.push(await judge(new URL(`${name}.xml`, shared), expected));
    }
    const wrong = verdicts.flatMap((verdict) => verdict.wrong);
    const right = verdicts.reduce((sum, verdict) => sum + verdict.right, 0);
    console.info(`${right} of ${right + wrong.length} fields of the shared cases are right`);
    expect(wrong).toEqual([]);
  });
});
