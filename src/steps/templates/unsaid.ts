import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listAsked } from '../../core/words/fill-templates.ts';
import type { TemplateFiles } from './files.ts';

const NAMED = 3;

/**
 * Texts of the catalogue that an operator's templates do not ask for where ours do, a sentence for each
 * template: what stands there instead is said in one language to everybody, or not at all.
 */
export async function listUnsaid(root: string, { entries }: TemplateFiles): Promise<string[]> {
  const own = entries.filter(({ isOverridden }) => isOverridden);
  const told = own.map(async ({ name, path }) => {
    const ours = listAsked(await readFile(join(root, 'templates', name), 'utf8'));
    const theirs = new Set(listAsked(await readFile(path, 'utf8')));
    const missing = ours.filter((key) => !theirs.has(key));
    return missing.length === 0 ? [] : [tell(path, missing, ours.length)];
  });
  return (await Promise.all(told)).flat();
}

function tell(path: string, missing: readonly string[], count: number): string {
  const named = missing.slice(0, NAMED).join(', ');
  const which =
    missing.length === count
      ? `it asks for no text of the catalogue, of ${count} that ours asks for`
      : `it does not ask for ${missing.length} of the ${count} texts that ours asks for`;
  const more = missing.length > NAMED ? ' and others' : '';
  return `${path}: ${which} (${named}${more}): what it says instead is in one language; docs/languages.md says how`;
}
