#!/usr/bin/env bash
# One would guess: a 304 is read as a 304. RFC 9110, 8.6, lets it tell the Content-Length that a 200
# would have had, and it has no body.
# What happens: undici's request() refuses it where the body is read: "Response body length does not
# match content-length header". node:http, and undici's own fetch(), take it for an empty answer.
# Why it matters: a poller that asks with If-None-Match takes a feed that has nothing new for a broken
# one, each time, with a growing back-off. Seen with undici 7.30.2, 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit undici@7.30.2
cat > try.mjs <<'JS'
import { createServer } from 'node:net';
import { get } from 'node:http';
import { fetch, request } from 'undici';
const server = createServer((socket) => {
  socket.once('data', () =>
    socket.end('HTTP/1.1 304 Not Modified\r\nETag: "a"\r\nContent-Length: 345\r\nConnection: close\r\n\r\n'),
  );
  socket.on('error', () => {});
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const tell = (work) => work().then((said) => said, (error) => error.code ?? error.message);
const byRequest = await tell(async () => {
  const { statusCode, body } = await request(url);
  return `${statusCode} and ${(await body.text()).length} bytes`;
});
const byFetch = await tell(async () => {
  const answer = await fetch(url);
  return `${answer.status} and ${(await answer.text()).length} bytes`;
});
const byNode = await new Promise((resolve, reject) =>
  get(url, (answer) => {
    answer.resume().on('end', () => resolve(`${answer.statusCode}`));
  }).on('error', reject),
);
console.log(`undici request: ${byRequest}; undici fetch: ${byFetch}; node:http: ${byNode}`);
server.close();
if (byRequest !== 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || !byFetch.startsWith('304') || byNode !== '304') process.exit(1);
JS
node try.mjs
