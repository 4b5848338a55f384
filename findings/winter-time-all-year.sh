#!/usr/bin/env bash
# One would guess: CET names the zone of that name, with its summer time, for a database as for a
# runtime: the IANA list has it.
# What happens: PostgreSQL reads CET, EET, MET and WET behind AT TIME ZONE as abbreviations with one
# offset, winter time all year; Node's Intl reads them as zones. On an evening in July they are on
# different dates.
# Why it matters: a schedule that is worked out in one and compared in the other is off by an hour for
# half of the year, and by a day around midnight. Seen with PGlite 0.5.16 and Node's Intl,
# 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit @electric-sql/pglite@0.5.16
cat > try.mjs <<'JS'
import { PGlite } from '@electric-sql/pglite';
const database = new PGlite();
const at = new Date('2026-07-15T22:30:00Z');
let isDifferent = true;
for (const zone of ['CET', 'EET', 'MET', 'WET']) {
  const { rows } = await database.query(
    "select to_char($1::timestamptz at time zone $2, 'YYYY-MM-DD HH24:MI') as local",
    [at.toISOString(), zone],
  );
  const node = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(at);
  console.log(`${zone}: AT TIME ZONE says ${rows[0].local}, Intl says ${node}`);
  isDifferent &&= rows[0].local !== node;
}
await database.close();
if (!isDifferent) process.exit(1);
JS
node try.mjs
