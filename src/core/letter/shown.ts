import { rights } from '../reader/keys.ts';
import { hideReferences } from '../reader/references.ts';

/**
 * A text without the tokens of its links, for eyes that are not the reader's: each path that
 * acts or tells who reads ends where its token begins.
 */
export function withoutTokens(text: string, publicUrl: string): string {
  const site = publicUrl.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const links = new RegExp(`(${site}/(?:${rights.join('|')})/)[\\w.~/-]+`, 'g');
  return text.replace(links, '$1(hidden)');
}

/**
 * The same of any text that came from outside, such as a mail that quotes one of ours: also
 * without the references by which a mail to us ends a subscription.
 */
export function withoutRights(text: string, publicUrl: string): string {
  return hideReferences(withoutTokens(text, publicUrl));
}
