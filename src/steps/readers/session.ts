import { randomBytes } from 'node:crypto';
import { hashToken } from '../../core/desk/token.ts';
import { FIRST_PLACE, readPlace, SESSION_MS } from '../../core/reader/session.ts';
import type { Subscription } from '../../core/reader/subscription.ts';
import type { Store } from '../../store/store.ts';
import type { Outside } from '../steps.ts';

type SessionOutside = Pick<Outside, 'store' | 'now'>;

/** A session that has just begun: its token is told once. */
export interface Begun {
  readonly token: string;
  readonly expiresAt: Date;
  /** Where the reader wanted to go. */
  readonly next: string;
}

/** Who acts, and by which session. */
export interface Visitor {
  readonly reader: Subscription;
  readonly sessionId: number;
  /** The session's own token: what its forms are bound to. */
  readonly token: string;
}

/** Begins a session by a mailed link, which is used up by it; undefined where it is good no more. */
export async function beginSession(
  { store, now }: SessionOutside,
  linkId: number,
): Promise<Begun | undefined> {
  const at = now();
  return store.transaction(async (tx) => {
    const link = await tx.mailedLinks.findGood(linkId, 'session', at);
    const reader = link && (await tx.subscribers.find(link.subscriptionId));
    if (!link || reader?.state !== 'active') return undefined;
    if (!(await tx.mailedLinks.recordUsed(linkId, at))) return undefined;
    return openSession(tx, { reader, at, next: readPlace(link.next) });
  });
}

/** Begins one for a reader who has just opened a fresh link otherwise; undefined where they left. */
export async function beginSessionOf(
  { store, now }: SessionOutside,
  reader: Subscription,
): Promise<Begun | undefined> {
  if (reader.state !== 'active') return undefined;
  const at = now();
  return store.transaction((tx) => openSession(tx, { reader, at, next: FIRST_PLACE }));
}

async function openSession(
  tx: Store,
  { reader, at, next }: { reader: Subscription; at: Date; next: string },
): Promise<Begun> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + SESSION_MS);
  const tokenHash = hashToken(token);
  await tx.readerSessions.insert({
    subscriptionId: reader.id,
    tokenHash,
    createdAt: at,
    expiresAt,
  });
  const subject = `subscription ${reader.id}`;
  const entry = { at, actor: 'reader', action: 'reader_session', subject, detail: {} };
  await tx.records.recordAudit(entry);
  return { token, expiresAt, next };
}

/** Whose session a token is of; undefined where it ended, or they left. */
export async function findVisitor(
  { store, now }: SessionOutside,
  token: string,
): Promise<Visitor | undefined> {
  const session = await store.readerSessions.findGood(hashToken(token), now());
  const reader = session && (await store.subscribers.find(session.subscriptionId));
  if (!session || reader?.state !== 'active') return undefined;
  return { reader, sessionId: session.id, token };
}
