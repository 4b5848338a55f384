#!/usr/bin/env bash
# One would guess: a JSON Feed of an empty list is written with an empty list. JSON Feed 1.1 calls
# `items` required, and readers walk it without asking.
# What happens: feedsmith's generateJsonFeed leaves `items` out where the list is empty, with `strict`,
# too. Its own parser reads such a document without a word, so a round trip does not show it.
# Why it matters: a search that finds nothing yet, or a new group, answers with a document that feed
# readers refuse as broken, until the first item comes. Seen with feedsmith 3.0.1, 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit feedsmith@3.0.1
cat > try.mjs <<'JS'
import { generateJsonFeed, parseJsonFeed } from 'feedsmith';
const feed = (items) => ({ title: 'A search', feed_url: 'https://feeds.example/search.json', items });
const tell = (work) => {
  try {
    return work();
  } catch (error) {
    return `error: ${error.message}`;
  }
};
const keys = (made) => Object.keys(typeof made === 'string' ? JSON.parse(made) : made).join(' ');
const one = generateJsonFeed(feed([{ id: '1', content_text: 'A paper' }]));
const none = generateJsonFeed(feed([]));
const strict = tell(() => generateJsonFeed(feed([]), { strict: true }));
console.log(`one item: ${keys(one)}`);
console.log(`none: ${keys(none)}`);
console.log(`none, strict: ${typeof strict === 'string' && strict.startsWith('error') ? strict : keys(strict)}`);
console.log(`none, read again: ${tell(() => JSON.stringify(Object.keys(parseJsonFeed(none)).sort()))}`);
JS
node --version
npm ls feedsmith --depth=0 | tail -n +2
node try.mjs | tee out.txt
grep -q '^one item: .*items' out.txt
! grep -q '^none: .*items' out.txt || { echo 'changed: items is written now'; exit 1; }
! grep -q '^none, strict: .*items' out.txt || { echo 'changed: items is written with strict'; exit 1; }
