/** Why a server answers and takes no work. */
export interface Refusal {
  /** The word that its errors begin with. */
  readonly word: string;
  /** What it is, as half a sentence. */
  readonly says: string;
  readonly change: string;
  /** Another server takes writes now: who connects anew may find it. */
  readonly isElsewhere?: true;
}

const elsewhere = {
  change: 'Point REDIS_URL at the server that takes writes, or ask sentinels for it.',
  isElsewhere: true,
} as const;
const SIGN_IN = 'Look at user and password in REDIS_URL.';

/**
 * What Redis, Valkey and their kin refuse with. Seen at Redis 7.0.15, most of them by our tests: OOM,
 * READONLY, CROSSSLOT, MOVED, CLUSTERDOWN, NOPERM, NOAUTH, WRONGPASS. The others stand in its source and
 * documentation.
 */
const refusals: readonly Refusal[] = [
  {
    word: 'OOM',
    says: 'its memory is full',
    change: 'Raise its maxmemory, or look what else fills it. Mail waits and goes on by itself.',
  },
  { word: 'READONLY', says: 'it is a replica and takes no writes', ...elsewhere },
  { word: 'UNBLOCKED', says: 'it became a replica', ...elsewhere },
  { word: 'MASTERDOWN', says: 'it is a replica without its primary', ...elsewhere },
  {
    word: 'CROSSSLOT',
    says: 'it is a cluster, and the keys of a queue lie on several of its nodes',
    change: 'Give REDIS_PREFIX a part in braces, such as {paperround}.',
  },
  {
    word: 'MOVED',
    says: 'it is a cluster, and was none when this process began',
    change: 'Start Paperround anew.',
  },
  {
    word: 'CLUSTERDOWN',
    says: 'its cluster misses nodes',
    change: 'Look at "redis-cli cluster info": a node is down and no replica took its place.',
  },
  { word: 'TRYAGAIN', says: 'its cluster moves the keys of the queue', change: 'Wait.' },
  {
    word: 'NOPERM',
    says: 'its user may not do what the queue needs',
    change:
      'Let the user of REDIS_URL do +@all -@dangerous +info on the keys of REDIS_PREFIX and all channels.',
  },
  { word: 'NOAUTH', says: 'it wants a password', change: SIGN_IN },
  { word: 'WRONGPASS', says: 'it refuses user and password', change: SIGN_IN },
  {
    word: 'MISCONF',
    says: 'it cannot write to its disk',
    change: 'Look at its log: the disk may be full, or its folder not writable.',
  },
  {
    word: 'NOREPLICAS',
    says: 'too few replicas follow it',
    change: 'Bring the replicas back, or lower min-replicas-to-write.',
  },
  { word: 'LOADING', says: 'it is still reading its data', change: 'Wait.' },
  { word: 'BUSY', says: 'a script of somebody holds it up', change: 'Look at its slow log.' },
];

/**
 * What an error that a server answered with means. Errors within scripts stand behind a dash in
 * what older servers say; an unknown word is told as it is, and nothing else, since the rest may
 * name a host or a key.
 */
export function readRefusal(message: string): Refusal {
  const known = refusals.find(({ word }) => new RegExp(`(^|-)${word}\\b`).test(message));
  if (known) return known;
  // Redis 7 has no word of its own for a command that a script may not use.
  if (/ACL failure in script|can't run this command/.test(message)) return readRefusal('NOPERM');
  const [word = 'ERR'] = /^[A-Z][A-Z0-9]+\b/.exec(message) ?? [];
  return {
    word,
    says: 'it answers with an error',
    change: 'The log of the workers has its words.',
  };
}

/** A refusal in a sentence, without a full stop. */
export function tellRefusal({ word, says }: Refusal): string {
  return `the queue refuses work: ${says} (${word})`;
}
