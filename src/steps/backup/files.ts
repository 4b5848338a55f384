import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { buildRingText, type KeyRing, parseKeyRing } from '../../core/reader/keys.ts';
import type { Config } from '../../process/config.ts';
import { type ArchiveFile, BackupRefused } from './archive.ts';

const SECRET = 0o600;
const RING = 'keys/ring';
const FLIGHTS = 'flights';

/** Where the sandbox keeps its key ring. */
export function ringPath({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, 'keys');
}

/** Where a sandbox that sends for real notes what it began. */
export function flightsPath({ dataDir }: Pick<Config, 'dataDir'>): string {
  return join(dataDir, FLIGHTS);
}

/**
 * The keys and files without which the rows are not enough: the ring that signs links, DKIM
 * keys, own templates, and what a sandbox began to send. Throws BackupRefused, naming the
 * file and the setting, where one cannot be read.
 */
export async function collectFiles(config: Config, keys: KeyRing): Promise<ArchiveFile[]> {
  const files: ArchiveFile[] = [{ name: RING, bytes: Buffer.from(buildRingText(keys)) }];
  for (const { selector, path } of config.sending.dkim.keys) {
    files.push({ name: `dkim/${selector}`, bytes: await readOrRefuse(path, 'DKIM_KEYS') });
  }
  const folder = config.templatesDir;
  for (const path of folder ? await listFolder(folder) : []) {
    const name = `templates/${relative(folder ?? '', path)}`;
    files.push({ name, bytes: await readOrRefuse(path, 'TEMPLATES_DIR') });
  }
  if (config.mode === 'sandbox') {
    const flights = await readFile(flightsPath(config)).catch(() => undefined);
    if (flights) files.push({ name: FLIGHTS, bytes: flights });
  }
  return files;
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder, { recursive: true });
    const paths = names.sort().map((name) => join(folder, name));
    const kinds = await Promise.all(paths.map((path) => lstat(path)));
    return paths.filter((_, index) => kinds[index]?.isFile());
  } catch (error) {
    throw unreadable(folder, 'TEMPLATES_DIR', error);
  }
}

function readOrRefuse(path: string, setting: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw unreadable(path, setting, error);
  });
}

function unreadable(path: string, setting: string, cause: unknown): BackupRefused {
  return new BackupRefused(
    `${path} (${setting}) cannot be read, so the backup would lack it: ${(cause as Error).message}. Let this user read it, or say --without-keys for a backup without keys and templates`,
    { cause },
  );
}

/** The key ring that a backup holds; undefined in one without keys. */
export function findRing(files: ReadonlyMap<string, Buffer>): KeyRing | undefined {
  const text = files.get(RING)?.toString();
  return text === undefined ? undefined : parseKeyRing(text);
}

/** Files of a backup that were laid beside the installation, for its host to put in place. */
export interface LaidFiles {
  readonly folder: string;
  /** Lines for `.env`, in a file that only its owner reads. */
  readonly envFile: string;
  readonly names: readonly string[];
}

/**
 * Lays DKIM keys and templates of a backup, and the settings that name them, into a folder
 * (0700, files 0600). The ring stands among the settings where `ring` is given.
 */
export async function layFiles(
  folder: string,
  files: ReadonlyMap<string, Buffer>,
  ring: KeyRing | undefined,
): Promise<LaidFiles> {
  const wanted = [...files].filter(([name]) => /^(dkim|templates)\//.test(name));
  const inside = wanted.filter(([name]) => isInside(name));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, bytes] of inside) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, bytes, { mode: SECRET });
  }
  const dkim = inside.filter(([name]) => name.startsWith('dkim/'));
  const keys = dkim.map(([name]) => `${name.slice('dkim/'.length)}=${join(folder, name)}`);
  const hasTemplates = inside.some(([name]) => name.startsWith('templates/'));
  const lines = [
    ...(ring ? [`SECRET_KEYS=${buildRingText(ring)}`] : []),
    ...(keys.length > 0 ? [`DKIM_KEYS='${keys.join(' ')}'`] : []),
    ...(hasTemplates ? [`TEMPLATES_DIR=${join(folder, 'templates')}`] : []),
  ];
  const envFile = join(folder, 'settings.env');
  await writeFile(envFile, `${lines.join('\n')}\n`, { mode: SECRET });
  return { folder, envFile, names: inside.map(([name]) => name) };
}

/** A name never leads out of the folder, whoever wrote the backup. */
function isInside(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** Whether the configuration has every DKIM key and template of a backup, byte for byte. */
export async function hasFiles(
  config: Config,
  files: ReadonlyMap<string, Buffer>,
): Promise<boolean> {
  const dkim = new Map(config.sending.dkim.keys.map(({ selector, path }) => [selector, path]));
  for (const [name, bytes] of files) {
    const [kind = '', ...rest] = name.split('/');
    if (kind !== 'dkim' && kind !== 'templates') continue;
    const own = rest.join('/');
    const path =
      kind === 'dkim' ? dkim.get(own) : config.templatesDir && join(config.templatesDir, own);
    const there = path ? await readFile(path).catch(() => undefined) : undefined;
    if (!there?.equals(bytes)) return false;
  }
  return true;
}
