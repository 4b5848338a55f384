import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, and how its commands are typed: this file stands below it, or below `dist` once built. */
export function findPackage(): { root: string; version: string; command: string } {
  let root = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(resolve(root, 'package.json'))) root = dirname(root);
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const isClone = existsSync(resolve(root, 'scripts/setup.js'));
  return { root, version, command: isClone ? 'npm run paperround --' : 'paperround' };
}
