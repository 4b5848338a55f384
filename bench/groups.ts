/**
 * Measures what circles cost in composing: 200 of 15 among 3,000 readers, each with what two of its
 * members said since yesterday, beside the same readers without. The processor's time of our process and
 * PostgreSQL's, of the second day, when each reader has a history. Run with `npm run bench -- groups`.
 */
import { composeRound } from '../src/steps/digests/compose.ts';
import { openRound } from '../src/steps/digests/open-round.ts';
import type { Outside } from '../src/steps/steps.ts';
import { raw } from '../src/store/database.ts';
import { openService } from './place.ts';
import { accept, cpuOf, createDice, cut, DAY_MS, giveTastes, importReaders } from './round-data.ts';

const READERS = 3_000;
const CIRCLES = 200;
const MEMBERS = 15;
const NOTES = 2;
const RUNS = 3;
const MOST = 1.1;

/** Every reader is in one circle; of each, some said something of a paper of yesterday's. */
async function readTogether({ store }: Outside, at: Date): Promise<void> {
  const dice = createDice(23);
  const [newest] = await store.shown.listNewest(1);
  const papers = await store.papers.listOfEdition(newest?.id ?? 0);
  for (let number = 0; number < CIRCLES; number += 1) {
    await store.transaction(async (tx) => {
      const circleId = await tx.circles.insert({ name: `Lab ${number}`, byOperator: false, at });
      const members: number[] = [];
      for (let place = 0; place < MEMBERS; place += 1) {
        const [name, subscriberId] = [`Reader ${place}`, number + place * CIRCLES + 1];
        const id = await tx.circles.admit({ circleId, subscriberId, name, nameKey: name, at });
        if (id !== undefined) members.push(id);
      }
      for (const memberId of members.slice(0, NOTES)) {
        const paper = papers[dice(papers.length)];
        if (!paper) throw new Error('no paper came out');
        const { id: paperId, title, authors, categories, ids } = paper;
        const key = `paper:${paperId}`;
        const told = { title, abstract: '', authors, categories, ids };
        const brought = { circleId, key, keys: [key], work: null, paperId, paper: told };
        const of = await tx.circleNotes.bring(brought, at);
        await tx.circleNotes.say({ paper: of, memberId, text: 'Figure 2 has no bars.', at });
      }
    });
  }
}

/** Microseconds of the processor for each reader. */
async function measure(isTogether: boolean) {
  let at = new Date('2026-03-02T00:00:00Z');
  const place = await openService(() => at);
  try {
    const { outside, database, postgres } = place;
    await importReaders(database, { readers: READERS, at });
    await giveTastes(database, at);
    await database.rows(raw('vacuum analyze'));
    const compose = async (day: number) => {
      at = new Date(new Date('2026-03-02T07:00:00Z').getTime() + day * DAY_MS - 1000);
      await cut(outside, day);
      at = new Date(at.getTime() + 2000);
      const [own, theirs] = [process.cpuUsage(), cpuOf(postgres)];
      const roundId = await openRound(outside);
      if (roundId === undefined) throw new Error('nobody is due');
      const { deliveries } = await composeRound(outside, roundId);
      const { user, system } = process.cpuUsage(own);
      const postgresUs = ((cpuOf(postgres) - theirs) * 1e6) / READERS;
      const us = (user + system) / READERS + postgresUs;
      await accept(database, { readers: READERS, at });
      return { us, postgresUs, deliveries };
    };
    await compose(1);
    if (isTogether) await readTogether(outside, at);
    await database.rows(raw('vacuum analyze'));
    return await compose(2);
  } finally {
    await place.close();
  }
}

const ratios: number[] = [];
for (let run = 0; run < RUNS; run += 1) {
  const costs = [];
  // One beside the other: what else the machine does is much the same for both.
  for (const name of ['alone', 'together'] as const) {
    const { us, postgresUs, deliveries } = await measure(name === 'together');
    costs.push(us);
    const [usAReader, postgres] = [Math.round(us), Math.round(postgresUs)];
    console.log(JSON.stringify({ run, name, usAReader, postgres, deliveries }));
  }
  const [alone = 1, together = 1] = costs;
  ratios.push(together / alone);
}
const ratio = ratios.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? 0;
console.log(
  `${CIRCLES} circles of ${MEMBERS}: ${ratio.toFixed(2)} x, the median (at most ${MOST})`,
);
if (ratio > MOST) process.exitCode = 1;
