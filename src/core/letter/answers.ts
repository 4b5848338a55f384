import { type Reply, readThrough, type SmtpStage } from './reply.ts';

/**
 * What a server's no is about. `address`: nobody is there, ever. `message`: this mailbox or
 * this message, for good. `policy`: us, our sign-in, our name or what the letter holds.
 * `busy`: the server wants fewer of us. `later`: this one, not now.
 */
export type Verdict = 'address' | 'message' | 'policy' | 'busy' | 'later';

interface Rule {
  /** The first and the last basic code; any no where it is left out. */
  readonly codes?: readonly [number, number];
  readonly stages?: readonly SmtpStage[];
  readonly enhanced?: RegExp;
  readonly text?: RegExp;
  readonly verdict: Verdict;
  /** One of these is enough to stop an edition: no message of it can do better. */
  readonly stopsAtOnce?: true;
  readonly source: string;
}

/** Words of a mailbox that has no room, which no server writes of one that is not there. */
export const FULL =
  /\b(?:over|exceed\w*)[ -](?:(?:the|its|their|his|her|allowed|disk|mailbox|storage|mail)[ -])*quota\b|\bquota (?:is |has been |usage )?(?:exceeded|full)\b|\b(?:mail ?box|inbox|mailfolder)(?: is|'s)? full\b|\bfull (?:mail ?box|inbox)\b|\b(?:not|does not have) enough (?:storage )?space\b/i;

/** The rules in order: the first that fits decides. */
const rules: readonly Rule[] = [
  { codes: [421, 421], verdict: 'busy', source: 'RFC 5321, 3.8 and 4.2.2: the service ends' },
  {
    codes: [400, 499],
    text: /gr[ae]y-?list/i,
    verdict: 'later',
    source: 'RFC 6647: greylisting asks this one pair to come back, not the relay to slow down',
  },
  { codes: [454, 454], verdict: 'busy', source: 'RFC 4954, 6: temporary sign-in failure' },
  {
    codes: [400, 499],
    enhanced: /^4\.7\./,
    verdict: 'busy',
    source: 'Google: 4.7.28 unusual rate, 4.7.32 no alignment (rate-limited)',
  },
  { codes: [400, 499], verdict: 'later', source: 'RFC 5321, 4.2.1: 4yz' },
  {
    enhanced: /^5\.7\.(26|515)$/,
    verdict: 'policy',
    stopsAtOnce: true,
    source: 'Google 5.7.26, Microsoft 5.7.515: the sending domain is not authenticated',
  },
  {
    stages: ['connect', 'mail'],
    verdict: 'policy',
    source: 'RFC 5321, 3.1 and 3.3: nothing was said yet of whom it is for',
  },
  {
    text: /\b(?<!not )listed (?:at|by|in|on|as abusive)\b|\b(?:black|block|deny)[ -]?list|\bblocked using\b|\b(?:dnsbl|rbl|spamhaus|spamcop|barracudacentral)\b|\btoo many spams? from\b|\bbad sender ip\b/i,
    verdict: 'policy',
    source: 'what servers say that look senders up in a blocklist (RFC 5782); free.fr',
  },
  {
    text: /\breverse (?:dns|lookup|mapping)\b|\brdns\b|\bptr[ -](?:resource )?records?\b|\bcannot find your (?:reverse )?host ?name\b|\bip name lookup failed\b|\bunresolvable relay host\b|\bdynamic ips?\b/i,
    verdict: 'policy',
    source: 'GMX, mail.ru, Postfix reject_unknown_client: no name in DNS leads to us',
  },
  {
    text: /\b(?:invalid|bad|forged|syntactically invalid|mismatched) (?:helo|ehlo)\b|\b(?:helo|ehlo)\b.{0,40}\b(?:rejected|refused|invalid|denied|forged)\b/i,
    verdict: 'policy',
    source: 'cPanel, Exim, Postfix reject_invalid_helo_hostname: how we call ourselves',
  },
  {
    text: /\badministrative prohibition\b|\b(?:ip|domain|connection) frequency limited\b|\b(?:mail|message|sending) rate limit\b|\bmail content denied\b/i,
    verdict: 'policy',
    source: 'Exim and Mimecast, before what was configured; QQ, by its codes for bulk',
  },
  {
    text: /\bsender(?:'s)? (?:address |e-?mail |domain )?(?:verif\w+|verify|call-?out|rejected|refused|denied|blocked|invalid|unknown|is (?:a )?spammer|has no\b|without\b|not (?:accepted|allowed|verified|authori[sz]ed)|does(?: not|n't) exist|must exist)|\b(?:mail ?from|from|envelope|reverse[- ]path) (?:address |domain )?(?:is |was )?(?:rejected|refused|invalid|unresolvable|not (?:allowed|accepted|valid)|does(?: not|n't) (?:exist|resolve|accept))|\b(?:invalid|unknown|bad|unroutable|unauthori[sz]ed) sender\b|\b(?:in|to) sender <|\bdomain of sender\b|\bmail from [^ ]+ (?:not owned|rejected|refused)|(?<!\b(?:recipient|rcpt|call-?out)(?: address)? )\b(?:verification|verify|callback) (?:check |setup )?(?:failed|failure|error)|\bcould not verify (?:the )?sender|\breturn[- ]path (?:address )?(?:does not|doesn't|is not|rejects|invalid)/i,
    verdict: 'policy',
    source:
      'Exim with callouts (cPanel), Postfix reject_unverified_sender: our own address is in doubt',
  },
  {
    // Only our address stands there: then it is what the server speaks of.
    text: /^[^@]*<?\bb\+[0-9a-z]{17,29}@[^@]*$/i,
    verdict: 'policy',
    source: 'servers that check the return path and name it alone, 2025',
  },
  {
    text: /\btoo many (?:recipients|messages|mails|e-?mails) (?:this|per|in an?|within an?|for this) (?:hour|day|minute)|\b(?:hourly|daily) (?:sending )?(?:limit|quota)\b|\bIB60\d\b/i,
    verdict: 'policy',
    source: 'GoDaddy, IB607, with 5.1.1 before it: how much we send',
  },
  {
    text: /\brelay(?:ing)? (?:access )?(?:denied|not permitted)|\bclient host .{0,80}?\b(?:refused|rejected|blocked)|\byour (?:ip|host|server|ip address)\b.{0,60}?\b(?:blocked|rejected|refused|banned)/i,
    verdict: 'policy',
    source: 'Postfix, Sendmail and gateways with 550 alone: who connects is refused',
  },
  {
    codes: [500, 599],
    text: /\bno such user!|\bnot in my validrcptto list\b/i,
    verdict: 'address',
    source: 'Yandex, 550 5.7.1 No such user!; qmail with validrcptto, 553 ... (#5.7.1)',
  },
  {
    codes: [500, 599],
    text: FULL,
    verdict: 'message',
    source: 'qmail-toaster, user over quota. (#5.1.1): whatever the code, the mailbox is there',
  },
  {
    codes: [500, 599],
    enhanced: /^5\.7\./,
    verdict: 'policy',
    source: 'RFC 3463, 3.8: security or policy',
  },
  { enhanced: /^5\.1\.[78]$/, verdict: 'policy', source: "RFC 3463, 3.2: the sender's address" },
  { enhanced: /^5\.6\./, verdict: 'policy', source: 'RFC 3463, 3.7: what the message holds' },
  { enhanced: /^5\.3\.4$/, verdict: 'policy', source: 'RFC 3463, 3.4: too big for the system' },
  {
    enhanced: /^5\.1\.(1|2|3|6|10|351)$/,
    verdict: 'address',
    source:
      'RFC 3463, 3.2: no such mailbox, domain or address, or moved; RFC 7505: null MX; 351: Exchange Online',
  },
  {
    codes: [500, 599],
    verdict: 'message',
    source: 'RFC 5321, 4.2.1: 5yz, of this mailbox or this message',
  },
];

/** Reads a no by the rules, that of the server which spoke first; whether one like it is enough to stop the edition. */
export function judgeReply(stage: SmtpStage, said: Reply): Pick<Rule, 'verdict' | 'stopsAtOnce'> {
  const reply = readThrough(said);
  const rule = rules.find(
    ({ codes, stages, enhanced, text }) =>
      (!codes || (reply.code >= codes[0] && reply.code <= codes[1])) &&
      (!stages || stages.includes(stage)) &&
      (!enhanced || enhanced.test(reply.enhancedCode ?? '')) &&
      (!text || text.test(reply.text)),
  );
  return rule ?? { verdict: 'later' };
}
