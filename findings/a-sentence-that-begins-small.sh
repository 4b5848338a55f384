#!/usr/bin/env bash
# One would guess: a segmenter of sentences parts "Cells died. p53 rose." at the full stop, as a reader
# does, and begins a sentence with a number as with a word.
# What happens: Unicode's rules (Standard Annex 29, SB8) let a full stop that a small letter follows end
# nothing, and skip figures and hyphens to find that letter. So no sentence begins with p53, mRNA, pH,
# α-synuclein or 14-month-olds, the usual beginnings of results in biology and psychology.
# Why it matters: whoever takes abstracts apart by Intl.Segmenter gets two findings as one sentence.
# Seen with Node 22.23.3 from npm, 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit node@22.23.3
cat > try.mjs <<'JS'
const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
const count = (text) => [...segmenter.segment(text)].length;
console.log(`Node ${process.versions.node}, ICU ${process.versions.icu}`);
for (const next of ['p53 rose.', 'mRNA fell.', 'α-Synuclein grew.', '14-month-olds looked longer.']) {
  const [small, large] = [count(`Cells died. ${next}`), count(`Cells died. The ${next}`)];
  console.log(`"Cells died. ${next}": ${small} sentence; with "The" before it: ${large}`);
  if (small !== 1 || large !== 2) process.exit(1);
}
JS
node_modules/node/bin/node try.mjs
