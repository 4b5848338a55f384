import { z } from 'zod';
import { type Figure, tell } from '../core/ranking/figures.ts';
import { countOf } from '../core/text/words.ts';
import { type Evaluation, evaluateVotes } from '../steps/readers/evaluate.ts';
import { defineCommand } from './command.ts';
import { count, shape } from './shapes/shape.ts';

/** Of fewer, chance says more than the model. */
const FEWEST = { readers: 20, votes: 60 };

const figure = shape(
  'Figure',
  z.object({
    mean: z.number(),
    interval: z
      .tuple([z.number(), z.number()])
      .readonly()
      .describe('The ends of the interval that holds it with 95 %.'),
  }),
);

export const evaluate = defineCommand({
  right: 'look',
  args: z.object({
    weeks: z
      .number()
      .int()
      .min(1, 'must be from 1 to 26')
      .max(26, 'must be from 1 to 26')
      .default(4)
      .describe('How many weeks back.'),
  }),
  answers: z.object({
    weeks: count,
    editions: count,
    readers: count,
    votes: count,
    unknown: count.describe('Readers left out, since nothing was known of their taste before.'),
    isEnough: z.boolean().describe('Whether there are votes enough to tell.'),
    byTaste: figure,
    byWishes: figure,
    byEdition: figure,
    gain: figure,
  }),
  async run(outside, { weeks }, { progress }) {
    const evaluation = await evaluateVotes(outside, weeks, (done) => {
      progress?.(done, null, 'readers');
    });
    const isEnough = evaluation.readers >= FEWEST.readers && evaluation.votes >= FEWEST.votes;
    return { lines: [...describe(evaluation, isEnough)], data: { ...evaluation, isEnough } };
  },
});

function* describe(evaluation: Evaluation, isEnough: boolean): Generator<string> {
  const { weeks, editions, readers, votes, unknown } = evaluation;
  const since = countOf(weeks, 'week');
  yield `${since}, ${countOf(editions, 'edition')}: ${countOf(votes, 'vote')} for more by ${countOf(readers, 'reader')} of whom something was known before`;
  if (unknown > 0) yield `${countOf(unknown, 'reader')} voted for the first time, and are left out`;
  if (readers === 0) return yield 'Nothing can be told yet.';
  if (!isEnough) {
    yield `Too few votes to tell: it takes ${FEWEST.votes} by ${FEWEST.readers} readers. So far, by chance as much as by merit:`;
  }
  yield '';
  yield line('by taste and wishes, as the week before had them', evaluation.byTaste);
  yield line('by wishes alone', evaluation.byWishes);
  yield line('in the order that everyone gets', evaluation.byEdition);
  yield line('what the taste adds, reader by reader', evaluation.gain);
  yield '';
  yield 'nDCG at ten: 1 where what a reader voted for stands first, 0 where none is among ten; in';
  yield 'brackets the interval of 95 %, by readers. People vote for what they are shown, which flatters.';
}

function line(what: string, value: Figure): string {
  return `${what.padEnd(50)} ${tell(value)}`;
}
