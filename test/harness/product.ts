import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './services.ts';

/** Paperround as `npm start` runs it, in a sandbox and a process of its own. */
export interface Product {
  /** Without a trailing slash. */
  readonly url: string;
  /** What it told whoever started it, so far. */
  output(): string;
  /** The CLI beside the running service: what it prints with `--json`. */
  command(...args: string[]): unknown;
  /** The items of a list of it. */
  list(...args: string[]): unknown[];
  /** The items of a list, without holding up this process: a server of its own may be needed. */
  listLater(...args: string[]): Promise<unknown[]>;
  /** The same with something on its standard input. */
  commandWith(input: string, ...args: string[]): unknown;
  /** Puts papers under a title of their own into the draft. */
  importPapers(title: string): void;
  /** Imports papers under a title of their own, cuts them, and sends what is due to everyone. */
  nextEdition(title: string): void;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const SLOWEST_START_MS = 90_000;

/** Starts the product as it was built and waits for the end of its first morning. */
export async function startProduct(given: Record<string, string> = {}): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'paperround-product-'));
  const port = await freePort();
  const { DATABASE_URL: _, REDIS_URL: __, SMTP_URL: ___, ...outer } = process.env;
  const env = { ...outer, ...given, DATA_DIR: folder, PORT: String(port) };
  const child = spawn(process.execPath, ['--enable-source-maps', 'dist/src/main.js'], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      output += piece;
    });
  }
  const product: Product = {
    url: `http://localhost:${port}`,
    output: () => output,
    command: (...args) => product.commandWith('', ...args),
    list: (...args) => (product.command(...args) as { items: unknown[] }).items,
    async listLater(...args) {
      const call = ['dist/src/cli.js', ...args, '--json'];
      const { stdout } = await promisify(execFile)(process.execPath, call, { env });
      return (JSON.parse(stdout) as { items: unknown[] }).items;
    },
    commandWith: (input, ...args) =>
      JSON.parse(
        execFileSync(process.execPath, ['dist/src/cli.js', ...args, '--json'], {
          env,
          encoding: 'utf8',
          input,
        }),
      ),
    importPapers(title) {
      const file = join(folder, 'papers.txt');
      const papers = [
        'reward models\n\nReward models drift when policies are tuned against them. We measure by how much on six public sets.\n',
        'vision-language models\n\nCharts defeat most of today’s vision-language models. This paper presents a benchmark of 900 charts.\n',
        'agents\n\nAgents forget their task in long sessions. We propose a memory that halves such errors at no cost.\n',
      ].map((paper) => `${title}: a study of ${paper}`);
      writeFileSync(file, papers.join('\n'));
      product.command('import', file);
    },
    nextEdition(title) {
      product.importPapers(title);
      product.command('editions', 'cut');
      product.command('deliveries', 'run', '--everyone');
    },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await waitForStart(child, product);
  } catch (error) {
    await product.stop();
    throw error;
  }
  return product;
}

async function waitForStart(child: ChildProcess, { output }: Product): Promise<void> {
  for (let waited = 0; !output().includes('Stop: Ctrl+C'); waited += 100) {
    if (child.exitCode !== null || waited > SLOWEST_START_MS) {
      throw new Error(`the product did not start:\n${output()}`);
    }
    await pause(100);
  }
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
