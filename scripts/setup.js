// Installs and builds what is missing, so that `npm start` and `npm test` work in a
// fresh clone: for a start what runs and the compiler, half as many packages as for the tests.
// Plain JavaScript without dependencies: it runs before there are any.
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

const isForTests = process.argv.includes('--install-only');
const whole = 'node_modules/.paperround';
const isWhole = isForTests || existsSync(join(root, whole));
step(
  isWhole ? whole : 'node_modules/.paperround-start',
  ['package.json'],
  'Installing what is missing (a minute or so) …',
  () => install(isWhole ? ['--include=dev'] : ['--omit=dev', '--no-save', nameCompiler()]),
);
if (!isForTests) {
  step('dist/.paperround', ['src', 'workers', 'tsconfig.json', 'package.json'], 'Building …', () =>
    run(process.execPath, ['scripts/build.js']),
  );
}

function install(options) {
  run('npm', ['install', ...options, '--no-audit', '--no-fund', '--loglevel=error']);
}

/** What builds is no part of what runs, and is not installed with it by itself. */
function nameCompiler() {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return `typescript@${devDependencies.typescript}`;
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
