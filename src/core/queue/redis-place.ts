/** One address of a server. */
export interface Host {
  readonly host: string;
  readonly port: number;
}

/** Where the queue lives, as REDIS_URL says it. */
export interface RedisPlace {
  /** The server, some nodes of a cluster, or the sentinels. */
  readonly hosts: readonly Host[];
  readonly isTls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly database: number;
  /** Under which name sentinels know the server; undefined where nobody is asked for it. */
  readonly sentinelName: string | undefined;
}

/** Where the queue lives, and how its keys are named there. */
export interface RedisSettings extends RedisPlace {
  readonly prefix: string;
  /** What sentinels themselves ask for. */
  readonly sentinelUsername: string | undefined;
  readonly sentinelPassword: string | undefined;
}

const FORMS =
  'redis://host:6379, or several nodes of a cluster: redis://a:6379,b:6379, or sentinels: redis+sentinel://a:26379,b:26379/NAME (rediss for TLS)';
const URL_PARTS = /^(rediss?)(\+sentinel)?:\/\/(?:([^/]*)@)?([^/?#@]+)(\/[^?#]*)?([?#].*)?$/;
const HOST = /^(\[[0-9a-f:.]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i;

/** Reads a URL of one server, of nodes of a cluster or of sentinels. Throws what is wrong with it, without its password. */
export function parseRedisUrl(text: string): RedisPlace {
  const [, scheme, sentinel, login, hosts, path, rest] = URL_PARTS.exec(text.trim()) ?? [];
  if (!hosts) throw new Error(`must look like ${FORMS}`);
  if (rest) throw new Error('takes no settings behind a "?" or a "#"');
  const words = (path ?? '').split('/').slice(1).map(decode);
  const [sentinelName, database = ''] = sentinel ? words : [undefined, words[0]];
  if (sentinel && !sentinelName) {
    throw new Error('must name what the sentinels watch: redis+sentinel://a:26379,b:26379/NAME');
  }
  if (words.length > (sentinel ? 2 : 1) || !/^\d{0,5}$/.test(database)) {
    throw new Error(`must end in the number of a database, or in none: ${FORMS}`);
  }
  const [username, password] = readLogin(login);
  return {
    hosts: hosts.split(',').map((each) => readHost(each, sentinel ? 26_379 : 6_379)),
    isTls: scheme === 'rediss',
    username,
    password,
    database: Number(database),
    sentinelName,
  };
}

function readLogin(text = ''): [username: string | undefined, password: string | undefined] {
  const at = text.indexOf(':');
  const user = at < 0 ? text : text.slice(0, at);
  const password = at < 0 ? '' : text.slice(at + 1);
  return [decode(user) || undefined, decode(password) || undefined];
}

function readHost(text: string, port: number): Host {
  const [, host, given] = HOST.exec(text) ?? [];
  if (!host || Number(given ?? port) > 65_535) throw new Error(`must look like ${FORMS}`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(given ?? port) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('holds a "%" that stands for no character: write %25 for it');
  }
}

/** What every key of the queue begins with: the part in braces decides on which node of a cluster they lie. */
export const PREFIX = /^[\w.-]*\{[\w.-]+\}[\w.-]*$/;
