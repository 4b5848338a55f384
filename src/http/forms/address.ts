import { type Address, parseAddress } from '../../core/reader/address.ts';

/** An address as typed, or what is wrong with it in a sentence. */
export function readAddress(typed: unknown): { address: Address } | { error: string } {
  const text = typeof typed === 'string' ? typed : '';
  if (text.trim() === '') return { error: 'Type your email address, such as name@example.org.' };
  try {
    return { address: parseAddress(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** A field of a form as text; what is no text, such as a script may send, is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}
