import { countOf } from '../text/words.ts';
import { type Finding, fail, ok, type SendingAddress, silentDns, warn } from './finding.ts';
import {
  countLookups,
  findSpf,
  judgeAddress,
  MOST_LOOKUPS,
  parseSpf,
  type SpfFacts,
  type SpfRecord,
} from './spf.ts';

/** Whose SPF is judged: the domain of the return path, and whence mail comes. */
export interface SpfCase {
  readonly domain: string;
  readonly facts: SpfFacts;
  readonly senders: readonly SendingAddress[];
}

/** Judges the SPF of one domain (RFC 7208): its record, what it costs, and whether it names our relays. */
export function judgeSpf(spf: SpfCase): Finding[] {
  const { domain, facts } = spf;
  const found = facts.records.get(domain);
  if (found?.kind === 'failed') return [silentDns(`the TXT records of ${domain}`, found.reason)];
  const records = found?.kind === 'found' ? findSpf(found.values) : [];
  const [only] = records;
  if (only === undefined) return [tellMissing(spf)];
  if (records.length > 1) {
    return [
      fail(
        `${domain} has ${records.length} SPF records, and receivers take that for none (RFC 7208, 4.5).`,
        `Join them in one TXT record that begins with v=spf1: ${records.join('  and  ')}`,
      ),
    ];
  }
  const record = parseSpf(only);
  const faults = [
    ...judgeSyntax(domain, record.faults),
    ...judgeSlow(domain, record),
    ...judgeCost(spf),
    ...judgeAll(spf, record),
    ...judgeSenders(spf),
  ];
  if (faults.length > 0) return faults;
  const covered = spf.senders
    .map(({ ip }) => ip)
    .filter((ip) => judgeAddress(facts, domain, ip) === 'pass')
    .join(', ');
  const lookups = countLookups(facts, domain);
  return [
    ok(
      `${domain} has one SPF record, ${countOf(lookups, 'lookup')} of ${MOST_LOOKUPS}${covered ? `, and it names ${covered}` : ''}.`,
    ),
  ];
}

function tellMissing({ domain, senders }: SpfCase): Finding {
  const ours = senders
    .filter(({ isCertain }) => isCertain)
    .map(({ ip }) => ` ${ip.includes(':') ? 'ip6' : 'ip4'}:${ip}`)
    .join('');
  const terms = ours || ' include:WHAT-YOUR-RELAY-NAMES';
  return fail(
    `${domain} has no SPF record; Gmail, Yahoo and Microsoft refuse bulk mail without one.`,
    `Put a TXT record at ${domain}: "v=spf1${terms} -all"`,
  );
}

function judgeSyntax(domain: string, faults: readonly string[]): Finding[] {
  return faults.map((term) =>
    fail(
      `In the SPF record of ${domain} "${term}" is no term, and so the whole record does not count.`,
      'Mend or remove it; RFC 7208, 5 lists what may stand there.',
    ),
  );
}

function judgeSlow(domain: string, { terms }: SpfRecord): Finding[] {
  if (!terms.some(({ name }) => name === 'ptr')) return [];
  return [
    warn(
      `The SPF record of ${domain} uses ptr, which is slow and which RFC 7208, 5.5 asks not to use.`,
      'Name the addresses instead, by ip4, ip6, a or mx.',
    ),
  ];
}

function judgeCost({ domain, facts }: SpfCase): Finding[] {
  const lookups = countLookups(facts, domain);
  const costly = lookups > MOST_LOOKUPS ? [tellCostly(domain, lookups)] : [];
  const broken = [...facts.records].flatMap(([name, found]) => {
    if (name === domain) return [];
    if (found.kind === 'failed') return [silentDns(`the SPF of ${name}`, found.reason)];
    const [record = '', ...more] = found.kind === 'found' ? findSpf(found.values) : [];
    if (record !== '' && more.length === 0) return judgeSyntax(name, parseSpf(record).faults);
    return [
      fail(
        `The SPF record of ${domain} leads to ${name}, which has not exactly one SPF record, and so the whole does not count.`,
        `Remove or mend what names ${name}.`,
      ),
    ];
  });
  return [...costly, ...broken];
}

function tellCostly(domain: string, lookups: number): Finding {
  if (lookups === Number.POSITIVE_INFINITY) {
    return fail(
      `The SPF record of ${domain} leads back to itself by its includes, and so it does not count (RFC 7208, 4.6.4).`,
      'Remove the include (or redirect) that closes the circle.',
    );
  }
  return fail(
    `The SPF record of ${domain} costs ${lookups} DNS lookups with its includes; beyond ${MOST_LOOKUPS} it does not count (RFC 7208, 4.6.4).`,
    'Remove includes that you no longer send by, or replace some by their ip4 and ip6 networks.',
  );
}

function judgeAll({ domain }: SpfCase, { terms, faults }: SpfRecord): Finding[] {
  const all = terms.find(({ name }) => name === 'all');
  if (all?.qualifier === '+') {
    return [
      fail(
        `The SPF record of ${domain} ends in +all: it lets everybody send in your name.`,
        'Write -all (or ~all) instead.',
      ),
    ];
  }
  if (all?.qualifier === '?') {
    return [
      warn(
        `The SPF record of ${domain} ends in ?all, which says nothing about who else sends.`,
        'Write -all or ~all.',
      ),
    ];
  }
  const isLast = all && terms.filter(({ isModifier }) => !isModifier).at(-1) === all;
  if (all && !isLast) {
    return [
      warn(
        `In the SPF record of ${domain} what stands behind ${all.text} is never read.`,
        `Move ${all.text} to the end.`,
      ),
    ];
  }
  if (all || faults.length > 0 || terms.some(({ name }) => name === 'redirect')) return [];
  return [
    warn(
      `The SPF record of ${domain} has no "all" at its end, so whoever is not named is neither allowed nor refused.`,
      'Add -all or ~all at its end.',
    ),
  ];
}

function judgeSenders({ domain, facts, senders }: SpfCase): Finding[] {
  return senders.flatMap(({ ip, relay, isCertain }) => {
    const verdict = judgeAddress(facts, domain, ip);
    if (verdict === 'pass' || verdict === 'unknown') return [];
    const term = `${ip.includes(':') ? 'ip6' : 'ip4'}:${ip}`;
    if (isCertain) {
      return [
        fail(
          `The SPF record of ${domain} does not name ${ip}, from which ${relay} sends: receivers read "${verdict}".`,
          `Add ${term} (or the include that your relay tells you) before its "all".`,
        ),
      ];
    }
    return [
      warn(
        `The SPF record of ${domain} does not name ${ip}, where ${relay} takes our mail; whether it sends from there cannot be told from here.`,
        `Add the include that your relay tells you; if you know from which address it sends, ask again with --address ADDRESS.`,
      ),
    ];
  });
}
