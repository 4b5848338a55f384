import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Says its own id, and how it ended. */
const PROGRAM = `process.on('SIGTERM', () => { console.log('ended'); process.exit(0); });
setTimeout(() => process.exit(1), 60_000);
console.log('up');`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'npm-'));
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: object };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts }));
  await mkdir(join(folder, 'dist/src'), { recursive: true });
  await mkdir(join(folder, 'scripts'));
  await writeFile(join(folder, 'scripts/setup.js'), '');
  for (const name of ['start', 'paperround', 'parent']) {
    await copyFile(`scripts/${name}.js`, join(folder, `scripts/${name}.js`));
  }
  for (const name of ['main', 'cli']) {
    await writeFile(join(folder, `dist/src/${name}.js`), PROGRAM);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// A supervisor that runs npm ends npm alone; npm passes the signal on to the shell, and that to nobody.
it.each(['start', 'paperround'])('ends the program when "npm run %s" is ended', async (script) => {
  const npm = spawn('npm', ['run', '--silent', script], { cwd: folder });
  const ended = once(npm, 'close');
  let said = '';
  npm.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said === 'up\n') npm.kill('SIGTERM');
  });
  await ended;
  expect(said).toBe('up\nended\n');
});
