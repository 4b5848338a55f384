import { z } from 'zod';
import { explainDate } from '../core/letter/why.ts';
import { parseAddress } from '../core/reader/address.ts';
import { gatherDate } from '../steps/digests/why.ts';
import { defineCommand } from './command.ts';
import { dateFacts } from './shapes/reader.ts';

export const why = defineCommand({
  right: 'look',
  args: z.object({
    address: z.string(),
    date: z.iso.date('must be a date such as 2026-11-20'),
  }),
  answers: dateFacts,
  async run(outside, { address, date }) {
    const facts = await gatherDate(outside, { address: parseAddress(address), date });
    const lines = explainDate(facts);
    return { lines, data: { ...facts, lines } };
  },
});
