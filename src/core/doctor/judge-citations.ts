import { type CountedStanding, findTroubles } from '../citations/trouble.ts';
import { countOf } from '../text/words.ts';
import { type Finding, ok, warn } from './finding.ts';

/** What readers named, and how those are who say what cites it. */
export interface CitationFacts {
  readonly works: number;
  readonly sources: readonly CountedStanding[];
}

/** Judges whether what cites readers' works is told in time. */
export function judgeCitations({ works, sources }: CitationFacts, now: Date): Finding[] {
  if (works === 0) return [ok('No reader has named works of theirs.')];
  const troubles = findTroubles(sources, now);
  if (troubles.length > 0) return troubles.map(({ says, change }) => warn(says, change));
  return [ok(`What cites ${countOf(works, 'work')} of readers is asked for in time.`)];
}
