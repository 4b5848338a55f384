import { ingestDue } from '../src/steps/feeds/ingest.ts';
import { tellRun } from '../src/steps/feeds/tell-run.ts';
import type { JobWorker } from './worker.ts';

export const ingestWorker: JobWorker<'ingest'> = {
  name: 'ingest',
  concurrency: 4,
  async run(outside, { feedId }) {
    const reports = await ingestDue(outside, feedId);
    return reports.length > 0 ? reports.map(tellRun).join('; ') : undefined;
  },
};
