/**
 * Runs a function of the service, as the service runs it, over data that lies elsewhere: prints
 * how good it is, with intervals and seconds, or writes what it says in the form that the scorers
 * read. Run with `npm run evaluate -- SUBJECT --data DIR`, or `--input FILE --output FILE`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { groups } from './evaluate/groups.ts';
import { ranking } from './evaluate/ranking.ts';
import { similar } from './evaluate/similar.ts';
import type { Subject } from './evaluate/subject.ts';
import { summaries } from './evaluate/summaries.ts';

const subjects: Readonly<Record<string, Subject>> = { summaries, ranking, groups, similar };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../../shared/bench') },
    split: { type: 'string', default: 'dev' },
    input: { type: 'string' },
    output: { type: 'string' },
    against: { type: 'string' },
    task: { type: 'string' },
    cases: { type: 'string' },
    show: { type: 'string' },
    by: { type: 'string', default: 'votes' },
  },
});

const subject = subjects[positionals[0] ?? ''];
if (!subject) {
  console.error(`Say what to evaluate: ${Object.keys(subjects).join(', ')}.`);
  process.exit(2);
}
const { input, output, cases, ...rest } = values;
const options = { ...rest, cases: cases === undefined ? undefined : Number(cases) };
const start = performance.now();
if (input !== undefined && output !== undefined) subject.predict({ ...options, input, output });
else subject.measure(options);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
