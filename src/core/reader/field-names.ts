import type { Words } from '../words/words.ts';
import { findField } from './fields.ts';

/** What a field is called in a language; its id where it is none of ours. */
export function nameField(id: string, words: Words): string {
  const field = findField(id);
  return field ? words.say(`field.${field.id}`) : id;
}
