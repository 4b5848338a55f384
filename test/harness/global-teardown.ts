import { rm } from 'node:fs/promises';

/** Stops what the setup started. */
export default async function teardown(): Promise<void> {
  const { services, template } = globalThis.paperroundShared;
  await services?.stop();
  await rm(template, { recursive: true, force: true });
}
