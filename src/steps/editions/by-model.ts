import type { StoredPaper } from '../../core/edition/cut.ts';
import type { EditionGroup, PlacedPaper } from '../../core/edition/edition.ts';
import { askLabel, askSummary, judgeLabel, judgeSummary } from '../../core/reading/model-words.ts';
import type { ModelPlaces } from '../../core/reading/space.ts';
import { subjects } from '../../core/reading/subjects.ts';
import type { Outside } from '../steps.ts';
import { type ModelCalls, openModelCalls } from './model-calls.ts';

/** So much of an abstract tells what it is about. */
const MOST_READ = 1_500;
/** Papers that are asked about at once. */
const AT_ONCE = 4;

/** What models elsewhere gave a cut; all of it our own where they gave nothing. */
export interface ModelReport {
  readonly isPlaced: boolean;
  readonly summaries: number;
  readonly labels: number;
  /** Why the rest is our own; undefined where nothing went wrong. */
  readonly fault: string | undefined;
}

interface Texts {
  readonly groups: EditionGroup[];
  readonly entries: PlacedPaper[];
}

/** The models of one cut; undefined where the configuration names none. */
export async function openModels(
  outside: Pick<Outside, 'store' | 'models' | 'config' | 'now'>,
): Promise<ModelCalls | undefined> {
  return outside.models && openModelCalls(outside);
}

/**
 * Where a model places the papers of a cut, and the subjects: all of them or, where one is missing,
 * none, since places of two spaces do not compare. Titles and abstracts alone are sent.
 */
export async function findPlaces(
  calls: ModelCalls,
  papers: readonly StoredPaper[],
  model: string | undefined,
): Promise<ModelPlaces | undefined> {
  if (model === undefined || papers.length === 0) return undefined;
  const known = await calls.embed(subjects.map(({ names }) => names.join(', ')));
  const places =
    known &&
    (await calls.embed(
      papers.map(({ title, abstract }) => `${title}. ${abstract.slice(0, MOST_READ)}`),
    ));
  if (!places || places[0]?.length !== known[0]?.length) return undefined;
  const byPaper = new Map(papers.map(({ id }, at) => [id, places[at] ?? new Float32Array()]));
  return { id: `model:${model}`, papers: byPaper, subjects: known };
}

/**
 * The texts of a cut with summaries and labels by a model, as far as it gave any that may be shown;
 * paper by paper and group by group, what is missing stays our own.
 */
export async function writeByModel(
  calls: ModelCalls,
  texts: Texts,
  papers: readonly StoredPaper[],
): Promise<Texts & Pick<ModelReport, 'summaries' | 'labels'>> {
  const paperOf = new Map(papers.map((paper) => [paper.id, paper]));
  const found = new Map<number, string>();
  const waiting = texts.entries.filter(({ sameAs }) => sameAs === null);
  const work = async () => {
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      const paper = paperOf.get(entry.paperId);
      // What says nothing but its title gives a model nothing to say.
      const answer = paper && entry.summary !== '' ? await calls.say(askSummary(paper)) : undefined;
      const summary = answer && paper && judgeSummary(answer, paper);
      if (summary) found.set(entry.paperId, summary);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const groups = await nameGroups(calls, texts, paperOf);
  return {
    groups,
    entries: texts.entries.map((entry) => {
      const summary = found.get(entry.paperId);
      return summary === undefined ? entry : { ...entry, summary };
    }),
    summaries: found.size,
    labels: groups.filter(({ label }, at) => label !== texts.groups[at]?.label).length,
  };
}

async function nameGroups(
  calls: ModelCalls,
  { groups, entries }: Texts,
  paperOf: ReadonlyMap<number, StoredPaper>,
): Promise<EditionGroup[]> {
  const named: EditionGroup[] = [];
  for (const [at, group] of groups.entries()) {
    const members = entries
      .filter(({ groupNumber }) => groupNumber === group.number)
      .flatMap(({ paperId }) => paperOf.get(paperId) ?? []);
    const answer = isNamed(group)
      ? await calls.say(askLabel(members.map(({ title }) => title)))
      : '';
    const others = [...named, ...groups.slice(at + 1)];
    const taken = others.map(({ label }) => label);
    const label = answer ? judgeLabel(answer, { members, taken }) : undefined;
    named.push(label === undefined ? group : { ...group, label });
  }
  return named;
}

/** Whether a group is called by what it is about: not those that share nothing, nor a kind of text. */
function isNamed({ label, overview }: EditionGroup): boolean {
  if (label === '' || typeof overview === 'string') return false;
  return overview.about.code !== 'others' && overview.about.code !== 'day';
}
