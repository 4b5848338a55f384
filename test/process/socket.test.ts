import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callService, lockData, socketPath } from '../../src/process/socket.ts';

describe('the lock on a data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-lock-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lets one in, and the next when the first has gone', async () => {
    const lock = await lockData(folder);
    await expect(lockData(folder)).rejects.toThrow(/another Paperround is using/);
    await lock.release();
    await (await lockData(folder)).release();
  });

  it('lets one of many in that find a dead socket at once', async () => {
    const path = socketPath(folder);
    // A process that is killed leaves its socket behind.
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((resolve) => spawn(process.execPath, ['-e', script]).once('exit', resolve));
    expect((await stat(path)).isSocket()).toBe(true);
    const tries = await Promise.allSettled(Array.from({ length: 5 }, () => lockData(folder)));
    const held = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(held).toHaveLength(1);
    await held[0]?.release();
  });

  it('is the door for commands, for this user alone', async () => {
    expect(await callService(folder, { name: 'x', args: {} })).toBeUndefined();
    const lock = await lockData(folder);
    expect((await stat(socketPath(folder))).mode & 0o777).toBe(0o600);
    const call = callService<{ got: unknown }>(folder, { name: 'x', args: { a: 1 } });
    lock.answer(async (command) => {
      if (command.name === 'bad') throw new Error('that was wrong');
      return { got: command };
    });
    expect(await call).toEqual({ result: { got: { name: 'x', args: { a: 1 } } } });
    await expect(callService(folder, { name: 'bad', args: {} })).rejects.toThrow('that was wrong');
    await lock.release();
  });

  it('tells how far a call is before it answers, as often as somebody could see it', async () => {
    const lock = await lockData(folder);
    lock.answer(async (_command, progress) => {
      progress(1, null, 'rows');
      for (let row = 1; row <= 1000; row += 1) progress(row, 1000, 'rows');
      return 'done';
    });
    const told: unknown[] = [];
    const call = { name: 'x', args: {} };
    const answer = await callService(folder, call, (...step) => told.push(step));
    expect(answer).toEqual({ result: 'done' });
    expect(told[0]).toEqual([1, null, 'rows']);
    expect(told.at(-1)).toEqual([1000, 1000, 'rows']);
    expect(told.length).toBeLessThan(20);
    await lock.release();
  });

  it('is in the folder whatever its name, and never in one of everybody', async () => {
    const long = join(folder, 'a'.repeat(120));
    await expect(lockData(long)).rejects.toThrow(/too long for a socket/);
    const before = process.cwd();
    process.chdir(long);
    try {
      const lock = await lockData(long);
      expect(await readdir(long)).toEqual(['paperround.sock']);
      await expect(lockData(long)).rejects.toThrow(/another Paperround/);
      await lock.release();
    } finally {
      process.chdir(before);
    }
  });

  it('says what it waits for where a folder of a start that broke off cannot go', async () => {
    const takeover = `${socketPath(folder)}.takeover`;
    await mkdir(join(takeover, 'inside'), { recursive: true });
    const waiting = lockData(folder);
    await expect(waiting).rejects.toThrow(/cannot be removed/);
    await rm(takeover, { recursive: true });
  });

  it('is not taken for a socket of somebody who does not answer commands', async () => {
    const path = socketPath(folder);
    const other = createServer((socket) => socket.end('nonsense\n', () => socket.destroy()));
    await new Promise<void>((resolve) => {
      other.listen(path, resolve);
    });
    await expect(lockData(folder)).rejects.toThrow(/another Paperround/);
    await expect(callService(folder, { name: 'x', args: {} })).rejects.toThrow();
    await new Promise((resolve) => other.close(resolve));
  });
});
