import { z } from 'zod';
import { listFaults, tellIssue } from '../../src/commands/faults.ts';

const words = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value, { error: tellIssue });
  return error ? listFaults(error).map(({ field, message }) => `${field}: ${message}`) : [];
};

describe('the words for an argument that cannot be used', () => {
  it('say what it must be', () => {
    const schema = z.object({
      text: z.string(),
      count: z.number().int().min(1).max(9),
      list: z.array(z.boolean()).min(1),
      one: z.enum(['look', 'operate']),
      short: z.string().max(3),
    });
    expect(words(schema, {})).toEqual(
      ['text', 'count', 'list', 'one', 'short'].map((name) => `${name}: is missing`),
    );
    expect(words(schema, { text: 1, count: 'x', list: [1], one: 'x', short: 'long' })).toEqual([
      'text: must be text',
      'count: must be a number',
      'list.0: must be true or false',
      'one: must be look, operate',
      'short: must have at most 3 characters',
    ]);
    expect(words(schema, { text: '', count: 10, list: [], one: 'look', short: '' })).toEqual([
      'count: must be at most 9',
      'list: must have at least 1 entries',
    ]);
    expect(words(schema, 3)).toEqual(['arguments: must be an object']);
  });

  it('are those of the schema where it has its own', () => {
    const schema = z.object({ days: z.array(z.literal([1, 2], 'must be weekdays')) });
    expect(words(schema, { days: [1, 3] })).toEqual(['days.1: must be weekdays']);
  });
});
