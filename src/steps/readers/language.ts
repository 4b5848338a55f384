import type { From } from '../../core/letter/notices.ts';
import type { Profile } from '../../core/reader/subscription.ts';
import { type Words, wordsOf } from '../../core/words/words.ts';
import type { Outside } from '../steps.ts';

/** Whoever chose a language, or none. */
export interface Spoken {
  readonly profile: Pick<Profile, 'language'>;
}

/** The words of a reader's language; those of the site where they chose none, or nobody is meant. */
export function wordsFor({ config }: Pick<Outside, 'config'>, reader?: Spoken): Words {
  return wordsOf(reader?.profile.language ?? config.site.language);
}

/** Whose notices they are, and in which language they are said to a reader. */
export function from(outside: Pick<Outside, 'config'>, reader?: Spoken): From {
  return { site: outside.config.site.name, words: wordsFor(outside, reader) };
}
