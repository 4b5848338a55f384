import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, cpSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../src/http/app.ts';
import type { Context } from '../../src/process/context.ts';
import { openPglite } from '../../src/store/pglite.ts';
import { createClock, openContext } from '../harness/context.ts';

/** A disk of its own, small enough to be filled; undefined for who may not mount one. */
function mountDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-disk-'));
  const options = ['-t', 'tmpfs', '-o', 'size=320m,mode=700', 'tmpfs', folder];
  if (spawnSync('mount', options, { stdio: 'ignore' }).status === 0) return folder;
  rmSync(folder, { recursive: true });
  return undefined;
}

const disk = mountDisk();
if (!disk) process.stderr.write('skipped: no small disk may be mounted here\n');

(disk ? describe : describe.skip)('the sandbox on a full disk', () => {
  const folder = disk ?? '';
  const filler = join(folder, 'filler');
  let context: Context;
  let app: FastifyInstance;

  beforeAll(async () => {
    cpSync(process.env['TEST_TEMPLATE'] ?? '', join(folder, 'data'), { recursive: true });
    const env = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' };
    const place = { env, remove: async () => {} };
    context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
    app = await createApp(context);
  }, 240_000);
  afterAll(async () => {
    await app?.close();
    await context?.close();
    execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Until not one byte more finds room. */
  const fill = () => {
    const file = openSync(filler, 'w');
    try {
      for (let size = 1 << 20; size >= 1; size = size >> 1) {
        try {
          for (;;) writeSync(file, Buffer.alloc(size));
        } catch {
          // Half of it may.
        }
      }
    } finally {
      closeSync(file);
    }
  };
  const ready = async () => {
    const answer = await app.inject({ url: '/readyz' });
    return [answer.statusCode, answer.json().reasons];
  };

  it('says so, and goes on by itself when there is room', async () => {
    expect(await ready()).toEqual([200, []]);
    fill();
    const full = 'the disk is full: all goes on by itself when there is room';
    expect(await ready()).toEqual([503, [full]]);
    expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
    rmSync(filler);
    expect(await ready()).toEqual([200, []]);
    const signUp = await app.inject({
      method: 'POST',
      url: '/subscribe',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'address=ada%40reader.example',
    });
    expect(signUp.statusCode).toBe(303);
  });
});

it('leaves the process its turns between one error of the embedded database and the next', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'paperround-errors-'));
  cpSync(join(process.env['TEST_TEMPLATE'] ?? '', 'database'), folder, { recursive: true });
  const { database, pool } = await openPglite(folder);
  const client = await pool.connect();
  let timers = 0;
  const counting = setInterval(() => timers++, 1);
  for (let times = 0; times < 3; times += 1) {
    const before = timers;
    await expect(pool.query('select nothing')).rejects.toThrow('nothing');
    await expect(client.query('select nothing')).rejects.toThrow('nothing');
    expect(timers).toBeGreaterThan(before);
  }
  clearInterval(counting);
  client.release();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
