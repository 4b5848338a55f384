import { createWatch } from '../http/watch.ts';
import type { Renderable } from '../mail/render.ts';
import { type Config, readConfig } from '../process/config.ts';
import type { Run } from './run.ts';
import { createLook } from './template-files.ts';

interface Watching {
  readonly edition: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
}

/** `preview --watch`: shows a digest in a browser of this machine while its templates change. Ends with the process. */
export async function watchPreview(run: Run, asked: Watching): Promise<void> {
  const config = readConfig();
  const source = await findSource(run, asked, config);
  const { root, templatesDir } = config;
  const app = await createWatch(`${root}/templates/watch`, createLook(config, source));
  const at = await app.listen({ host: '127.0.0.1', port: asked.port ?? 0 });
  const shown = source ? '' : ' (no edition was cut yet: this is a made-up digest)';
  process.stdout.write(
    `${at}/ shows the digest${shown} and follows ${templatesDir ?? `${root}/templates`}. Stop: Ctrl+C\n`,
  );
}

/** An edition that is named must be there; without a name a made-up digest will do before the first. */
async function findSource(
  run: Run,
  { edition, address }: Watching,
  config: Config,
): Promise<Renderable | undefined> {
  const args = { ...(edition ? { edition } : {}), ...(address ? { address } : {}) };
  // What is wrong with their templates is told in the page, and must not stop this.
  const bare = { ...config, templatesDir: undefined };
  try {
    const source = (await run('preview source', args, bare)).data as Renderable;
    const { delivery } = source;
    return { ...source, delivery: { ...delivery, date: new Date(delivery.date) } };
  } catch (error) {
    const isFirst = error instanceof Error && error.message === 'no edition was cut yet';
    if (isFirst && address === undefined) return undefined;
    throw error;
  }
}
