import type { EditionTexts } from './edition.ts';

type Named = Pick<EditionTexts, 'name'>;

/** Where an edition is, from the root of the site. */
export function editionPath({ name }: Named): string {
  return `/editions/${name}`;
}

/** Where one of its groups has its page, by the number that it has in the edition. */
export function groupPath(edition: Named, number: number): string {
  return `${editionPath(edition)}/groups/${number + 1}`;
}
