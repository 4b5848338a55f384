import type { AskedWork, CitedAnswer } from '../../core/citations/asked.ts';
import type { CitationSource } from '../../core/citations/sources.ts';
import type { Source } from '../fetched.ts';
import type { AskCitations } from './adapter.ts';
import { askOpenalex } from './openalex.ts';

const ADAPTERS: Readonly<Record<CitationSource, AskCitations>> = {
  openalex: askOpenalex,
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
  const fetch: Source['fetch'] = (request) => {
    onRequest();
    return source.fetch(request);
  };
  return ADAPTERS[kind](works, { ...source, fetch });
}
