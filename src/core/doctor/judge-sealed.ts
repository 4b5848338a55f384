import { type Finding, warn } from './finding.ts';

/** How many secrets of a kind are sealed under one key. */
export interface SealedCount {
  /** What they are, such as `webhook`. */
  readonly what: string;
  readonly keyId: string;
  readonly count: number;
}

/** Judges what is sealed against the key ring: what hangs on keys that are older, or gone. */
export function judgeSealed(
  sealed: readonly SealedCount[],
  ring: { readonly newest: string; readonly secrets: ReadonlyMap<string, unknown> },
): Finding[] {
  return sealed
    .filter(({ keyId }) => keyId !== ring.newest)
    .map(({ what, keyId, count }) => {
      const those = `Sealed secrets (${what}): ${count}`;
      return ring.secrets.has(keyId)
        ? warn(
            `${those} under the older key ${keyId} of SECRET_KEYS.`,
            'Keep that key: they are sealed under the newest every night.',
          )
        : warn(
            `${those} that cannot be opened: the key ${keyId} is not in SECRET_KEYS any more.`,
            'Put it back behind the newest, or have them given anew.',
          );
    });
}
