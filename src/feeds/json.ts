import { z } from 'zod';
import { FeedError } from '../core/feed/feed.ts';
import { decodeBytes } from '../core/text/charset.ts';

/** Reads JSON of a known outer shape. Throws FeedError `malformed` with what differs. */
export function parseJson<T>(bytes: Uint8Array, shape: z.ZodType<T>): T {
  const text = decodeBytes(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new FeedError('malformed', 'The answer is not JSON.', { cause });
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = `The answer is not in the expected form: ${z.prettifyError(parsed.error)}`;
  throw new FeedError('malformed', message.slice(0, 500));
}

/** Checks one item's shape. Throws with what differs, in one line. */
export function checkItem<T>(item: unknown, shape: z.ZodType<T>): T {
  const parsed = shape.safeParse(item);
  if (parsed.success) return parsed.data;
  throw new Error(
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  );
}

/** A text property of an item of unknown shape, to name it by; undefined where it has none. */
export function textProperty(item: unknown, name: string): string | undefined {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, name)) return undefined;
  const value: unknown = Reflect.get(item, name);
  return typeof value === 'string' ? value.slice(0, 120) : undefined;
}
