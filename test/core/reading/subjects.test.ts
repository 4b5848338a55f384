import { stemsIn } from '../../../src/core/reading/stemming.ts';
import {
  countCues,
  parseSubjects,
  subjects,
  subjectsOf,
} from '../../../src/core/reading/subjects.ts';

const namesIn = (text: string) =>
  [...countCues(stemsIn(text)).keys()].flatMap((cue) =>
    subjectsOf(cue).map((subject) => subjects[subject]?.name),
  );

describe('the list of subjects', () => {
  it('reads names, narrower names, cues and fields', () => {
    expect(parseSubjects('= botany | plants\nmoss care |\n +moss gardens; peat\n')).toEqual([
      { name: 'botany', names: ['botany'], isField: true, cues: ['botani', 'plant'] },
      {
        name: 'moss care',
        names: ['moss care', 'moss gardens'],
        isField: false,
        cues: ['moss care', 'moss garden', 'peat'],
      },
    ]);
  });

  it('has several hundred, each by a name of its own that fits a heading', () => {
    expect(subjects.length).toBeGreaterThan(400);
    expect(new Set(subjects.map(({ name }) => name)).size).toBe(subjects.length);
    expect(subjects.filter(({ name }) => name.length > 48)).toEqual([]);
    expect(subjects.filter(({ cues }) => cues.length === 0)).toEqual([]);
  });

  it.each([
    ['A SAT solver that learns clauses', 'satisfiability'],
    ['Offline RL from logs', 'offline reinforcement learning'],
    ['The waggle dance of honey bees', 'entomology'],
    ['A randomised trial in pneumonia', 'respiratory disease'],
    ['Minimum wages and unemployment', 'labour economics'],
    ['Ricci flow on a Riemannian manifold', 'differential geometry'],
  ])('finds in %j %j', (text, name) => {
    expect(namesIn(text)).toContain(name);
  });

  it('takes no word in small letters for an acronym, and no shouting for several', () => {
    expect(namesIn('The cat sat on the mat')).not.toContain('satisfiability');
    expect(stemsIn('NEW MOSS ON OLD WALLS')).toEqual(['new', 'moss', 'old', 'wall']);
    expect(stemsIn('LLMs')).toEqual(['LLM']);
  });
});
