// Installs and builds what is missing, so that `npm start` and `npm test` work in a
// fresh clone. Plain JavaScript without dependencies: it runs before there are any.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Paperround needs Node 20.19 or later; this is ${process.versions.node}.`);
}

step(
  'node_modules/.paperround',
  ['package.json'],
  'Installing what is missing (a minute or so) …',
  () => run('npm', ['install', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']),
);
if (!process.argv.includes('--install-only')) {
  const sources = ['src', 'workers', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];
  step('dist/.paperround', sources, 'Building …', () =>
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json']),
  );
}

/** Does the work unless its mark says that it was done for these very files. */
function step(mark, inputs, message, work) {
  const hash = createHash('sha256');
  for (const input of inputs) addTo(hash, join(root, input));
  const wanted = hash.digest('hex');
  const path = join(root, mark);
  if (existsSync(path) && readFileSync(path, 'utf8') === wanted) return;
  process.stderr.write(`${message}\n`);
  work();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, wanted);
}

function addTo(hash, path) {
  if (!statSync(path).isDirectory()) {
    hash.update(path.slice(root.length)).update(readFileSync(path));
    return;
  }
  for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
}

function run(command, args) {
  const isShell = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: isShell,
  });
  if (error || status !== 0)
    fail(`"${command} ${args.join(' ')}" failed${error ? `: ${error.message}` : ''}.`);
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
