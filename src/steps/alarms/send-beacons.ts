import { nextBeaconAt } from '../../core/alarms/retry.ts';
import type { PostAnswer, Posting } from '../../poster/poster.ts';
import type { Beacon, BeaconKind } from '../../store/ledger/beacons.ts';
import type { Outside } from '../steps.ts';

/** What came of one beacon. */
export interface BeaconReport extends Pick<PostAnswer, 'isTaken' | 'words'> {
  readonly key: string;
  readonly isGivenUp: boolean;
}

const MOST = 10;
/** Well beyond the time that one request has. */
const LEASE_MS = 60_000;

/** Sends what is due to addresses elsewhere; what is not taken is sent again later, and given up after a day. */
export async function sendBeacons(
  outside: Pick<Outside, 'store' | 'config' | 'poster' | 'now'>,
): Promise<BeaconReport[]> {
  const { store, config, now } = outside;
  const { webhook, heartbeatUrl } = config.alarms;
  const kinds: BeaconKind[] = [
    ...(webhook ? (['alarm'] as const) : []),
    ...(heartbeatUrl ? (['heartbeat'] as const) : []),
  ];
  if (kinds.length === 0) return [];
  const claim = { kinds, at: now(), leaseMs: LEASE_MS, most: MOST };
  const beacons = await store.beacons.claim(claim);
  return Promise.all(beacons.map((beacon) => sendBeacon(outside, beacon)));
}

async function sendBeacon(
  outside: Pick<Outside, 'store' | 'config' | 'poster' | 'now'>,
  beacon: Beacon,
): Promise<BeaconReport> {
  const { store, poster, now } = outside;
  const request = requestOf(outside, beacon);
  const answer = request
    ? await poster.post(request)
    : { isTaken: false, words: 'it has no address any more' };
  const at = now();
  const again = answer.isTaken || !request ? undefined : nextBeaconAt(beacon, at);
  if (again) await store.beacons.recordAgain(beacon.key, { answer: answer.words, at: again });
  else await store.beacons.recordEnded(beacon.key, { answer: answer.words, at });
  const { isTaken, words } = answer;
  return { isTaken, words, key: beacon.key, isGivenUp: !isTaken && !again };
}

function requestOf(
  { config }: Pick<Outside, 'config'>,
  { key, kind, body, madeAt }: Beacon,
): Posting | undefined {
  const { webhook, heartbeatUrl } = config.alarms;
  if (kind === 'heartbeat') {
    return heartbeatUrl === undefined ? undefined : { url: heartbeatUrl, mayBePrivate: true };
  }
  if (!webhook || body === null) return undefined;
  // Others may send to the same address: the key alone is ours only.
  const signed = { id: `${key}-${madeAt.getTime()}`, secrets: [webhook.secret] };
  return { url: webhook.webhookUrl, post: { body, signed }, mayBePrivate: true };
}
