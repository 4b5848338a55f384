import { dirname } from 'node:path';
import { type Background, countBackground } from '../../src/core/ranking/background.ts';
import { rankPapers } from '../../src/core/ranking/ranking.ts';
import {
  buildRankingIndex,
  createSlate,
  type RankingIndex,
} from '../../src/core/ranking/ranking-index.ts';
import { layOutOthers, type Others } from '../../src/core/ranking/regression.ts';
import { scorePapers } from '../../src/core/ranking/scores.ts';
import { type Example, learnTaste, vectorOf } from '../../src/core/ranking/taste.ts';
import { countTerms } from '../../src/core/ranking/terms.ts';
import { emptyProfile } from '../../src/core/reader/subscription.ts';
import { finish } from '../../src/core/reading/work.ts';
import { findFile, readRows } from './files.ts';

interface Text {
  readonly id: string;
  readonly title: string;
  readonly abstract?: string;
  /** 1 where it is one of the new papers of a task without days. */
  readonly cand?: number;
  /** 1 where it is nothing but background. */
  readonly bg?: number;
}

/** Somebody before a day's papers: what they follow and what they liked, the latest first. */
export interface Case {
  readonly case: string;
  readonly day?: string;
  readonly topics: readonly string[];
  readonly ups: readonly string[];
  /** 1 where it is one of those that are measured by default. */
  readonly sample?: number;
}

/** Papers by the place that their index knows them by. */
interface Day {
  readonly papers: readonly string[];
  readonly index: RankingIndex;
}

/** Cases, and all that they name. */
export interface Task {
  readonly cases: readonly Case[];
  /** What was wanted, by case; empty where nobody knows it. */
  readonly wanted: ReadonlyMap<string, readonly string[]>;
  readonly kind: Example['kind'];
  readonly texts: ReadonlyMap<string, Text>;
  readonly others: Others;
  dayOf(of: Case): Day;
}

/** What is asked of the ranking for one case. */
export interface Asked {
  /** The latest so many votes. */
  readonly votes: number;
  readonly withTopics: boolean;
  /** Whether what was said comes first, as in a digest; else all papers in the order of their scores. */
  readonly isPromise: boolean;
  /** Whether stored papers stand for what the reader did not ask for. */
  readonly withOthers: boolean;
}

const AT = new Date('2026-01-01T00:00:00Z');
/** As many papers as the service keeps for this. */
const OTHERS = 1000;
/** As many as the service learns from how common terms are. */
const STORED = 30_000;
/** The scorers read so many. */
const MOST = 100;

/** Reads the cases of a file, and of what lies beside it, or in a folder, papers and days, or items. */
export function readTask(
  casesFile: string,
  { name, folder }: { name: string; folder: string },
): Task {
  const rows = <Row>(...parts: readonly string[]) =>
    parts.flatMap((part) => {
      const file = `${name}.${part}.jsonl`;
      const found = findFile(dirname(casesFile), file) ?? findFile(folder, file);
      return found ? readRows<Row>(found) : [];
    });
  const cases = readRows<Case>(casesFile);
  const all = rows<Text>('papers', 'items');
  if (all.length === 0)
    throw new Error(`no ${name}.papers.jsonl lies beside ${casesFile} or in ${folder}`);
  const texts = new Map(all.map((text) => [text.id, text]));
  const dayRows = rows<{ day: string; papers: string[] }>('days');
  const fresh = all.filter(({ cand }) => cand === 1).map(({ id }) => id);
  const papersOf = new Map(dayRows.map(({ day, papers }) => [day, papers]));
  const background = countBackground(
    spread(all, STORED).map(({ title, abstract = '' }) =>
      Int32Array.from(countTerms(`${title}. ${abstract}`).keys()),
    ),
  );
  const indexed = new Map<string, Day>();
  const gold = rows<{ case: string; rel: string[] }>('gold');
  const isNew = new Set(dayRows.length > 0 ? dayRows.flatMap(({ papers }) => papers) : fresh);
  return {
    cases,
    wanted: new Map(gold.map(({ case: id, rel }) => [id, rel])),
    kind: dayRows.length > 0 ? 'more' : 'library',
    texts,
    others: layOutOthers(
      spread(
        all.filter(({ id, bg }) => bg === 1 || !isNew.has(id)),
        OTHERS,
      ).map(({ title, abstract = '' }) => vectorOf({ title, abstract }, background)),
      background,
    ),
    dayOf({ day = '' }) {
      const known =
        indexed.get(day) ?? indexDay({ papers: papersOf.get(day) ?? fresh, texts, background });
      indexed.set(day, known);
      return known;
    },
  };
}

/** So many of some things, evenly spread. */
export function spread<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, all.length / most);
  return Array.from(
    { length: Math.min(most, all.length) },
    (_, at) => all[Math.floor(at * step)],
  ).flatMap((one) => (one === undefined ? [] : [one]));
}

function indexDay({
  papers,
  texts,
  background,
}: {
  papers: readonly string[];
  texts: ReadonlyMap<string, Text>;
  background: Background;
}): Day {
  const rankable = papers.map((paper, id) => {
    const { title = '', abstract = '' } = texts.get(paper) ?? {};
    return { id, title, abstract, authors: [], categories: [], groupLabel: '' };
  });
  return { papers, index: buildRankingIndex(rankable, background) };
}

/** The papers of a case's day, the best first, as the service ranks them. */
export function rankCase(task: Task, of: Case, asked: Asked): string[] {
  const { papers, index } = task.dayOf(of);
  const examples = of.ups.slice(0, asked.votes).flatMap((up) => {
    const { title, abstract = '' } = task.texts.get(up) ?? {};
    return title === undefined ? [] : [{ title, abstract, kind: task.kind, at: AT }];
  });
  const topics = asked.withTopics ? of.topics : [];
  const profile = { ...emptyProfile, surprise: false, topics };
  const taste = finish(learnTaste(examples, AT, asked.withOthers ? task.others : undefined));
  const reader = { profile, taste };
  const { scores } = scorePapers(index, reader, createSlate(papers.length));
  const byScore = [...papers.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const chosen = asked.isPromise
    ? rankPapers(index, reader, MOST).choices.map(({ paper }) => paper)
    : [];
  const places = new Set([...chosen, ...byScore]);
  return [...places].slice(0, MOST).map((place) => papers[place] ?? '');
}
