import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../../src/store/database.ts';
import type { WorkerProcess } from '../harness/worker-process.ts';
import type { Fault } from './fault.ts';
import { onStage, type Stage } from './stage.ts';

const NEXT = '9999-next';
const READERS = 1_200;
/** One for each of three processes: the planner sees no more than one in so few readers. */
const SHARDS = [0, 1, 2];
const planted = `{ name: '${NEXT}', statements: [
  'alter table public.delivery add column planted text',
  'alter table public.attempt add column planted int not null default 0',
  'create table public.planted (id bigint primary key)',
] },`;

/** The next version: this one as it was built, with one more migration that adds. */
async function buildNext(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-next-'));
  for (const part of ['dist', 'templates', 'sample', 'package.json']) {
    await cp(part, join(folder, part), { recursive: true });
  }
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'dist', 'src', 'store', 'migrations.js');
  const text = await readFile(file, 'utf8');
  const [list = ''] = /const migrations = \[[\s\S]*?\n\];/.exec(text) ?? [];
  assert(list, 'the list of migrations has another shape');
  await writeFile(
    file,
    text.replace(list, () => list.replace(/\n\];$/, () => `\n${planted}\n];`)),
  );
  return folder;
}

/** Runs one command of the built version in a folder to its end; its code and all it printed. */
function runIn(folder: string, words: readonly string[], env: Record<string, string>) {
  return new Promise<{ code: number | null; output: string }>((done) => {
    const child = spawn(process.execPath, ['dist/src/cli.js', ...words], { cwd: folder, env });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        output += piece;
      });
    }
    child.once('exit', (code) => done({ code, output }));
  });
}

/** Waits until this process had so many more messages accepted. */
async function untilSent(stage: Stage, { pid }: WorkerProcess, more = 15): Promise<void> {
  const count = async () =>
    (
      await stage.database.rows(sql`select 1 from public.attempt a
        join public.sender n on n.id = a.sender_id
        where n.pid = ${pid} and a.verdict = 'accepted'`)
    ).length;
  const before = await count();
  await stage.until(async () => (await count()) >= before + more, 60);
}

async function upgradeInMidSend(stage: Stage, folder: string): Promise<void> {
  stage.server.script = async ({ phase }) => {
    if (phase === 'dot') await pause(300);
    return undefined;
  };
  const { queue } = stage.context.outside;
  for (const shard of SHARDS) await queue.enqueue('send', { shard });
  const old = [stage.start(), stage.start()];
  for (const worker of old) await untilSent(stage, worker);

  const migrated = await runIn(folder, ['migrate'], stage.env);
  assert.deepEqual(migrated, { code: 0, output: `migrated: ${NEXT}\n` });
  // What runs goes on with the schema of the next version.
  for (const worker of old) await untilSent(stage, worker);

  const next = stage.start({ program: { folder, isBuilt: true } });
  await untilSent(stage, next);
  await untilSent(stage, old[0] as WorkerProcess);
  for (const worker of old) assert.equal(await worker.end(), 0);
  await untilSent(stage, next);

  // The way back: what is older does not start on it, and says what to do.
  const back = await runIn('.', ['workers'], stage.env);
  assert.equal(back.code, 1);
  assert.match(back.output, new RegExp(`newer Paperround \\(it has ${NEXT}.*: run the newer`));
  await untilSent(stage, next);
}

export const upgradeFaults: readonly Fault[] = [
  {
    number: '31',
    name: 'upgrade in mid-send: migrate under two old workers, a new one beside them, the old ones ended; then the old version again (the next version is this one with one more migration)',
    async run(services) {
      const folder = await buildNext();
      try {
        return await onStage(services, { readers: READERS, connections: 5 }, async (stage) => {
          await upgradeInMidSend(stage, folder);
          stage.server.script = () => undefined;
          await stage.settle();
          await stage.judge({ inDoubt: 0 });
          return 'sent on at every step, 0 in doubt; the old version refuses to start and says why';
        });
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
];
