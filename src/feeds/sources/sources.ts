import type { SourceKind } from '../../core/feed/sources.ts';
import type { FeedRequest, FeedWindow, FetchedFeed, Source } from '../fetched.ts';
import { fetchPages } from '../pages.ts';
import type { FetchPage } from './ask.ts';
import { fetchCrossref } from './crossref.ts';
import { fetchEprint } from './eprint.ts';
import { fetchEuropepmc } from './europepmc.ts';
import { fetchInspire } from './inspire.ts';
import { fetchNep } from './nep.ts';
import { fetchOpenalex } from './openalex.ts';
import { fetchOpenreview } from './openreview.ts';
import { fetchOsf } from './osf.ts';
import { fetchPubmed } from './pubmed.ts';
import { fetchZenodo } from './zenodo.ts';

/** Sources that are asked for a time, page by page. */
const PAGED: Readonly<Record<Exclude<SourceKind, 'eprint' | 'nep'>, FetchPage>> = {
  crossref: fetchCrossref,
  pubmed: fetchPubmed,
  europepmc: fetchEuropepmc,
  openalex: fetchOpenalex,
  inspire: fetchInspire,
  osf: fetchOsf,
  zenodo: fetchZenodo,
  openreview: fetchOpenreview,
};

/** Fetches from a source what came to it within the window, or what it lists at the moment. */
export async function fetchSource(
  feed: FeedRequest & { readonly kind: SourceKind },
  window: FeedWindow,
  source: Source,
): Promise<FetchedFeed> {
  const { kind, address } = feed;
  if (kind === 'eprint') return fetchEprint(feed, source);
  if (kind === 'nep') return fetchNep(feed, source);
  return fetchPages(feed, window, (start, asked, token) =>
    PAGED[kind]({ address, window: asked, start, token }, source),
  );
}
