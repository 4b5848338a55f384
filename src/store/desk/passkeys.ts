import { type Database, findRow, json, sql } from '../database.ts';

/** A passkey as it is kept; texts are base64url. */
export interface Passkey {
  readonly credentialId: string;
  readonly operatorId: number;
  /** What its owner calls it. */
  readonly name: string;
  readonly publicKey: string;
  /** How often its device says that it signed; 0 where it does not count. */
  readonly counter: number;
  /** How browsers reach it: `usb`, `internal`. */
  readonly transports: readonly string[];
  readonly addedAt: Date;
  readonly usedAt: Date | null;
}

const columns = sql`credential_id as "credentialId", operator_id as "operatorId", name,
  public_key as "publicKey", counter, transports, added_at as "addedAt", used_at as "usedAt"`;

/** Passkeys of operators, and challenges that were used. */
export function createPasskeyStore(db: Database) {
  return {
    find: (credentialId: string) =>
      findRow<Passkey>(
        db,
        sql`select ${columns} from public.operator_passkey where credential_id = ${credentialId}`,
      ),
    listOf: (operatorId: number) =>
      db.rows<Passkey>(sql`select ${columns} from public.operator_passkey
        where operator_id = ${operatorId} order by added_at, credential_id`),
    /** False where the same credential is there already. */
    insert: async (passkey: Omit<Passkey, 'usedAt'>) =>
      (
        await db.rows(sql`insert into public.operator_passkey
            (credential_id, operator_id, name, public_key, counter, transports, added_at)
          values (${passkey.credentialId}, ${passkey.operatorId}, ${passkey.name},
            ${passkey.publicKey}, ${passkey.counter}, ${json(passkey.transports)},
            ${passkey.addedAt})
          on conflict do nothing returning 1`)
      ).length > 0,
    /** Records that it signed; false where it is gone, or said a higher count meanwhile. */
    recordUsed: async (credentialId: string, used: { counter: number; at: Date }) =>
      (
        await db.rows(sql`update public.operator_passkey
          set counter = ${used.counter}, used_at = ${used.at}
          where credential_id = ${credentialId} and (counter = 0 or counter < ${used.counter})
          returning 1`)
      ).length > 0,
    /** Removes one of an operator's; false where it is none of theirs. */
    remove: async (operatorId: number, credentialId: string) =>
      (
        await db.rows(sql`delete from public.operator_passkey
          where operator_id = ${operatorId} and credential_id = ${credentialId} returning 1`)
      ).length > 0,
    /** Removes all of an operator's; how many. */
    removeOf: async (operatorId: number) =>
      (
        await db.rows(sql`delete from public.operator_passkey
          where operator_id = ${operatorId} returning 1`)
      ).length,
    /** Uses a challenge up; false where it was used before. */
    async takeChallenge(challengeHash: string, until: Date, now: Date): Promise<boolean> {
      await db.rows(sql`delete from public.used_challenge where expires_at < ${now}`);
      const taken = await db.rows(sql`insert into public.used_challenge (challenge_hash, expires_at)
        values (${challengeHash}, ${until}) on conflict do nothing returning 1`);
      return taken.length > 0;
    },
  };
}
