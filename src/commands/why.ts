import { z } from 'zod';
import { explainDate } from '../core/letter/why.ts';
import { parseAddress } from '../core/reader/address.ts';
import { gatherDate } from '../steps/digests/why.ts';
import { defineCommand } from './command.ts';

export const why = defineCommand({
  args: z.object({
    address: z.string(),
    date: z.iso.date('must be a date such as 2026-11-20'),
  }),
  async run(outside, { address, date }) {
    const facts = await gatherDate(outside, { address: parseAddress(address), date });
    const lines = explainDate(facts);
    return { lines, data: { ...facts, lines } };
  },
});
