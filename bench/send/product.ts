import { type ChildProcess, execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { collect, start } from './processes.ts';

/** A built Paperround, this one or another commit's. */
export interface Product {
  /** Short, for names of databases and rows. */
  readonly name: string;
  readonly root: string;
  /** The commit that it was built from. */
  readonly commit: string;
  remove(): void;
}

export const ownRoot = resolve(import.meta.dirname, '../..');

/** This tree, built anew where its build is older. */
export function buildOwn(): Product {
  execFileSync(process.execPath, ['scripts/setup.js'], { cwd: ownRoot, stdio: 'inherit' });
  const changed = git('status', '--porcelain', '--', 'src', 'workers', 'package.json') !== '';
  const commit = `${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes' : ''}`;
  return { name: 'own', root: ownRoot, commit, remove: () => undefined };
}

/** Another commit, in a git worktree of its own under a folder. */
export function buildOther(revision: string, under: string): Product {
  const root = mkdtempSync(join(under, 'paperround-against-'));
  const remove = () => {
    git('worktree', 'remove', '--force', root);
    rmSync(root, { recursive: true, force: true });
  };
  git('worktree', 'add', '--detach', '--force', root, revision);
  try {
    const isSame = (file: string) =>
      readFileSync(join(root, file), 'utf8') === readFileSync(join(ownRoot, file), 'utf8');
    // The same packages are ours; nothing writes into them.
    if (isSame('package-lock.json')) {
      symlinkSync(join(ownRoot, 'node_modules'), join(root, 'node_modules'));
    } else {
      execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: root, stdio: 'inherit' });
    }
    execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (error) {
    remove();
    throw error;
  }
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root });
  return { name: 'other', root, commit: commit.toString().trim(), remove };
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ownRoot, encoding: 'utf8' }).trim();
}

/** The environment of a process of the product, and no other. */
export type Env = Readonly<Record<string, string>>;

/** What a process of the product is told by its environment. */
export function envOf(given: {
  folder: string;
  databaseUrl: string;
  redisUrl: string;
  smtpPort: number;
}): Env {
  mkdirSync(given.folder, { recursive: true });
  return {
    PATH: process.env['PATH'] ?? '',
    NODE_ENV: 'production',
    DATABASE_URL: given.databaseUrl,
    REDIS_URL: given.redisUrl,
    SMTP_URL: `smtp://127.0.0.1:${given.smtpPort}`,
    SECRET_KEYS: `1:${'ab'.repeat(32)}`,
    DATA_DIR: given.folder,
    PUBLIC_URL: 'https://papers.example.org',
    MAIL_FROM: 'digest@papers.example.org',
    POSTAL_ADDRESS: 'Example Street 1, 12345 Example',
  };
}

/** Runs a command of the product to its end; what it prints. Throws with what it said where it fails. */
export function runCommand({ root }: Product, env: Env, args: readonly string[]): Promise<string> {
  const file = join(root, 'dist/src/cli.js');
  // From a folder without a .env.
  return collect(process.execPath, [file, ...args], { env: { ...env }, cwd: env['DATA_DIR'] });
}

/** A running `paperround workers`, and where it logs. */
export interface Workers {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly logFile: string;
}

/** Starts `paperround workers`, as the unit of systemd does. */
export function startWorkers({ root }: Product, env: Env, log = 'workers'): Workers {
  const logFile = join(env['DATA_DIR'] ?? '', `${log}.log`);
  const out = openSync(logFile, 'a');
  const file = join(root, 'dist/src/cli.js');
  const child = start(process.execPath, ['--enable-source-maps', file, 'workers'], {
    env: { ...env },
    cwd: env['DATA_DIR'],
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  return { child, pid: child.pid ?? 0, logFile };
}

/** The last lines of a log, for whoever looks why a run failed. */
export function tailOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-20).join('\n') : '';
}
