import { layOutOthers, separate } from '../../../src/core/ranking/regression.ts';
import { learnTaste, vectorOf } from '../../../src/core/ranking/taste.ts';
import { numberOf } from '../../../src/core/ranking/terms.ts';
import { finish } from '../../../src/core/reading/work.ts';
import { makeDay } from './papers.ts';

const AT = new Date('2026-07-09T00:00:00Z');
const stored = makeDay(300).map(({ title, abstract }) => ({ title, abstract }));
const others = layOutOthers(stored.map((text) => vectorOf(text)));
const birds = stored.filter(({ title }) => title.includes('Radar')).slice(0, 6);

describe('what tells liked papers from others', () => {
  const liked = birds.map((text) => ({ vector: vectorOf(text), weight: 1 }));
  const weights = separate(liked, others);

  it('is what the others do not have, and not what all have', () => {
    const [bird = 0, goal = 0] = ['bird', 'goal'].map((stem) => weights.get(numberOf(stem)));
    expect(bird).toBeGreaterThan(0);
    expect(goal).toBeLessThan(bird / 10);
  });

  it('is of the liked papers’ own terms, all of them numbers', () => {
    const own = new Set(liked.flatMap(({ vector }) => [...vector.terms]));
    expect(new Set(weights.keys())).toEqual(own);
    expect([...weights.values()].every(Number.isFinite)).toBe(true);
  });

  it('is the same for the same', () => {
    expect(separate(liked, layOutOthers(stored.map((text) => vectorOf(text))))).toEqual(weights);
  });
});

describe('a taste learned beside others', () => {
  const examples = birds.map((text) => ({ ...text, kind: 'more' as const, at: AT }));
  const learn = (count: number, beside?: typeof others) =>
    finish(learnTaste(examples.slice(0, count), AT, beside));
  const lengthOf = (weights: Float32Array = new Float32Array()) =>
    Math.hypot(...weights.map((weight) => weight));

  it('is as loud as without, and of fewer terms', () => {
    const [plain, sharp] = [learn(6), learn(6, others)];
    expect(lengthOf(sharp?.more)).toBeCloseTo(lengthOf(plain?.more), 3);
    expect(sharp?.terms.length).toBeLessThan(plain?.terms.length ?? 0);
  });

  it('is the plain one of two votes, or beside too few papers', () => {
    expect(learn(2, others)).toEqual(learn(2));
    expect(learn(6, layOutOthers(stored.slice(0, 50).map((text) => vectorOf(text))))).toEqual(
      learn(6),
    );
  });

  it('says of each vote by which terms others are like it', () => {
    const taste = learn(6, others);
    expect(taste?.votes.map(({ title }) => title)).toEqual(birds.map(({ title }) => title));
    for (const { terms } of taste?.votes ?? []) {
      expect(Math.max(...terms)).toBeLessThan(taste?.terms.length ?? 0);
    }
  });
});
