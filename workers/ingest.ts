import { ingestFeed } from '../src/steps/ingest.ts';
import type { JobWorker } from './worker.ts';

export const ingestWorker: JobWorker<'ingest'> = {
  name: 'ingest',
  concurrency: 4,
  async run(outside, { feedId }) {
    const report = await ingestFeed(outside, feedId);
    if (!report) return undefined;
    const { feed, status, fetched, kept, merged, refused, error } = report;
    if (error) return `feed "${feed}" failed: ${error}`;
    if (status === 'unchanged') return `feed "${feed}" has nothing new`;
    return `feed "${feed}": ${fetched} items, ${kept} new papers, ${merged} merged, ${refused} refused`;
  },
};
