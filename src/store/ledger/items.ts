import { LOOKED_UP } from '../../core/feed/look-ups.ts';
import type { WaitingItem } from '../../core/letter/digest-items.ts';
import {
  addReason,
  type ItemKind,
  type ItemReason,
  type NewItem,
  nameItemWork,
  type ToldPaper,
} from '../../core/letter/item.ts';
import { isSameWork } from '../../core/paper/identity.ts';
import { isNamedByTitle } from '../../core/paper/named.ts';
import { type Paper, paperKeys } from '../../core/paper/paper.ts';
import { type JoinedWork, joinPapers, type Work } from '../../core/paper/paper-join.ts';
import { type Database, findRow, json, listOf, sql } from '../database.ts';
import { listSame } from '../papers/known-works.ts';
import { isCovering } from './histories.ts';

/** An item as it is joined with others. */
interface ItemRow {
  readonly id: number;
  readonly keys: string[];
  readonly paper: ToldPaper;
  readonly reasons: readonly ItemReason[];
}

/** A paper that something of a reader's named, and who else tells of it. */
export interface StoredItem {
  readonly id: number;
  readonly kind: ItemKind;
  readonly reasons: readonly ItemReason[];
  readonly cameAt: Date;
  /** As whatever named it says. */
  readonly told: ToldPaper;
  /** As a feed or a source says, which is believed first; null where none does. */
  readonly known: Pick<Paper, 'title' | 'abstract' | 'authors' | 'link'> | null;
  /** The paper that a feed brought. */
  readonly paperId: number | null;
}

type WaitingRow = Omit<WaitingItem, 'known' | 'isPublic'> & {
  readonly subscriberId: number;
  readonly work: string | null;
};

/** An item `i` with its paper `p` and its work `w`. */
const columns = sql`i.id, i.kind, i.reasons, i.came_at as "cameAt", i.paper as told,
  i.paper_id as "paperId", case
    when p.id is not null then jsonb_build_object('title', p.title, 'abstract', p.abstract,
      'authors', p.authors, 'link', p.link)
    when w.title is not null then jsonb_build_object('title', w.title,
      'abstract', coalesce(w.abstract, ''), 'authors', coalesce(w.authors, '[]')) end as known`;
const joined = sql`public.item i left join public.paper p on p.id = i.paper_id
  left join public.work w on w.key = i.work`;

/** Papers that alerts, citations and groups name to single readers, and what of them was told. */
export function createItemStore(db: Database) {
  return {
    /** What a reader was named, the newest first. */
    list: (subscriberId: number, most: number) =>
      db.rows<StoredItem>(sql`select ${columns} from ${joined}
        where i.subscriber_id = ${subscriberId} order by i.came_at desc, i.id desc limit ${most}`),

    /** Whether any reader was named anything since a time. */
    hasSince: async (since: Date) =>
      (await findRow(db, sql`select 1 from public.item where came_at >= ${since} limit 1`)) !==
      undefined,

    /** What was named to these readers since a time and no message told of that may have arrived. */
    listWaiting: async (subscriberIds: readonly number[], since: Date) => {
      const rows = await db.rows<WaitingRow>(sql`
        select i.id, i.kind, i.reasons, i.came_at as "cameAt", i.paper as told, i.work,
          i.paper_id as "paperId", i.key, i.subscriber_id as "subscriberId"
        from public.item i
        where i.subscriber_id = any(${listOf(subscriberIds)}::bigint[]) and i.came_at >= ${since}
          and i.set_aside_at is null and not ${isTold}`);
      const known = await listKnown(db, rows);
      return rows.map(({ work, ...item }) => ({
        ...item,
        key: work ?? item.key,
        ...known(item, work),
      }));
    },

    /** Of some papers those of which a message that may have arrived told these readers so. */
    listToldPapers: (subscriberIds: readonly number[], paperIds: readonly number[]) =>
      db.rows<{ readonly subscriberId: number; readonly paper: number }>(sql`
        select i.subscriber_id as "subscriberId", i.paper_id as paper from public.item i
        where i.subscriber_id = any(${listOf(subscriberIds)}::bigint[])
          and i.paper_id = any(${listOf(paperIds)}::bigint[]) and ${isTold}`),

    /** Lets digests tell of what a restore set aside. */
    bringBack: (restoredAt: Date) =>
      db.rows(sql`update public.item set set_aside_at = null where set_aside_at = ${restoredAt}`),
    /** Notes which digests tell of which items. Needs the transaction that writes the digests. */
    async recordTold(told: readonly { itemId: number; deliveryId: number }[]): Promise<void> {
      if (told.length === 0) return;
      await db.rows(sql`insert into public.item_delivery (item_id, delivery_id)
        select * from unnest(${listOf(told.map(({ itemId }) => itemId))}::bigint[],
          ${listOf(told.map(({ deliveryId }) => deliveryId))}::bigint[])`);
    },
    /** Notes that copies tell of the same items. */
    async recordCopied(copies: readonly { of: number; id: number }[]): Promise<void> {
      if (copies.length === 0) return;
      await db.rows(sql`insert into public.item_delivery (item_id, delivery_id)
        select h.item_id, c.id from public.item_delivery h
        join unnest(${listOf(copies.map(({ of }) => of))}::bigint[],
          ${listOf(copies.map(({ id }) => id))}::bigint[]) as c(of, id) on c.of = h.delivery_id
        on conflict do nothing`);
    },

    /**
     * Gives a reader papers that something of theirs named, to stand in their next digest; how many
     * of them they were not given before. A paper that several name, or that was named before, is
     * one item with all its reasons: once it was told, it is not told again for another reason.
     * Nothing of it is seen by anybody else, and a reader who is gone is given nothing. May be
     * called again with the same. Within a transaction, it is part of it.
     */
    add: (subscriberId: number, items: readonly NewItem[], at: Date): Promise<number> =>
      db.transaction(async (tx) => {
        // Two mails of one reader wait for each other.
        const reader = await findRow(
          tx,
          sql`select 1 from public.subscriber where id = ${subscriberId} for no key update`,
        );
        if (!reader) return 0;
        let added = 0;
        for (const kind of new Set(items.map((item) => item.kind))) {
          const given = items.filter((item) => item.kind === kind);
          added += await addKind(tx, given, { subscriberId, kind, at });
        }
        return added;
      }),
  };
}

/** What feeds and sources say of the papers of some items: one paper may have been named to many readers. */
async function listKnown(db: Database, rows: readonly WaitingRow[]) {
  const ids = [...new Set(rows.flatMap(({ paperId }) => paperId ?? []))];
  const works = [...new Set(rows.flatMap(({ paperId, work }) => (paperId ? [] : (work ?? []))))];
  const papers = await db.rows<Said & { id: number; isPublic: boolean }>(sql`
    select p.id, p.title, p.abstract, p.authors, p.link,
      exists (select 1 from public.public_paper s where s.paper_id = p.id) as "isPublic"
    from public.paper p where p.id = any(${listOf(ids)}::bigint[])`);
  const told = await db.rows<Said & { key: string }>(sql`
    select w.key, w.title, coalesce(w.abstract, '') as abstract, coalesce(w.authors, '[]') as authors
    from public.work w where w.title is not null
      and w.key in (select jsonb_array_elements_text(${json(works)}::jsonb))`);
  const byId = new Map(papers.map(({ id, isPublic, ...known }) => [id, { known, isPublic }]));
  const byWork = new Map(told.map(({ key, ...known }) => [key, { known, isPublic: false }]));
  const nothing = { known: null, isPublic: false };
  return ({ paperId }: Pick<WaitingRow, 'paperId'>, work: string | null) =>
    (paperId === null ? byWork.get(work ?? '') : byId.get(paperId)) ?? nothing;
}

type Said = NonNullable<WaitingItem['known']>;

interface Place {
  readonly subscriberId: number;
  readonly kind: ItemKind;
  readonly at: Date;
}

async function addKind(tx: Database, items: readonly NewItem[], place: Place): Promise<number> {
  const papers = items.map(({ paper }) => paper);
  const known = await listAlike(tx, papers.flatMap(paperKeys), place);
  const { works, workOf } = joinPapers(known, papers);
  const reasons = works.map(({ before, absorbed }) =>
    [before, ...absorbed].flatMap((work) => known.find(({ id }) => id === work?.id)?.reasons ?? []),
  );
  for (const [number, work] of workOf.entries()) {
    const item = items[number];
    if (work === undefined || !item) continue;
    reasons[work] = [...addReason(reasons[work] ?? [], item.reason)];
  }
  const stored = await listSame(tx, [...new Set(works.flatMap(({ keys }) => [...keys]))]);
  const rows = works.map((work, number) => ({
    ...rowOf(work),
    paperId: stored.find((paper) => isSameWork(work, paper))?.id ?? null,
    reasons: reasons[number] ?? [],
  }));
  await updateKnown(
    tx,
    rows.filter(({ id }) => id !== undefined),
    place,
  );
  await unite(tx, works);
  return insertNew(
    tx,
    rows.filter(({ id }) => id === undefined),
    place,
  );
}

/** This reader's items of a kind that share a key with some papers. */
async function listAlike(
  tx: Database,
  keys: readonly string[],
  { subscriberId, kind }: Place,
): Promise<(Work & Pick<ItemRow, 'reasons'>)[]> {
  const rows = await tx.rows<ItemRow>(sql`select id, to_jsonb(keys) as keys, paper, reasons
    from public.item where subscriber_id = ${subscriberId} and kind = ${kind}
      and keys && array(select jsonb_array_elements_text(${json(keys)}::jsonb))`);
  return rows.map(({ id, keys, paper, reasons }) => ({
    id,
    keys: new Set(keys),
    paper: readTold(paper),
    reasons,
  }));
}

/** Our JSON holds a date as its text. */
export function readTold({ publishedAt, ...paper }: ToldPaper): NewItem['paper'] {
  return { ...paper, ...(publishedAt && { publishedAt: new Date(publishedAt) }) };
}

function rowOf({ id, keys, paper }: JoinedWork) {
  const all = [...keys];
  const work = all.find((key) => LOOKED_UP.some((scheme) => key.startsWith(`${scheme}:`)));
  const isSought = work === undefined && isNamedByTitle(paper);
  return {
    id,
    key: nameItemWork(all, paper.authors),
    keys: all,
    work: work ?? null,
    paper,
    isSought,
  };
}

type Row = ReturnType<typeof rowOf> &
  Pick<ItemRow, 'reasons'> & { readonly paperId: number | null };

/** What was told stays told; what waits, or was never told, waits from now on. */
async function updateKnown(tx: Database, rows: readonly Row[], { at }: Place): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(sql`update public.item i set work = r.work, paper = r.paper, reasons = r.reasons,
      keys = array(select jsonb_array_elements_text(r.keys)),
      paper_id = coalesce(r."paperId", i.paper_id), came_at = case when ${isTold} then i.came_at else ${at} end
    from jsonb_to_recordset(${json(rows)}::jsonb)
      as r(id bigint, keys jsonb, work text, paper jsonb, reasons jsonb, "paperId" bigint)
    where i.id = r.id`);
  await want(tx, rows, at);
}

/** Holds for an item `i` that a delivery which may have arrived holds. */
const isTold = sql`exists (select 1 from public.item_delivery h
  join public.delivery v on v.id = h.delivery_id where h.item_id = i.id and ${isCovering})`;

/** Items that turned out to be one: what of the younger was told, was told of the older. */
async function unite(tx: Database, works: readonly JoinedWork[]): Promise<void> {
  const pairs = works.flatMap(({ id, absorbed }) =>
    absorbed.map((other) => ({ older: id, younger: other.id })),
  );
  if (pairs.length === 0) return;
  await tx.rows(sql`insert into public.item_delivery (item_id, delivery_id)
    select r.older, h.delivery_id from jsonb_to_recordset(${json(pairs)}::jsonb)
        as r(older bigint, younger bigint)
      join public.item_delivery h on h.item_id = r.younger
    on conflict do nothing`);
  const gone = pairs.flatMap(({ younger }) => younger ?? []);
  await tx.rows(sql`delete from public.item where id = any(${listOf(gone)}::bigint[])`);
}

async function insertNew(
  tx: Database,
  rows: readonly Row[],
  { subscriberId, kind, at }: Place,
): Promise<number> {
  if (rows.length === 0) return 0;
  const made = await tx.rows<{ id: number }>(sql`insert into public.item
      (subscriber_id, kind, key, keys, work, paper_id, paper, reasons, came_at, seek_at)
    select ${subscriberId}, ${kind}, r.key, array(select jsonb_array_elements_text(r.keys)),
      r.work, r."paperId", r.paper, r.reasons, ${at}, case when r."isSought" then ${at}::timestamptz end
    from jsonb_to_recordset(${json(rows)}::jsonb)
      as r(key text, keys jsonb, work text, "paperId" bigint, paper jsonb, reasons jsonb,
        "isSought" boolean)
    on conflict do nothing returning id`);
  await want(tx, rows, at);
  return made.length;
}

/** Has sources asked for what no feed brought. */
async function want(tx: Database, rows: readonly Row[], at: Date): Promise<void> {
  const keys = rows.flatMap(({ work, paperId }) => (work && paperId === null ? work : []));
  if (keys.length === 0) return;
  await tx.rows(sql`insert into public.work (key, next_at)
    select distinct w.key, ${at}::timestamptz
    from jsonb_array_elements_text(${json(keys)}::jsonb) as w(key)
    order by 1 on conflict do nothing`);
}

/** Ties papers that feeds brought, or of which more is known, to items that only named them. */
export async function meetItems(db: Database, papers: readonly Work[]): Promise<void> {
  const keys = papers.flatMap((paper) => [...paper.keys]);
  if (keys.length === 0) return;
  const rows = await db.rows<Pick<ItemRow, 'id' | 'keys' | 'paper'>>(sql`
    select id, to_jsonb(keys) as keys, paper from public.item where paper_id is null
      and keys && array(select jsonb_array_elements_text(${json(keys)}::jsonb))`);
  const met = rows.flatMap(({ id, keys: own, paper }) => {
    const item = { keys: new Set(own), paper: readTold(paper) };
    const same = papers.find((each) => isSameWork(item, each));
    return same ? [{ id, paperId: same.id }] : [];
  });
  if (met.length === 0) return;
  await db.rows(sql`update public.item i set paper_id = r."paperId"
    from jsonb_to_recordset(${json(met)}::jsonb) as r(id bigint, "paperId" bigint)
    where i.id = r.id`);
}
