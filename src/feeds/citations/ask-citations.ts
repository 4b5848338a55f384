import type { AskedWork, CitedAnswer } from '../../core/citations/asked.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import type { Source } from '../fetched.ts';
import type { AskCitations } from './adapter.ts';
import { askEuropepmc } from './europepmc.ts';
import { askInspire } from './inspire.ts';
import { askOpenalex } from './openalex.ts';
import { askOpencitations } from './opencitations.ts';
import { askSemanticScholar } from './semanticscholar.ts';

const ADAPTERS: Readonly<Record<CitationSource, AskCitations>> = {
  openalex: askOpenalex,
  semanticscholar: askSemanticScholar,
  opencitations: askOpencitations,
  europepmc: askEuropepmc,
  inspire: askInspire,
};

/**
 * What a source says cites some works, one answer a work; `onRequest` is called before each request.
 * Throws FeedError where it cannot be asked, or gave less than a whole answer.
 */
export function askCitations(
  kind: CitationSource,
  works: readonly AskedWork[],
  { source, onRequest }: { readonly source: Source; readonly onRequest: () => void },
): Promise<readonly CitedAnswer[]> {
  return ADAPTERS[kind](works, countRequests(source, onRequest));
}

/** A source that tells of each request before it is made. */
export function countRequests(source: Source, onRequest: () => void): Source {
  return {
    ...source,
    fetch: (request) => {
      onRequest();
      return source.fetch(request);
    },
  };
}
