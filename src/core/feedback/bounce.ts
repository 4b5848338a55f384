import { FULL, judgeReply } from '../letter/answers.ts';
import { type Reply, readThrough } from '../letter/reply.ts';

/**
 * What a report of a failed delivery says. `hard`: nobody is there. `disabled`: the mailbox is
 * shut, perhaps for a while. `soft`: full, or not now for days. `policy`: it is about us or
 * about what the letter holds, and counts against nobody.
 */
export type BounceKind = 'hard' | 'disabled' | 'soft' | 'policy';

interface Rule {
  readonly enhanced?: RegExp;
  readonly text?: RegExp;
  readonly kind: BounceKind;
  readonly source: string;
}

/** For codes that say what is meant. */
const rules: readonly Rule[] = [
  { text: FULL, kind: 'soft', source: 'qmail-toaster with (#5.1.1), Communigate with 5.7.1' },
  {
    text: /\breceiving (?:mail|e-?mail|messages) at a rate\b|\bReceivingRate/i,
    kind: 'soft',
    source: 'Gmail, 5.2.1 ReceivingRatePerm: this mailbox gets too much at the moment',
  },
  { enhanced: /^5\.2\.1$/, kind: 'disabled', source: 'RFC 3463, 3.3: mailbox disabled' },
  {
    enhanced: /^5\.2\.3$/,
    kind: 'policy',
    source: 'RFC 3463, 3.3: longer than this mailbox takes',
  },
];

function namesAlone(text: string, address: string): boolean {
  const [said, own] = [text.toLowerCase(), address.toLowerCase()];
  return said.includes(own) && !said.replaceAll(own, '').includes('@');
}

/** For codes that do not, by what servers are known to write. */
const wordings: readonly Rule[] = [
  {
    text: /\b(spam|unsolicited|reputation|dmarc|dkim|spf|virus|malware|content reject|policy)\b/i,
    kind: 'policy',
    source: 'filters that answer with a basic code alone',
  },
  {
    text: /\b(disabled|inactive|suspend(ed)?|deactivated|not active|discontinued|terminated|(account|mailbox|user) (is |has been |has )?(locked|blocked|closed|expired|frozen))\b/i,
    kind: 'disabled',
    source: 'Yahoo, Zimbra, 163.com, vdelivermail and others: the account is shut',
  },
  {
    text: /\b(full|quota|over ?limit|insufficient (disk|storage)|exceed\w* storage)\b/i,
    kind: 'soft',
    source: 'RFC 5321, 4.2.3: 552, storage exceeded',
  },
  {
    text: /#5\.1\.0 Address rejected|\bmailbox unavailable\b/i,
    kind: 'hard',
    source: 'Cisco AsyncOS; Outlook.com, 550 5.5.0: RFC 5321, 4.2.3, the words of 550 itself',
  },
  {
    text: /\b(unknown local[ -]part|unroutable address|addressee unknown|unknown e-?mail address)\b/i,
    kind: 'hard',
    source: 'Exim 4.9x, kundenserver, AOL',
  },
  {
    text: /\bno such (local|virtual) (user|address)|\bno (such )?(e-?mail )?account\b|\bno account by that name|\bno mail ?box (found|by that name|available for this user)/i,
    kind: 'hard',
    source: 'Communigate, MailEnable, qmail and vpopmail',
  },
  {
    text: /\bnot an? (valid|known|local|active) (user|recipient|mailbox|address)\b|\bnon-?existent (user|recipient|mailbox|address)\b|\bname is not recogni[sz]ed\b/i,
    kind: 'hard',
    source: 'Lotus Domino, GroupWise, IMail',
  },
  {
    text: /\bno one at this address\b|\btried to reach does not exist\b|\buser not local\b|\bno longer (accepts mail|valid|exists|in use|on server)\b|\bmissing home directory\b|\b(user|recipient|mailbox|address) was not found\b/i,
    kind: 'hard',
    source: 'BT, Gmail, Verizon, vdeliver, Rackspace; RFC 5321, 4.2.3: 551',
  },
  {
    text: /\b(rcpt|recipient|user|mailbox|address) <\S{1,320}> (not found|does not exist)|\bcould not be found\b|\bbad (recipient|destination mailbox)\b|\binvalid (e-?mail )?address\b/i,
    kind: 'hard',
    source: 'MessageLabs, Zimbra, Synacor, MDaemon',
  },
  {
    text: /\b(utilisateur|destinataire|adresse) (inconnue?|inexistante?)\b/i,
    kind: 'hard',
    source: 'Orange, SFR',
  },
  {
    text: /\b(empf\S{1,2}nger|benutzer|adresse|postfach) (ist )?(unbekannt|nicht (gefunden|vorhanden)|existiert nicht)|\bunbekannter? (empf\S{1,2}nger|benutzer|adresse)/i,
    kind: 'hard',
    source: 'hosts in Germany and Austria',
  },
  {
    text: /\b(usuario|destinatario|cuenta|buz[óo]n) (desconocid[oa]|inexistente|no existe|no encontrad[oa])|\bno existe (ese|dicha|el) |\b(usu[áa]rio|destinat[áa]rio) (desconhecido|inexistente|n[ãa]o existe)|\butente (sconosciuto|inesistente)/i,
    kind: 'hard',
    source: 'Telefónica, UOL, Libero',
  },
  {
    text: /\b(no such (user|recipient|mailbox|person|address)|(user|recipient|mailbox|address|account)( \S{1,80})? ?(is )?(unknown|not found|not exist|does ?n[o']t exist|not known)|unknown (user|recipient|mailbox|address|account)|no mailbox here|doesn'?t have an? \S+ account|invalid (recipient|mailbox)|unrouteable address|not a known user|not listed in)/i,
    kind: 'hard',
    source: 'RFC 5321, 4.2.3: 550 and 553, mailbox not found',
  },
];
/** Behind all that says more: who blocks without a word of whom blocks us. */
const BLOCKED = /\b(blocked|banned|complaints|too many connections)\b/i;
const SAYS_LITTLE = /^5\.(0\.0|1\.0|3\.0|5\.0|4\.[67])$/;

/**
 * Judges a failed delivery by its last answer, with the table that judges answers on the wire. What
 * names `from`, our own address, and nobody else's speaks of us.
 */
export function judgeBounce(given: Reply, from?: string): BounceKind {
  const reply = readThrough(given);
  if (from !== undefined && namesAlone(reply.text, from)) return 'policy';
  const isPassing = reply.enhancedCode?.startsWith('4') ?? reply.code < 500;
  const enhancedCode = reply.enhancedCode?.replace(/^[24]/, '5');
  const final = { code: 550, text: reply.text, ...(enhancedCode ? { enhancedCode } : {}) };
  const { verdict } = judgeReply('rcpt', final);
  if (verdict === 'policy') return 'policy';
  // A server that said "not now" for days has not said that nobody is there.
  if (isPassing) return 'soft';
  const rule = rules.find(
    ({ enhanced, text }) => enhanced?.test(enhancedCode ?? '') || text?.test(reply.text),
  );
  if (rule) return rule.kind;
  if (verdict === 'address') return 'hard';
  if (enhancedCode && !SAYS_LITTLE.test(enhancedCode)) return 'soft';
  const known = wordings.find(({ text }) => text?.test(reply.text))?.kind;
  return known ?? (BLOCKED.test(reply.text) ? 'policy' : 'soft');
}
