import { execFileSync } from 'node:child_process';

/** Builds the product once, before several test files start it at the same time. */
export default function build(): void {
  execFileSync(process.execPath, ['scripts/setup.js'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
