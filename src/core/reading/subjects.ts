import { stemsIn } from './stemming.ts';
import { computingSubjects } from './subjects/computing.ts';
import { languageAndVisionSubjects } from './subjects/language-vision.ts';
import { learningSubjects } from './subjects/learning.ts';
import { lifeSubjects } from './subjects/life.ts';
import { natureSubjects } from './subjects/nature.ts';
import { societySubjects } from './subjects/society.ts';

/** A subject that researchers call by this name. */
export interface Subject {
  /** As in running text, with the capitals that it always has: `3D vision`. */
  readonly name: string;
  /** The name, and narrower ones that it is called by where they say enough. */
  readonly names: readonly string[];
  /** Whether it is a whole field, such as physics, with the subjects after it. */
  readonly isField: boolean;
  /** Stems of words in a row that point to it, its name first. */
  readonly cues: readonly string[];
}

/** The most words of a cue that are looked at. */
const longestCue = 4;

/**
 * Reads the list: a line is a name, a bar, and what else points to the subject, parted by
 * semicolons, a plus before what is a narrower name for it; an equals sign marks a field; a line that begins with a space goes on with the last.
 */
export function parseSubjects(list: string): Subject[] {
  const lines = list.replace(/\n\s+/g, ' ').split('\n').filter(Boolean);
  return lines.map((line) => {
    const [head = '', others = ''] = line.split('|');
    const name = head.replace(/^=/, '').trim();
    const spelled = others.split(';').map((cue) => cue.trim());
    const names = [
      name,
      ...spelled.filter((cue) => cue.startsWith('+')).map((cue) => cue.slice(1)),
    ];
    const cues = [name, ...spelled].map((cue) => stemsIn(cue).join(' '));
    const isField = head.startsWith('=');
    return { name, names, isField, cues: [...new Set(cues.filter(Boolean))] };
  });
}

/** All subjects, numbered by their places. */
export const subjects: readonly Subject[] = [
  learningSubjects,
  languageAndVisionSubjects,
  computingSubjects,
  natureSubjects,
  lifeSubjects,
  societySubjects,
].flatMap(parseSubjects);

const subjectsByCue = new Map<string, number[]>();
for (const [number, { cues }] of subjects.entries()) {
  for (const cue of cues) subjectsByCue.set(cue, [...(subjectsByCue.get(cue) ?? []), number]);
}

/** The subjects that a cue points to, by number. */
export function subjectsOf(cue: string): readonly number[] {
  return subjectsByCue.get(cue) ?? [];
}

/** How often each cue of the list is among stems in a row. */
export function countCues(stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const start of stems.keys()) {
    let cue = '';
    for (const stem of stems.slice(start, start + longestCue)) {
      cue = cue ? `${cue} ${stem}` : stem;
      if (subjectsByCue.has(cue)) counts.set(cue, (counts.get(cue) ?? 0) + 1);
    }
  }
  return counts;
}
