import ipaddr from 'ipaddr.js';
import type { Found } from './finding.ts';

/** A mechanism or modifier of an SPF record (RFC 7208, 4.6.1). */
export interface SpfTerm {
  readonly text: string;
  readonly name: string;
  readonly qualifier: '+' | '-' | '~' | '?';
  /** The domain or the address, without a prefix length. */
  readonly value: string | undefined;
  readonly isModifier: boolean;
}

/** A record in its terms, and those that are none. */
export interface SpfRecord {
  readonly terms: readonly SpfTerm[];
  readonly faults: readonly string[];
}

/** What DNS says of everything that a record names. */
export interface SpfFacts {
  /** The TXT records of a domain that is asked for its policy. */
  readonly records: ReadonlyMap<string, Found<string>>;
  /** Addresses by `a NAME` and `mx NAME`. */
  readonly addresses: ReadonlyMap<string, readonly string[]>;
}

/** Terms that cost a look at DNS; RFC 7208, 4.6.4 allows ten for each mail. */
const LOOKING = ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'];
export const MOST_LOOKUPS = 10;
const MACRO = /%[{%_-]/;
const DOMAIN = /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]*\.?$/i;

/** The SPF records among the TXT records of a name. */
export function findSpf(texts: readonly string[]): string[] {
  return texts.filter((text) => /^v=spf1( |$)/i.test(text));
}

/** Reads a record; a term that is wrong is a fault, and left out. */
export function parseSpf(record: string): SpfRecord {
  const words = record.trim().split(/ +/).slice(1);
  const terms: SpfTerm[] = [];
  const faults: string[] = [];
  for (const word of words) {
    const term = parseTerm(word);
    if (term) terms.push(term);
    else faults.push(word);
  }
  return { terms, faults };
}

function parseTerm(text: string): SpfTerm | undefined {
  const modifier = /^([a-z][a-z0-9._-]*)=(.*)$/i.exec(text);
  if (modifier) {
    const [, name = '', value = ''] = modifier;
    const isKnown = /^(redirect|exp)$/i.test(name);
    if (isKnown && !isDomain(value)) return undefined;
    // An unknown modifier is left alone (RFC 7208, 6), whatever its name looks like.
    const known = isKnown ? name.toLowerCase() : 'unknown';
    return { text, name: known, qualifier: '+', value, isModifier: true };
  }
  const [, sign = '+', name = '', given] =
    /^([-+~?]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?:([:/].*))?$/i.exec(text) ?? [];
  const known = name.toLowerCase();
  const value = given?.startsWith(':') ? given.slice(1) : undefined;
  if (known === '' || !isFine(known, given, value)) return undefined;
  const qualifier = (sign || '+') as SpfTerm['qualifier'];
  const host = known.startsWith('ip') ? value : value?.replace(/\/.*$/, '');
  return { text, name: known, qualifier, value: host, isModifier: false };
}

function isFine(name: string, given: string | undefined, value: string | undefined): boolean {
  if (name === 'all') return given === undefined;
  if (name === 'ip4' || name === 'ip6') return value !== undefined && isNetwork(name, value);
  if (name === 'include' || name === 'exists') return value !== undefined && isDomain(value);
  if (given === undefined) return true;
  const [, host, lengths = ''] = /^(?::([^/]+))?(\/.*)?$/.exec(given) ?? [];
  const isLength = /^(\/\d{1,2})?(\/\/\d{1,3})?$/.test(lengths);
  return (host === undefined ? lengths !== '' : isDomain(host)) && isLength;
}

function isDomain(text: string): boolean {
  return MACRO.test(text) || DOMAIN.test(text);
}

function isNetwork(name: string, text: string): boolean {
  const [address = '', length] = text.split('/');
  const isRight =
    name === 'ip4' ? ipaddr.IPv4.isValidFourPartDecimal(address) : ipaddr.IPv6.isValid(address);
  const most = name === 'ip4' ? 32 : 128;
  return isRight && (length === undefined || (/^\d+$/.test(length) && +length <= most));
}

/** What DNS must be asked to understand the record of a domain. Names made of macros are left out. */
export function listSpfQuestions(domain: string, { terms }: SpfRecord) {
  const named = terms.filter(({ value }) => value === undefined || !MACRO.test(value));
  const of = (...names: string[]) =>
    named
      .filter(({ name }) => names.includes(name))
      .map(({ value }) => (value ?? domain).toLowerCase().replace(/\.$/, ''));
  return { records: of('include', 'redirect'), a: of('a'), mx: of('mx') };
}

/** The one record of a domain, or undefined where it has none or several. */
export function recordOf(facts: SpfFacts, domain: string): SpfRecord | undefined {
  const found = facts.records.get(domain);
  const [record, ...more] = found?.kind === 'found' ? findSpf(found.values) : [];
  return record !== undefined && more.length === 0 ? parseSpf(record) : undefined;
}

/** How many looks at DNS the policy of a domain costs a receiver, those of its includes counted; infinitely many where it leads back to itself. */
export function countLookups(
  facts: SpfFacts,
  domain: string,
  above: readonly string[] = [],
): number {
  const record = recordOf(facts, domain);
  if (above.includes(domain)) return Number.POSITIVE_INFINITY;
  if (!record) return 0;
  return record.terms
    .filter(({ name }) => LOOKING.includes(name))
    .map(({ name, value }) => {
      const isOther = name === 'include' || name === 'redirect';
      return isOther ? 1 + countLookups(facts, nameOf(value), [...above, domain]) : 1;
    })
    .reduce((sum, each) => sum + each, 0);
}

const nameOf = (value: string | undefined) => (value ?? '').toLowerCase().replace(/\.$/, '');

/** What a receiver makes of an address: `unknown` where a macro or DNS hides it. */
export type SpfVerdict = 'pass' | 'fail' | 'softfail' | 'neutral' | 'unknown';

const verdicts = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' } as const;

/** Judges an address by the policy of a domain, from left to right (RFC 7208, 4.6.2). */
export function judgeAddress(facts: SpfFacts, domain: string, ip: string, depth = 0): SpfVerdict {
  const record = recordOf(facts, domain);
  if (!record || depth > MOST_LOOKUPS) return 'unknown';
  let isSure = true;
  for (const term of record.terms.filter(({ isModifier }) => !isModifier)) {
    const matches = isMatch({ facts, domain, ip, depth }, term);
    if (matches === true && isSure) return verdicts[term.qualifier];
    if (matches === undefined) isSure = false;
  }
  if (!isSure) return 'unknown';
  const redirect = record.terms.find(({ name }) => name === 'redirect');
  return redirect ? judgeAddress(facts, nameOf(redirect.value), ip, depth + 1) : 'neutral';
}

interface Question {
  readonly facts: SpfFacts;
  readonly domain: string;
  readonly ip: string;
  readonly depth: number;
}

/** Undefined where it cannot be told. */
function isMatch({ facts, domain, ip, depth }: Question, term: SpfTerm): boolean | undefined {
  const { name, value, text } = term;
  if (name === 'all') return true;
  if (name === 'ip4' || name === 'ip6') return isInside(ip, value ?? '');
  if (name === 'ptr' || name === 'exists' || (value && MACRO.test(value))) return undefined;
  if (name === 'include') {
    const inner = judgeAddress(facts, nameOf(value), ip, depth + 1);
    return inner === 'unknown' ? undefined : inner === 'pass';
  }
  const [, four = '', six = ''] = /(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(text) ?? [];
  const length = ip.includes(':') ? six : four;
  const hosts = facts.addresses.get(`${name} ${nameOf(value ?? domain)}`) ?? [];
  return hosts.some((host) => isInside(ip, length ? `${host}/${length}` : host));
}

/** Whether an address lies in a network such as `192.0.2.0/24`, or is the one that is named. */
function isInside(ip: string, network: string): boolean {
  const [host = '', bits] = network.split('/');
  const base = ipaddr.parse(host);
  const most = base.kind() === 'ipv4' ? 32 : 128;
  const ranges = { inside: [[base, Number(bits ?? most)]] as [typeof base, number][] };
  return ipaddr.subnetMatch(ipaddr.process(ip), ranges, 'outside') === 'inside';
}
