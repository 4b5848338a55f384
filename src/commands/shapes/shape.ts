import { z } from 'zod';
import { MOST_COUNTED } from '../../core/desk/counted.ts';

/** Gives a shape that several answers share the name under which the API's document has it. */
export function shape<Schema extends z.ZodType>(id: string, schema: Schema): Schema {
  return schema.meta({ id });
}

/** A whole number that counts something. */
export const count = z.int().min(0);

/** One that is exact so far, and stops one beyond. */
export const boundedCount = count
  .max(MOST_COUNTED + 1)
  .describe(`Exact up to ${MOST_COUNTED}; one more stands for more than that.`);

/** A date of the calendar, `YYYY-MM-DD`; of a reader, one of their own zone. */
export const date = z.iso.date();

/** A moment; in JSON a string of RFC 3339. */
export const time = z.date();
