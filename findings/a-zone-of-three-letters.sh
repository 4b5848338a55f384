#!/usr/bin/env bash
# One would guess: a runtime takes as a time zone what the IANA list has, or refuses it, so that a form
# that is checked by trying it holds no abbreviations.
# What happens: Node takes old three-letter names of Java, and BST is Bangladesh to it, IST India, CST
# Chicago; PostgreSQL takes BST behind AT TIME ZONE too, as British summer time.
# Why it matters: whoever types BST in London gets another hour, and no error says so. Only a list of
# names keeps them out. Seen with Node 20.20.2 (ICU 78) and PGlite 0.5.16, 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @electric-sql/pglite@0.5.16
cat > try.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';
const database = new PGlite();
const at = new Date('2026-07-15T12:00:00Z');
const format = new Intl.DateTimeFormat('sv-SE', { timeZone: 'BST', timeStyle: 'short' });
const { rows } = await database.query(
  "select to_char($1::timestamptz at time zone 'BST', 'HH24:MI') as local",
  [at.toISOString()],
);
await database.close();
const here = format.format(at);
console.log(`BST is ${format.resolvedOptions().timeZone} to Intl: noon in UTC is ${here} there;`);
console.log(`to PostgreSQL it is ${rows[0].local}.`);
if (here === rows[0].local) process.exit(1);
JS
node try.mjs
