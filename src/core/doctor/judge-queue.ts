import type { RedisPlace } from '../queue/redis-place.ts';
import { readRefusal } from '../queue/refusal.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** What a Redis or one of its kin said of itself; undefined where it keeps it to itself, as hosted ones do. */
export interface QueueFacts {
  readonly product: 'Redis' | 'Valkey' | 'Redict';
  readonly version: string;
  readonly isCluster: boolean;
  /** Whether the database that REDIS_URL names is there. */
  readonly hasDatabase: boolean;
  /** Of several servers the policy of one that throws away, where there is one. */
  readonly policy: string | undefined;
  readonly isPersistent: boolean | undefined;
  /** The error that it answered to a script on keys of the queue; undefined where it ran. */
  readonly refusal: string | undefined;
}

/** What BullMQ recommends (`RedisConnection.recommendedMinimumVersion`). */
const OLDEST_REDIS = [6, 2] as const;

const POLICY =
  'Set maxmemory-policy noeviction in its configuration (redis-cli config set maxmemory-policy noeviction does it until a restart).';

/** What a server says of itself without being tried. */
export type GroundFacts = Omit<QueueFacts, 'refusal'>;

/** What is to be known of a server before a process begins on it: what fails keeps it from beginning. */
export function judgeGround(facts: GroundFacts, place: RedisPlace): Finding[] {
  const { product, policy, isCluster, hasDatabase } = facts;
  const faults: Finding[] = [];
  if (policy?.startsWith('allkeys-')) {
    faults.push(
      fail(
        `${product} throws any key away when its memory is full (maxmemory-policy ${policy}), jobs among them.`,
        POLICY,
      ),
    );
  }
  if (policy?.startsWith('volatile-')) {
    faults.push(
      warn(
        `${product} throws keys with an end away when its memory is full (maxmemory-policy ${policy}): locks of jobs are among them, and such a job runs twice.`,
        POLICY,
      ),
    );
  }
  if (!hasDatabase) {
    faults.push(
      fail(
        `${product} has no database ${place.database}; everything would lie in database 0.`,
        `Take "/${place.database}" off REDIS_URL, or raise "databases" in its configuration. Several sites on one server are kept apart by REDIS_PREFIX.`,
      ),
    );
  }
  if (place.hosts.length > 1 && place.sentinelName === undefined && !isCluster) {
    faults.push(
      fail(
        `REDIS_URL names several servers, and ${product} there is no cluster.`,
        'Name one server, or ask sentinels for it: redis+sentinel://a:26379,b:26379/NAME',
      ),
    );
  }
  return faults;
}

/** Judges the server of the queue, its ground first. */
export function judgeQueue(facts: QueueFacts, place: RedisPlace): Finding[] {
  const { product, version, isPersistent, refusal } = facts;
  const faults = judgeGround(facts, place);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]);
  if (product === 'Redis' && isOld) {
    faults.push(
      fail(
        `The queue is Redis ${version}; it needs ${OLDEST_REDIS.join('.')} or later, or Valkey.`,
        'Upgrade it.',
      ),
    );
  }
  if (refusal !== undefined) {
    const { word, says, change } = readRefusal(refusal);
    faults.push(fail(`The queue refuses a script on its own keys: ${says} (${word}).`, change));
  }
  if (isPersistent === false) {
    faults.push(
      warn(
        `${product} writes nothing to disk: after its restart the queue is empty, which costs a delay and no mail.`,
        'Set appendonly yes.',
      ),
    );
  }
  return faults.length > 0 ? faults : [ok(`The queue is ${tellKind(facts, place)}.`)];
}

function tellKind(facts: QueueFacts, { sentinelName }: RedisPlace): string {
  const { product, version, isCluster } = facts;
  const kind = isCluster ? ', a cluster' : sentinelName ? ', found by its sentinels' : '';
  return `${product} ${version}${kind}${tellKept(facts)}`;
}

function tellKept({ policy, isPersistent }: QueueFacts): string {
  if (policy === undefined) return '; its settings cannot be read from here';
  if (isPersistent) return ', keeps everything, and writes it to disk';
  return ', and keeps everything; whether it writes that to disk cannot be read from here';
}
