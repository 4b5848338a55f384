import { z } from 'zod';
import { readerStandings, standingWords } from '../core/reader/standing.ts';
import { countStandings, listGrowth } from '../steps/readers/standing.ts';
import { buildTable, defineCommand } from './command.ts';
import { growth } from './shapes/reader.ts';

export const subscribersGrowth = defineCommand({
  right: 'look',
  args: z.object({
    days: z
      .number()
      .int()
      .min(1, 'must be from 1 to 366')
      .max(366, 'must be from 1 to 366')
      .default(30)
      .describe('How many days back.'),
  }),
  answers: growth,
  async run(outside, { days: count }) {
    const standings = await countStandings(outside);
    const days = await listGrowth(outside, count);
    const stands = readerStandings
      .toReversed()
      .map((standing) => `${standings[standing]} ${standing}: they ${standingWords[standing]}`);
    const rows = days
      .filter(({ came, left }) => came + left > 0)
      .map((day) => [day.date, String(day.came), String(day.left), String(day.readers)]);
    const none = `Nobody came or left within ${count} days.`;
    const table = buildTable(['DATE', 'CAME', 'LEFT', 'READERS'], rows, none);
    return { lines: [...stands, '', ...table], data: { standings, days } };
  },
});
