#!/usr/bin/env bash
# One would guess: what `node --import tsx main.ts` does for a process, `execArgv: ['--import', 'tsx']`
# does for a worker thread; Node passes these options on to a thread.
# What happens: the thread refuses its entry with ERR_UNKNOWN_FILE_EXTENSION, with execArgv, under a
# process that itself runs by `--import tsx`, and by NODE_OPTIONS; the process reads the same file well.
# Why it matters: a pool of threads works once it is compiled and fails from the sources, so in tests and
# benches alone. Node 22 hides it, since it reads such files without tsx. Seen with tsx 4.23.15 on Node
# 20.20.2, 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit tsx@4.23.15 node@20.20.2
node=$folder/node_modules/node/bin/node
cat > thread.ts <<'TS'
import { parentPort } from 'node:worker_threads';
const said: string = 'read';
if (parentPort) parentPort.postMessage(said);
else console.log(`as a process: ${said}`);
TS
cat > main.mjs <<'JS'
import { Worker } from 'node:worker_threads';
const tell = (options) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), options);
    worker.once('message', resolve);
    worker.once('error', ({ code, message }) => resolve(code ?? message));
  });
console.log(`as a thread: ${await tell({ execArgv: ['--import', 'tsx'] })}`);
JS
echo "node $("$node" --version), tsx $("$node" -p "require('tsx/package.json').version")"
{
  "$node" --import tsx thread.ts
  "$node" main.mjs
  "$node" --import tsx main.mjs
  NODE_OPTIONS='--import tsx' "$node" main.mjs
} | tee seen.txt
[ "$(grep -cx 'as a process: read' seen.txt)" = 1 ] || { echo 'changed: the process'; exit 1; }
[ "$(grep -cx 'as a thread: ERR_UNKNOWN_FILE_EXTENSION' seen.txt)" = 3 ] || { echo 'changed: threads'; exit 1; }
