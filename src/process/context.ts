import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FeedError } from '../core/feed/feed.ts';
import { API_KINDS, APIS } from '../core/feed/sources.ts';
import type { Rendering } from '../core/letter/rendering.ts';
import { ZOTERO } from '../core/library/zotero.ts';
import { type KeyRing, parseKeyRing } from '../core/reader/keys.ts';
import { allLanguages, type Language } from '../core/words/languages.ts';
import { createFeeds, type Feeds, REQUEST_TIMEOUT_MS } from '../feeds/feeds.ts';
import type { Turn } from '../feeds/fetch.ts';
import { createSigner, readDkimKey, type SignMessage } from '../mail/dkim.ts';
import { type ArrivedMail, openListener } from '../mail/listener.ts';
import { type Outbox, openOutbox } from '../mail/outbox.ts';
import { openProofs } from '../mail/proof/proofs.ts';
import { rememberFlights } from '../mail/relay/flight-log.ts';
import { createMxGroups } from '../mail/relay/mx-groups.ts';
import { createRelay, type Relay } from '../mail/relay/relay.ts';
import { combineRelays } from '../mail/relay/relays.ts';
import { createRenderer } from '../mail/render.ts';
import { openSpool, type Spool } from '../mail/spool.ts';
import { loadTemplates } from '../mail/templates.ts';
import { createModels } from '../models/models.ts';
import { createPoster } from '../poster/poster.ts';
import { openMemory } from '../queue/memory.ts';
import { openQueue } from '../queue/queue.ts';
import { judgeAtDoor } from '../steps/alerts/address.ts';
import { takeMail } from '../steps/alerts/take.ts';
import type { Outside } from '../steps/steps.ts';
import { openTemplates } from '../steps/templates/files.ts';
import { openSharedClock } from '../store/clock.ts';
import type { Database } from '../store/database.ts';
import { assertMigrated, migrate } from '../store/migrations.ts';
import { openPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';
import { createStore, type Store } from '../store/store.ts';
import { openThreads } from '../threads/threads.ts';
import { type Config, ConfigError, isLoopback, type RelayConfig } from './config.ts';
import type { Logger } from './log.ts';

/** Everything a process works with; `close` ends it in reverse order. */
export interface Context {
  readonly outside: Outside;
  readonly log: Logger;
  /** Present where mail is caught in this process. */
  readonly outbox: Outbox | undefined;
  close(): Promise<void>;
}

/** What tests put in place of the real thing: the clock, and nothing else. */
export interface Overrides {
  readonly now?: () => Date;
}

/** The one composition root: opens what the configuration names, in order. */
export async function createContext(
  config: Config,
  log: Logger,
  overrides: Overrides = {},
): Promise<Context> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of closing.reverse().splice(0)) await end();
  };
  const onError = warnOf(log);
  try {
    const opened = await openData(config, onError);
    closing.push(() => opened.database.close());
    const store = createStore(opened.database);
    const queue = await openQueue(opened.backend, onError);
    closing.push(() => queue.close());
    const keys = config.keys ?? (await readSandboxKeys(config.dataDir));
    const now = overrides.now ?? (await openClock(config, opened.database, closing));
    const feeds = openFeeds(config, store);
    closing.push(() => feeds.close());
    const threads = openThreads();
    closing.push(() => threads.close());
    const poster = createPoster();
    closing.push(() => poster.close());
    const { endpoint } = config.models;
    const models = endpoint && createModels(endpoint);
    closing.push(async () => models?.close());
    const { relay, outbox } = await openMail(config, store, now);
    closing.push(async () => outbox?.close());
    closing.push(async () => relay.close());
    const proofs = openProofs(config.sending.dnsServers);
    closing.push(async () => proofs.close());
    const kept = await storeRenderings(config, store, now());
    const renderer = createRenderer(keys);
    const outside = {
      config,
      store,
      queue,
      memory: openMemory(queue, join(config.dataDir, 'heartbeat.json')),
      feeds,
      threads,
      poster,
      models,
      relay,
      proofs,
      mxGroups: createMxGroups(config.sending.dnsServers),
      renderer,
      keys,
      ...kept,
      now,
    };
    return { outside, log, outbox, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The clock of a process: in a service all processes go by the database's. */
async function openClock(
  config: Config,
  database: Database,
  closing: (() => Promise<void>)[],
): Promise<() => Date> {
  if (!config.databaseUrl) return () => new Date();
  const clock = await openSharedClock(database);
  closing.push(async () => clock.stop());
  return clock.now;
}

/** The open ways in for mail that comes back. */
export interface Inbound {
  /** The port of the SMTP listener, where there is one. */
  readonly port: number | undefined;
  readonly spool: Spool | undefined;
  close(): Promise<void>;
}

/** Opens what the configuration names for mail that comes back: the SMTP listener, the spool. */
export async function openInbound({ outside, log }: Context): Promise<Inbound> {
  const { host, port, spool: folder } = outside.config.inbound;
  const take = (mail: ArrivedMail) => takeMail(outside, mail);
  const onError = warnOf(log);
  const spool = folder === undefined ? undefined : await openSpool(folder, take, onError);
  const judge = (address: string) => judgeAtDoor(outside, address);
  const listener =
    port === undefined ? undefined : await openListener({ host, port, judge, take, onError });
  return {
    port: listener?.port,
    spool,
    async close() {
      await listener?.close();
      await spool?.close();
    },
  };
}

const WARN_AGAIN_MS = 60_000;

/** A broken connection is tried many times a second; the log hears of one fault once a minute. */
function warnOf(log: Logger): (error: Error) => void {
  const lastByMessage = new Map<string, number>();
  return (error) => {
    const now = Date.now();
    if (now - (lastByMessage.get(error.message) ?? 0) < WARN_AGAIN_MS) return;
    if (lastByMessage.size > 100) lastByMessage.clear();
    lastByMessage.set(error.message, now);
    log.warn({ err: error }, 'a connection broke or was refused');
  };
}

/** Brings a service's database up to this version; the names of the migrations that ran. */
export async function migrateDatabase(config: Config, log: Logger): Promise<string[]> {
  if (!config.databaseUrl) {
    throw new Error('the sandbox migrates itself at start; set DATABASE_URL to migrate a service');
  }
  const database = openPostgres(config.databaseUrl, warnOf(log));
  return migrate(database).finally(() => database.close());
}

/** The store on a database as it stands, migrated or bare, for whoever puts a backup into it. */
export async function openBare(
  config: Config,
  log: Logger,
): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const database = config.databaseUrl
    ? openPostgres(config.databaseUrl, warnOf(log))
    : (await openPglite(await makeDatabaseFolder(config))).database;
  return { store: createStore(database), close: () => database.close() };
}

async function makeDatabaseFolder({ dataDir }: Config): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  return join(dataDir, 'database');
}

async function openData(config: Config, onError: (error: Error) => void) {
  if (config.databaseUrl && config.redis) {
    const database = openPostgres(config.databaseUrl, onError);
    await closeOnError(database, assertMigrated(database));
    return { database, backend: { redis: config.redis } };
  }
  const { database, pool } = await openPglite(await makeDatabaseFolder(config));
  await closeOnError(database, migrate(database));
  return { database, backend: { pool } };
}

async function closeOnError(database: Database, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The sandbox makes its own keys; losing the file breaks the links in mail already sent. */
async function readSandboxKeys(dataDir: string): Promise<KeyRing> {
  const path = join(dataDir, 'keys');
  if (!existsSync(path)) {
    await writeFile(path, `1:${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  }
  return parseKeyRing((await readFile(path, 'utf8')).trim());
}

function openFeeds(config: Config, store: Store): Feeds {
  const { allowPrivate, bases, keys, arxivSpacingMs } = config.feeds;
  const arxivHosts = [bases.arxivRss, bases.arxivApi].map((base) => new URL(base).hostname);
  const zoteroHost = new URL(bases.zotero).hostname;
  const kindAt = new Map(API_KINDS.map((kind) => [new URL(bases[kind]).hostname, kind]));
  return createFeeds({
    version: config.version,
    contact: config.site.contact,
    allowPrivate,
    bases,
    keys,
    turn: async (host, mostWaitMs) => {
      const isArxiv = arxivHosts.includes(host) || /(^|\.)arxiv\.org$/.test(host);
      if (isArxiv) return takeTurn(store, 'arxiv', arxivSpacingMs);
      if (host === zoteroHost) return takePatientTurn(store, mostWaitMs);
      const kind = kindAt.get(host);
      return kind && takeTurn(store, kind, APIS[kind].spacingMs);
    },
  });
}

/** Sources count requests and connections over all their hosts and all our processes together. */
async function takeTurn(store: Store, host: string, spacingMs: number): Promise<Turn> {
  const holder = randomUUID();
  const claim = () => store.feeds.claimTurn(host, { holder, leaseMs: REQUEST_TIMEOUT_MS + 10_000 });
  for (let waitMs = await claim(); waitMs > 0; waitMs = await claim()) await wait(waitMs);
  return () => store.feeds.endTurn(host, { holder, spacingMs });
}

const LONGEST_WAIT_MS = 60_000;
const LONGEST_REST_MS = 24 * 3_600_000;

/** Zotero says to whoever asks how long all of us are to stay away. Throws FeedError `busy` where that is long. */
async function takePatientTurn(store: Store, mostWaitMs = Number.POSITIVE_INFINITY): Promise<Turn> {
  const holder = randomUUID();
  const claim = () =>
    store.feeds.claimTurn('zotero', { holder, leaseMs: REQUEST_TIMEOUT_MS + 10_000 });
  const end = Date.now() + mostWaitMs;
  for (let waitMs = await claim(); waitMs > 0; waitMs = await claim()) {
    if (waitMs > LONGEST_WAIT_MS || Date.now() + waitMs > end) {
      throw new FeedError('busy', 'Zotero asked us to come back later.', { retryAfterMs: waitMs });
    }
    await wait(waitMs);
  }
  return (restMs) => {
    const spacingMs = Math.max(ZOTERO.spacingMs, Math.min(restMs, LONGEST_REST_MS));
    return store.feeds.endTurn('zotero', { holder, spacingMs });
  };
}

async function openMail(
  config: Config,
  store: Store,
  now: () => Date,
): Promise<{ relay: Relay; outbox: Outbox | undefined }> {
  const { relays, connections, beforeBodyMs, afterDotMs } = config.sending;
  const outbox = relays.length > 0 ? undefined : await openOutbox(join(config.dataDir, 'outbox'));
  const clientName = new URL(config.http.publicUrl).hostname || hostname();
  const sign = await openSigner(config);
  const openOne = ({ url, signs, ...limits }: Omit<RelayConfig, 'weight'>) =>
    createRelay({
      url,
      requireTls: !isLoopback(url),
      clientName,
      beforeBodyMs,
      afterDotMs,
      sign: signs === 'it' ? undefined : sign,
      ...limits,
    });
  const relay = outbox
    ? openOne({ url: outbox.url, connections, intervalMs: undefined, signs: undefined })
    : combineRelays(relays.map((each) => ({ relay: openOne(each), weight: each.weight })));
  const requireTls = relays.some(({ url }) => !isLoopback(url));
  // The embedded database does not fsync: what goes out for good is noted on a disk that does.
  const isForgetful = config.databaseUrl === undefined && requireTls;
  return {
    relay: isForgetful ? await openRemembering(relay, { config, store, now }) : relay,
    outbox,
  };
}

/** Whether we sign what goes out by any relay, or what is caught. */
function signsAny({ sending: { relays, dkim } }: Config): boolean {
  const isLeftToAll = relays.length > 0 && relays.every(({ signs }) => signs === 'it');
  return dkim.keys.length > 0 && !isLeftToAll;
}

/** Throws a ConfigError where a key cannot be read; undefined where none is configured. */
async function openSigner(config: Config): Promise<SignMessage | undefined> {
  const { domain, keys } = config.sending.dkim;
  if (keys.length === 0) return undefined;
  const opened = keys.map(async ({ selector, path }) => {
    try {
      return readDkimKey(selector, await readFile(path, 'utf8'));
    } catch (error) {
      throw new ConfigError([`DKIM_KEYS: ${path}: ${(error as Error).message}`]);
    }
  });
  return createSigner(domain, await Promise.all(opened));
}

async function openRemembering(
  relay: Relay,
  { config, store, now }: { config: Config; store: Store; now: () => Date },
): Promise<Relay> {
  const remembering = await rememberFlights(relay, join(config.dataDir, 'flights'), now);
  const begun = remembering.listUnanswered();
  const known = await store.deliveries.listKnown(begun);
  await store.deliveries.recordUnanswered(known, 'its body was begun before a power cut');
  remembering.forget(known);
  return remembering;
}

/** Today's templates and settings in each language, kept under their hash for every digest that uses them. */
async function storeRenderings(config: Config, store: Store, at: Date) {
  const kept = await Promise.all(
    allLanguages.map(async (language) => {
      const rendering = await makeRendering(config, language);
      const hash = createHash('sha256').update(JSON.stringify(rendering)).digest('hex');
      await store.records.recordRendering(hash, rendering, at);
      return { language, rendering, hash };
    }),
  );
  const own = kept.find(({ language }) => language === config.site.language);
  if (!own) throw new Error(`no mails in ${config.site.language}`);
  const renderings = Object.fromEntries(kept.map(({ language, hash }) => [language, hash]));
  return {
    rendering: own.rendering,
    renderingHash: own.hash,
    renderings: renderings as Record<Language, string>,
  };
}

async function makeRendering(config: Config, language: Language): Promise<Rendering> {
  const { readIn } = await openTemplates(config);
  const { name, from, contact, postalAddress, imprintFile, privacyFile } = config.site;
  const { publicUrl } = config.http;
  const { domain } = config.inbound;
  return {
    version: config.version,
    language,
    ...(language === config.site.language ? {} : { webPath: `/${language}` }),
    templates: await loadTemplates(readIn(language)),
    sender: {
      siteName: name,
      postalAddress,
      contact,
      ...(imprintFile ? { imprint: `${publicUrl}/imprint` } : {}),
      ...(privacyFile ? { privacy: `${publicUrl}/privacy` } : {}),
    },
    from,
    publicUrl,
    ...(config.http.isForMembers ? { isForMembers: true } : {}),
    ...(domain ? { inboundDomain: domain } : {}),
    // RFC 9477, 3.1: it counts only where a signature of the sender covers it.
    ...(domain && signsAny(config) ? { reportAddress: `fbl@${domain}` } : {}),
  };
}
