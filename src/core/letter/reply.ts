/** Where in a transaction the server spoke. */
export type SmtpStage = 'connect' | 'mail' | 'rcpt' | 'data' | 'body';

/** A server's own words. */
export interface Reply {
  readonly code: number;
  /** RFC 3463 code such as `5.1.1`, where the server gave one. */
  readonly enhancedCode?: string;
  readonly text: string;
}

const LONGEST_TEXT = 1_000;
/** In bytes; RFC 5321, 4.5.3.1.5 allows a line 512, and nobody needs a hundred of them. */
const LONGEST_REPLY = 65_536;

/** What a server said: a reply with what came behind it, or something that is none. */
export type Heard =
  | { readonly reply: Reply; readonly rest: string }
  | { readonly nonsense: string };

/**
 * Reads the first reply of what a server wrote, in latin1 (RFC 5321, 4.2): three digits, the first
 * from 2 to 5, then a blank, a hyphen where more lines follow, or the line's end, and one code on
 * all lines. Undefined where its end has not come yet.
 */
export function readReply(written: string): Heard | undefined {
  let code: string | undefined;
  const said: string[] = [];
  for (let from = 0; ; ) {
    const end = written.indexOf('\n', from);
    const isTooLong = (end < 0 ? written.length : end) > LONGEST_REPLY;
    if (isTooLong) return { nonsense: tellText(written) };
    if (end < 0) return undefined;
    const line = written.slice(from, end).replace(/\r$/, '');
    const [, digits, mark, text = ''] = /^([2-5]\d\d)(?:([ -])(.*))?$/s.exec(line) ?? [];
    if (digits === undefined || (code !== undefined && digits !== code)) {
      return { nonsense: tellText(written.slice(0, end)) };
    }
    code = digits;
    said.push(tellText(text));
    from = end + 1;
    if (mark === '-') continue;
    const reply = buildReply(Number(code), said.filter(Boolean).join(' '));
    return { reply, rest: written.slice(from) };
  }
}

function buildReply(code: number, text: string): Reply {
  // qmail and what came of it write it behind their words.
  const enhanced =
    /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ??
    /\(#([245]\.\d{1,3}\.\d{1,3})[^()]{0,20}\)\W*$/.exec(text)?.[1];
  return {
    code,
    text: text.slice(0, LONGEST_TEXT),
    ...(enhanced ? { enhancedCode: enhanced } : {}),
  };
}

/** Decoded before it is trimmed: half of a letter may look like a blank. */

function tellText(written: string): string {
  return Buffer.from(written.slice(0, 4 * LONGEST_TEXT), 'latin1')
    .toString('utf8')
    .trim()
    .slice(0, LONGEST_TEXT);
}

interface Wrapping {
  /** Its only group is the answer that was wrapped. */
  readonly text: RegExp;
  readonly source: string;
}

/** How systems that pass an answer on put words of their own before it. */
const wrappings: readonly Wrapping[] = [
  {
    text: /^[245]\.(?:\d{1,3}|x)\.\d{1,3} - [^'"]{3,80}? \(?'?([245]\d\d'?[-,] ?[['" ].*)$/s,
    source: 'Cisco AsyncOS 7.3 to 15 (ESA, IronPort): a heading of its own before every refusal',
  },
  {
    text: /^(?:[245]\.\d{1,3}\.\d{1,3} )?Remote server returned .{1,200}? -> ([245]\d\d[ -].*)$/s,
    source: 'Exchange Online, 5.1.351 and its kin, 2024',
  },
];

/** The answer that a reply passes on from another server; the reply itself where it is its own. */
export function readThrough(reply: Reply): Reply {
  return findWrapped(reply.text) ?? reply;
}

/** The answer that a text passes on, with its code; undefined where it is its own. */
export function findWrapped(text: string): Reply | undefined {
  for (const { text: pattern } of wrappings) {
    const said = pattern.exec(text)?.[1];
    if (said === undefined) continue;
    const words = said.slice(3).replace(/^['"]?[-, ]*[[\s'"]*/, '');
    const inner = buildReply(Number(said.slice(0, 3)), words.replace(/['"\])\s]+$/, ''));
    // Who passes it on knows more than a bare code says where they speak of policy.
    const outer = /^5\.7\.\d{1,3}(?= )/.exec(text)?.[0];
    return outer === undefined || inner.enhancedCode ? inner : { ...inner, enhancedCode: outer };
  }
  return undefined;
}

/** Codes that answer something else: a greeting, QUIT, and two of AUTH (RFC 5321, 4.2.3; RFC 4954). */
const elsewhere: ReadonlySet<number> = new Set([220, 221, 235, 334]);

/** What is asked of a server in a transaction; its greeting answers nothing. */
type Asked = Exclude<SmtpStage, 'connect'>;

/** What goes before it: a body begins only behind 3yz, all else is done by 2yz. */
const digitOfYes: Readonly<Record<Asked, number>> = {
  mail: 2,
  rcpt: 2,
  data: 3,
  body: 2,
};

/**
 * What a reply says to what was asked. A code that no standard lists counts by its first digit;
 * one that belongs elsewhere means that the two sides are not in step.
 */
export function hearReply(stage: Asked, { code }: Reply): 'yes' | 'no' | 'astray' {
  if (code >= 400) return 'no';
  if (elsewhere.has(code)) return 'astray';
  return Math.floor(code / 100) === digitOfYes[stage] ? 'yes' : 'astray';
}
