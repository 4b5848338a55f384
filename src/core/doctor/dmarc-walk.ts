import { getDomain } from 'tldts';
import type { Found } from './finding.ts';
import { parseTags } from './tags.ts';

/** TXT records by the name that was asked for. */
export type DmarcAnswers = ReadonlyMap<string, Found<string>>;

/** Longer names are asked from the seventh label on, so that nobody is asked more than eight times. */
const MOST_LABELS = 7;

/** The registrable domain, by the private part of the Public Suffix List too, or the domain itself. */
export function registrableOf(domain: string): string {
  return getDomain(domain, { allowPrivateDomains: true }) ?? domain;
}

/**
 * The domains whose policy may be one's own, itself first, each a label shorter (RFC 9989, 4.10). It
 * ends with the registrable domain: above it a policy is a registry's.
 */
export function listDmarcDomains(domain: string): string[] {
  const end = registrableOf(domain);
  const labels = domain.split('.');
  const above = labels.slice(labels.length > MOST_LABELS ? -MOST_LABELS : 1);
  const walked = above.map((_, at) => above.slice(at).join('.'));
  return [domain, ...walked.filter((name) => name === end || name.endsWith(`.${end}`))];
}

/** Where the policies are looked for that decide of mail of some domains. */
export function listDmarcNames(domains: readonly string[]): string[] {
  return [...new Set(domains.flatMap(listDmarcDomains))].map((domain) => `_dmarc.${domain}`);
}

/** The records of a domain that call themselves DMARC. */
export function recordsOf(found: DmarcAnswers, domain: string): string[] {
  const answer = found.get(`_dmarc.${domain}`);
  if (answer?.kind !== 'found') return [];
  return answer.values.filter((text) => /^v\s*=\s*DMARC1\s*(;|$)/.test(text));
}

/**
 * The tags of a policy: what is none is passed over (RFC 9989, 4.8), in contrast to DKIM's. Undefined
 * where it names a tag twice.
 */
export function parsePolicy(record: string): ReadonlyMap<string, string> | undefined {
  const parts = record.split(';').filter((part) => /^\s*[a-z][a-z0-9_]*\s*=/i.test(part));
  return parseTags(parts.join(';'));
}

/**
 * The organisation that a domain belongs to (RFC 9989, 4.10.2): what calls itself one (`psd=n`), what
 * lies below a registry (`psd=y`), else the shortest that has a policy; the registrable domain where
 * none has.
 */
export function organisationOf(domain: string, found: DmarcAnswers): string {
  const walked = listDmarcDomains(domain);
  let best: string | undefined;
  for (const [at, name] of walked.entries()) {
    const [record, ...more] = recordsOf(found, name);
    const tags = record !== undefined && more.length === 0 ? parsePolicy(record) : undefined;
    if (!tags) continue;
    const psd = tags.get('psd')?.toLowerCase();
    if (psd === 'n') return name;
    if (psd === 'y' && at > 0) return walked[at - 1] ?? name;
    best = name;
  }
  return best ?? walked.at(-1) ?? domain;
}
