import { rights } from '../core/reader/keys.ts';

/**
 * A text without the tokens of its links, for eyes that are not the reader's: each path that
 * acts or tells who reads ends where its token begins.
 */
export function withoutTokens(text: string, publicUrl: string): string {
  const site = publicUrl.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const links = new RegExp(`(${site}/(?:${rights.join('|')})/)[\\w.~/-]+`, 'g');
  return text.replace(links, '$1(hidden)');
}
