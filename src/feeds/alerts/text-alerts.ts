import { readIdentifier } from '../../core/paper/identifier.ts';
import { cleanAbstract, cleanTitle } from '../../core/text/text.ts';
import { parseArxivAuthors, parseAuthors } from '../authors.ts';
import type { NamedPaper } from './alert.ts';

/**
 * Reads arXiv's listing by mail: blocks between rules, `\\` parts head and abstract, folded fields.
 * Replacements are no news and are left out.
 */
export function readArxivListing(lines: readonly string[]): NamedPaper[] {
  return splitAt(lines, (line) => /^arXiv:\d{4}\.\d{4,5}/.test(line)).flatMap(
    ([first = '', ...rest]) => {
      const [, id = ''] = /^arXiv:(\d{4}\.\d{4,5})/.exec(first) ?? [];
      const head: string[] = [];
      const body: string[] = [];
      let marks = 0;
      for (const line of rest) {
        if (line.startsWith('\\\\')) marks += 1;
        else if (/^(?:%%--|-{20})/.test(line)) break;
        else if (marks < 2) (marks === 0 ? head : body).push(line);
      }
      if (head.some((line) => line.startsWith('replaced with'))) return [];
      const field = (name: string) => readField(head, name);
      const title = cleanTitle(field('Title'));
      if (title === '') return [];
      const abstract = cleanAbstract(body.join(' '));
      return [
        {
          title,
          authors: parseArxivAuthors(field('Authors')).map(({ name }) => name),
          hasMoreAuthors: false,
          ids: { arxiv: id },
          link: `https://arxiv.org/abs/${id}`,
          ...(abstract && { says: abstract }),
          cites: [],
        },
      ];
    },
  );
}

/** A field of a head with the lines that it is folded over. */
function readField(head: readonly string[], name: string): string {
  const at = head.findIndex((line) => line.startsWith(`${name}:`));
  if (at < 0) return '';
  const folded = [];
  for (const line of head.slice(at + 1)) {
    if (/^[A-Z][A-Za-z-]*:\s/.test(line) || line === '') break;
    folded.push(line);
  }
  return [head[at]?.slice(name.length + 1) ?? '', ...folded].join(' ').trim();
}

const POSTED = /^(?:bioRxiv|medRxiv) posted .*?\bdoi:\s*(10\.\S+)$/i;

/** Reads bioRxiv's and medRxiv's collections: title, people and `posted … doi:…`, each a paragraph. */
export function readOpenrxiv(lines: readonly string[]): NamedPaper[] {
  const paragraphs = lines
    .join('\n')
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter(Boolean);
  const known = new Map<string, NamedPaper>();
  paragraphs.forEach((paragraph, at) => {
    const doi = POSTED.exec(paragraph)?.[1];
    const found = doi === undefined ? undefined : readIdentifier(`doi:${doi}`);
    const [title = '', people = ''] = paragraphs.slice(Math.max(0, at - 2), at);
    if (!found || title === '') return;
    // A paper stands in each of its collections.
    known.set(found.id, {
      title: cleanTitle(title),
      authors: parseAuthors([people]).map(({ name }) => name),
      hasMoreAuthors: false,
      ids: { doi: found.id },
      link: `https://doi.org/${found.id}`,
      cites: [],
    });
  });
  return [...known.values()];
}

/** Lists that each begin with a line that `begins` names; what stands before the first is left out. */
function splitAt(lines: readonly string[], begins: (line: string) => boolean): string[][] {
  const parts: string[][] = [];
  for (const line of lines) {
    if (begins(line)) parts.push([line]);
    else parts.at(-1)?.push(line);
  }
  return parts;
}
