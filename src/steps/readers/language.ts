import type { From } from '../../core/letter/notices.ts';
import { type Words, wordsOf } from '../../core/words/words.ts';
import type { Outside } from '../steps.ts';

/** The words of the site. */
export function wordsFor({ config }: Pick<Outside, 'config'>): Words {
  return wordsOf(config.site.language);
}

/** Whose notices they are, and in which language they are said. */
export function from(outside: Pick<Outside, 'config'>): From {
  return { site: outside.config.site.name, words: wordsFor(outside) };
}
