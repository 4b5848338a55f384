import { SECTION_NAME } from '../core/text/section-names.ts';

/** bioRxiv's own marks for lists, figures and small capitals, which stay in its plain text. */
const marks = /[OC]_(?:ST_ABS|FIG|TBL|LI|QD)/g;
const smallCapitals = /[OC]_SCP(?:LOW|CAP)/g;

/** A lost line break is written `nn` by the feeds, and is one or two of them in the API's answers. */
const lostBreak = new RegExp(String.raw`(?<=[.!?)\]])nn(?=(?:${SECTION_NAME})?\p{Lu})`, 'gu');
/** Tags may stand before the first word. */
const START = String.raw`^(?:\s{0,9}<[^<>]{0,200}>){0,5}\s{0,9}`;
/** The name of a part that touches its text, as at the start. */
const touching = new RegExp(
  String.raw`(?<=${START}|[.!?)\]]\s{0,9})(${SECTION_NAME})(?=\p{Lu}(?:\p{Ll}|\s))`,
  'gu',
);
/** Such a name that is no part of another word (`ContextNet`), alone at the start. */
const touchingStart = new RegExp(
  String.raw`(?<=${START})(Significance|Abstract|Background|Objectives?|Purpose|Introduction|Aims?|Methods?|Results)(?=\p{Lu}\p{Ll}+\s)`,
  'u',
);

/** The colon of a name that touches the text: `METHODS:We listened`. */
const COLON = new RegExp(
  String.raw`(?<=^\s{0,9}|[.!?)\]]\s{0,9})(${SECTION_NAME})[:：](?=\p{L})`,
  'gu',
);

/** Parts names from their text by a colon: where several touch it, or one at the start surely does. */
export function partNames(text: string): string {
  const spaced = text.replace(COLON, '$1: ');
  const names = new Set(Array.from(spaced.matchAll(touching), ([name]) => name));
  return nameParts(spaced, names.size > 1 ? touching : touchingStart);
}

/**
 * An abstract of bioRxiv or medRxiv without the marks that their feeds leave in it (seen in
 * recorded answers of connect.biorxiv.org and api.biorxiv.org); sections are told apart by a colon.
 */
export function cleanPreprint(text: string): string {
  const plain = text
    .replace(/^\s{0,9}WITHDRAWAL STATEMENT(?=\p{Lu}|\s)/u, 'Withdrawal statement: ')
    .replace(smallCapitals, '')
    .replace(marks, ' ')
    .replace(lostBreak, ' ');
  return nameParts(plain, touching);
}

function nameParts(text: string, pattern: RegExp): string {
  return text.replace(pattern, (_whole, name: string, at: number) =>
    at > 0 && /\S/.test(text.charAt(at - 1)) ? ` ${name}: ` : `${name}: `,
  );
}
