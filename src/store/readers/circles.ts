import { type Database, findRow, getRow, listOf, type Sql, sql } from '../database.ts';
import { forgetNotes, isReading, settleCircles } from './circle-endings.ts';

/** Readers who read together. */
export interface Circle {
  readonly id: number;
  readonly name: string;
  readonly openedAt: Date;
  readonly byOperator: boolean;
  readonly closedAt: Date | null;
  readonly closedBecause: 'owner' | 'operator' | 'empty' | null;
}

/** One of them, under the name that they chose. */
export interface Member {
  readonly id: number;
  readonly circleId: number;
  readonly subscriberId: number;
  readonly name: string;
  readonly isOwner: boolean;
  readonly joinedAt: Date;
  /** Present where they are in no more. */
  readonly leftAt: Date | null;
  /** The owner took them out. */
  readonly isOut: boolean;
  /** A restore cannot know whether they are still in: they say so. */
  readonly setAsideAt: Date | null;
}

/** A circle in a reader's list. */
export interface OwnCircle extends Pick<Circle, 'id' | 'name' | 'closedAt'> {
  readonly memberId: number;
  readonly as: string;
  readonly isOwner: boolean;
  readonly joinedAt: Date;
  readonly leftAt: Date | null;
  readonly members: number;
}

/** A link by which others join. */
export interface StoredInvitation {
  readonly id: number;
  readonly circleId: number;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly uses: number;
  readonly mostUses: number;
}

const circleColumns = sql`c.id, c.name, c.opened_at as "openedAt", c.by_operator as "byOperator",
  c.closed_at as "closedAt", c.closed_because as "closedBecause"`;
const memberColumns = sql`m.id, m.circle_id as "circleId", m.subscriber_id as "subscriberId",
  m.name, m.is_owner as "isOwner", m.joined_at as "joinedAt", m.left_at as "leftAt",
  m.is_out as "isOut", m.set_aside_at as "setAsideAt"`;
const invitationColumns = sql`id, circle_id as "circleId", made_at as "madeAt",
  expires_at as "expiresAt", uses, most_uses as "mostUses"`;

/** Circles, who is in them, and how one joins. */
export function createCircleStore(db: Database) {
  const changes = async (change: Sql) => (await db.rows(change)).length > 0;
  const listMembers = (which: Sql) =>
    db.rows<Member>(sql`select ${memberColumns} from public.circle_member m where ${which}
      order by m.joined_at, m.id`);

  return {
    insert: async (circle: { name: string; byOperator: boolean; at: Date }) =>
      (
        await getRow<{ id: number }>(
          db,
          sql`insert into public.circle (name, opened_at, by_operator)
            values (${circle.name}, ${circle.at}, ${circle.byOperator}) returning id`,
        )
      ).id,
    find: (id: number) =>
      findRow<Circle>(db, sql`select ${circleColumns} from public.circle c where c.id = ${id}`),
    /** Has whoever changes one do it after the other. */
    lock: (id: number) =>
      db.rows(sql`select id from public.circle where id = ${id} for no key update`),
    close: (id: number, because: NonNullable<Circle['closedBecause']>, at: Date) =>
      changes(sql`update public.circle set closed_at = ${at}, closed_because = ${because}
        where id = ${id} and closed_at is null returning id`),

    /** The member that a reader is or was; undefined where they never joined. */
    findMember: async (circleId: number, subscriberId: number) =>
      (await listMembers(sql`m.circle_id = ${circleId} and m.subscriber_id = ${subscriberId}`))[0],
    /** Who is in, the longest first. */
    listMembers: (circleId: number) =>
      listMembers(sql`m.circle_id = ${circleId} and m.left_at is null`),
    countMembers: async (circleId: number) =>
      (
        await getRow<{ count: number }>(
          db,
          sql`select count(*)::int as count from public.circle_member
            where circle_id = ${circleId} and left_at is null`,
        )
      ).count,
    /** The circles that a reader is in or was, the last joined first. */
    listOf: (subscriberId: number) =>
      db.rows<OwnCircle>(sql`select c.id, c.name, c.closed_at as "closedAt", m.id as "memberId",
          m.name as as, m.is_owner as "isOwner", m.joined_at as "joinedAt", m.left_at as "leftAt",
          (select count(*)::int from public.circle_member o
            where o.circle_id = c.id and o.left_at is null) as members
        from public.circle_member m join public.circle c on c.id = m.circle_id
        where m.subscriber_id = ${subscriberId} order by m.joined_at desc, m.id desc`),
    /** Whether there is any circle that papers can be marked for. */
    hasOpen: async () =>
      (await findRow(db, sql`select 1 from public.circle where closed_at is null limit 1`)) !==
      undefined,
    /** Of some readers those who are in a circle. */
    listIn: async (subscriberIds: readonly number[]) =>
      (
        await db.rows<{ id: number }>(sql`select distinct m.subscriber_id as id
          from public.circle_member m join public.circle c on c.id = m.circle_id
          where m.subscriber_id = any(${listOf(subscriberIds)}::bigint[]) and m.left_at is null
            and m.set_aside_at is null and c.closed_at is null`)
      ).map(({ id }) => id),

    /**
     * Lets a reader in, again where they were in before; undefined where another has that name. Whoever
     * is the first owns the circle. Needs its lock.
     */
    admit: async (member: {
      circleId: number;
      subscriberId: number;
      name: string;
      nameKey: string;
      at: Date;
    }) => {
      const { circleId, subscriberId, name, nameKey, at } = member;
      const taken = await findRow(
        db,
        sql`select 1 from public.circle_member where circle_id = ${circleId}
          and name_key = ${nameKey} and subscriber_id <> ${subscriberId}`,
      );
      if (taken) return undefined;
      const { id } = await getRow<{ id: number }>(
        db,
        sql`insert into public.circle_member (circle_id, subscriber_id, name, name_key, joined_at)
          values (${circleId}, ${subscriberId}, ${name}, ${nameKey}, ${at})
          on conflict (circle_id, subscriber_id) do update set name = excluded.name,
            name_key = excluded.name_key, left_at = null, set_aside_at = null,
            joined_at = excluded.joined_at
          returning id`,
      );
      await db.rows(sql`update public.circle set empty_since = null where id = ${circleId}`);
      await settleCircles(db, [circleId]);
      return id;
    },
    /** Who was set aside by a restore says that they are in. */
    comeBack: (memberId: number) =>
      changes(sql`update public.circle_member set set_aside_at = null
        where id = ${memberId} and set_aside_at is not null returning id`),
    /** Ends a membership, and gives the circle to another where it was the owner's. Needs the lock. */
    async leave({
      id,
      circleId,
      isOut,
      at,
    }: Pick<Member, 'id' | 'circleId' | 'isOut'> & { at: Date }) {
      await db.rows(sql`update public.circle_member
        set left_at = ${at}, is_out = ${isOut}, is_owner = false
        where id = ${id} and left_at is null`);
      await db.rows(sql`delete from public.circle_feed where member_id = ${id}`);
      await forgetNotes(db, { isWaitingFor: id });
      await settleCircles(db, [circleId]);
    },
    /** Makes a member the owner. Needs the lock. */
    async handTo({ id, circleId }: Pick<Member, 'id' | 'circleId'>) {
      await db.rows(sql`update public.circle_member set is_owner = false
        where circle_id = ${circleId} and is_owner`);
      await db.rows(sql`update public.circle_member set is_owner = true where id = ${id}`);
    },

    /** A link to join by; those before end. */
    async invite(
      circleId: number,
      { at, ...until }: { at: Date; expiresAt: Date; mostUses: number },
    ) {
      await db.rows(sql`update public.circle_invitation set expires_at = ${at}
        where circle_id = ${circleId} and expires_at > ${at}`);
      return getRow<StoredInvitation>(
        db,
        sql`insert into public.circle_invitation (circle_id, made_at, expires_at, most_uses)
          values (${circleId}, ${at}, ${until.expiresAt}, ${until.mostUses})
          returning ${invitationColumns}`,
      );
    },
    endInvitations: (circleId: number, at: Date) =>
      changes(sql`update public.circle_invitation set expires_at = ${at}
        where circle_id = ${circleId} and expires_at > ${at} returning id`),
    findInvitation: (id: number) =>
      findRow<StoredInvitation>(
        db,
        sql`select ${invitationColumns} from public.circle_invitation where id = ${id}`,
      ),
    /** The last one made, whether its time is over or not. */
    findLastInvitation: (circleId: number) =>
      findRow<StoredInvitation>(
        db,
        sql`select ${invitationColumns} from public.circle_invitation
          where circle_id = ${circleId} order by id desc limit 1`,
      ),
    useInvitation: (id: number) =>
      db.rows(sql`update public.circle_invitation set uses = uses + 1 where id = ${id}`),

    /** A member's link for programs; the one before ends. */
    async renewFeed(memberId: number, at: Date): Promise<number> {
      await db.rows(sql`delete from public.circle_feed where member_id = ${memberId}`);
      const made = await getRow<{ id: number }>(
        db,
        sql`insert into public.circle_feed (member_id, made_at) values (${memberId}, ${at})
          returning id`,
      );
      return made.id;
    },
    findFeedOf: async (memberId: number) =>
      (
        await findRow<{ id: number }>(
          db,
          sql`select id from public.circle_feed where member_id = ${memberId}`,
        )
      )?.id,
    /** Whose a link for programs is; undefined where it ended. */
    findFeedMember: async (feedId: number) =>
      (
        await listMembers(sql`m.left_at is null and m.set_aside_at is null and m.id =
          (select f.member_id from public.circle_feed f where f.id = ${feedId})`)
      )[0],

    /** Gives the circles of owners who ended their subscription before a time to others. */
    async replaceOwners(before: Date) {
      const gone = await db.rows<{ circleId: number }>(sql`update public.circle_member m
        set is_owner = false where m.is_owner and not exists (
          select 1 from public.subscription s where s.subscriber_id = m.subscriber_id
            and (s.state <> 'ended' or s.ended_at > ${before}))
        returning m.circle_id as "circleId"`);
      await settleCircles(
        db,
        gone.map(({ circleId }) => circleId),
      );
    },
    /** Closes what nobody has read since a time; what nobody reads from now on waits. */
    async closeEmpty(at: Date, before: Date) {
      const isRead = sql`exists (select 1 from public.circle_member m where m.circle_id = c.id
        and m.left_at is null and ${isReading(sql`m`)})`;
      await db.rows(sql`update public.circle c set empty_since =
          case when ${isRead} then null else coalesce(c.empty_since, ${at}) end
        where c.closed_at is null`);
      await db.rows(sql`update public.circle set closed_at = ${at}, closed_because = 'empty'
        where closed_at is null and empty_since <= ${before}`);
    },
    /** Removes what was closed before a time, with all that was said there. */
    async removeClosed(before: Date) {
      const isOver = sql`(select id from public.circle where closed_at <= ${before})`;
      await forgetNotes(db, {
        notes: sql`n.member_id in (select m.id from public.circle_member m
          where m.circle_id in ${isOver})`,
      });
      await db.rows(sql`delete from public.circle where id in ${isOver}`);
    },
  };
}
