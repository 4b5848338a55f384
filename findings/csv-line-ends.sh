#!/usr/bin/env bash
# One would guess: a CSV parser that finds out the line ends by itself takes CRLF and LF in one file,
# as spreadsheets do and as a file comes about to whose CRLF head a script adds rows.
# What happens: csv-parse learns the line end from the first line alone. After a head that ends in
# CRLF, rows that end in LF are no rows: all of them are read as one record, without an error where
# the count of columns is relaxed.
# Why it matters: exports with a head of one program and rows of another lose every row but one.
# `record_delimiter: ['\r\n', '\n']` reads them. Seen with csv-parse 7.0.3, 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit csv-parse@7.0.3
cat > try.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
const { version } = JSON.parse(readFileSync('node_modules/csv-parse/package.json', 'utf8'));
const file = 'address,name\r\nada@example.org,Ada\ngrace@example.org,Grace\nmary@example.org,Mary\n';
const count = (options) => parse(file, { columns: true, relax_column_count: true, ...options }).length;
const learned = count({});
const told = count({ record_delimiter: ['\r\n', '\n'] });
console.log(`csv-parse ${version}: 3 rows behind a CRLF head, read as ${learned} (told both line ends: ${told})`);
if (learned !== 1 || told !== 3) process.exit(1);
JS
node try.mjs
