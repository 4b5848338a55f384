import type { DigestItem } from './digest-items.ts';
import type { ItemKind, SaidReason } from './item.ts';

// As packed digests are: without names. Nought stands for what is absent.
//
//   [kind, title, authors, more authors, venue, link, summary, paper, reasons]
//   a reason: ["a", from, about], ["c", title], ["n", note]; of a retraction ["c", title, by], which
//   a version that knows none takes for a paper that cites itself

type Absent = 0;
type PackedReason =
  | readonly ['a', string | Absent, string | Absent]
  | readonly ['c', string, string?]
  | readonly ['n', string];

/** An item as it stands in a packed digest. */
export type PackedItem = readonly [
  kind: string,
  title: string,
  authors: readonly string[],
  moreAuthors: number,
  venue: string | Absent,
  link: string | Absent,
  summary: string | Absent,
  paper: number,
  reasons: readonly PackedReason[],
];

const codes: Readonly<Record<ItemKind, string>> = { alert: 'a', citation: 'c', note: 'n' };

/** Packs an item for the database. */
export function packItem(item: DigestItem): PackedItem {
  const { kind, title, authors, moreAuthors = 0, venue, link, summary, paper, reasons } = item;
  return [
    codes[kind],
    title,
    authors,
    moreAuthors,
    venue ?? 0,
    link ?? 0,
    summary ?? 0,
    paper ?? 0,
    reasons.map(packReason),
  ];
}

/** The item that was packed. Throws where a newer version packed it. */
export function unpackItem(packed: PackedItem): DigestItem {
  const [code, title, authors, moreAuthors, venue, link, summary, paper, reasons] = packed;
  return {
    kind: kindOf(code),
    title,
    authors,
    ...(moreAuthors ? { moreAuthors } : {}),
    ...(venue ? { venue } : {}),
    ...(link ? { link } : {}),
    ...(summary ? { summary } : {}),
    ...(paper ? { paper } : {}),
    reasons: reasons.map(unpackReason),
  };
}

function kindOf(code: string): ItemKind {
  const kinds = Object.keys(codes) as ItemKind[];
  const kind = kinds.find((each) => codes[each] === code);
  if (!kind) throw new Error(`an item has the code "${code}", which this version does not know`);
  return kind;
}

function packReason(reason: SaidReason): PackedReason {
  if (reason.code === 'alert') return ['a', reason.from ?? 0, reason.about ?? 0];
  if (reason.code === 'retracted') return ['c', reason.title, reason.by];
  return reason.code === 'cites' ? ['c', reason.title] : ['n', reason.note];
}

function unpackReason(packed: PackedReason): SaidReason {
  if (packed[0] === 'c') {
    const [, title, by] = packed;
    return by ? { code: 'retracted', title, by } : { code: 'cites', title };
  }
  if (packed[0] === 'n') return { code: 'note', note: packed[1] };
  const [, from, about] = packed;
  return { code: 'alert', ...(from ? { from } : {}), ...(about ? { about } : {}) };
}
