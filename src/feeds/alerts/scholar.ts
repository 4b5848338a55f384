import type { ScholarKind } from './alert.ts';

/** What one of Google Scholar's counted links says. */
export interface ScholarLink {
  /** Its number of the paper, the same in every alert. */
  readonly paper?: string;
  /** The alert's own number, the same in each of its mails. */
  readonly alert?: string;
  /** Not in mails before 2022. */
  readonly kind?: ScholarKind;
}

const KINDS: Readonly<Record<string, ScholarKind>> = {
  art: 'articles',
  cit: 'citations',
  rel: 'related',
  'kw-top': 'query',
};

/** Reads a `scholar_url`, also within the layers of other programs; undefined for another link. */
export function readScholarLink(href: string): ScholarLink | undefined {
  const at = href.search(/scholar_url(?:\?|%3F)/i);
  if (at < 0) return undefined;
  const query = href.slice(at);
  // Within another link all its marks are escaped once more.
  const plain = /scholar_url%3F/i.test(query) ? unescapeOnce(query) : query;
  const find = (name: string) => new RegExp(`[?&]${name}=([^&#]*)`).exec(plain)?.[1];
  const paper = /^\d{1,20}$/.exec(find('d') ?? '')?.[0];
  const alert = /^[^:]*:(\d{1,20}):/.exec(unescapeOnce(find('hist') ?? ''))?.[1];
  const folt = find('folt');
  return {
    ...(paper && { paper }),
    ...(alert && { alert }),
    ...(folt && { kind: KINDS[folt] ?? 'other' }),
  };
}

function unescapeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
