// Prints what is installed to run, by licence. Nothing beside node_modules is asked.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const byLicence = new Map();
for (const [path, { dev, devOptional, license }] of Object.entries(packages)) {
  if (path === '' || dev || devOptional) continue;
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const known = license ?? readLicence(path);
  byLicence.set(known, (byLicence.get(known) ?? new Set()).add(name));
}
for (const [licence, names] of [...byLicence].sort(([, a], [, b]) => b.size - a.size)) {
  console.log(`${licence} (${names.size}): ${[...names].sort().join(', ')}\n`);
}

/** Some say it in their own file alone. */
function readLicence(path) {
  try {
    const { license, licenses } = JSON.parse(
      readFileSync(join(root, path, 'package.json'), 'utf8'),
    );
    return license?.type ?? license ?? licenses?.map(({ type }) => type).join(' or ') ?? 'not told';
  } catch {
    return 'not installed here';
  }
}
