import { tellImport } from '../src/core/reader/import-report.ts';
import { takeFile } from '../src/steps/readers/upload.ts';
import type { JobWorker } from './worker.ts';

export const importWorker: JobWorker<'import'> = {
  name: 'import',
  concurrency: 1,
  async run(outside, { fileId }, { isStopping }) {
    const report = await takeFile(outside, fileId, isStopping);
    return report && `file ${fileId}: ${tellImport(report, false)[0]}`;
  },
};
