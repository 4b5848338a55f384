import type { Found } from '../../core/doctor/finding.ts';
import { findSpf, listSpfQuestions, parseSpf, type SpfFacts } from '../../core/doctor/spf.ts';
import type { Dns } from './dns.ts';

/** Beyond so many domains a record is far over the limit of ten, and no more of it is read. */
const MOST_DOMAINS = 25;

/** Reads the SPF of a domain with everything that it includes. */
export async function readSpf(dns: Dns, domain: string): Promise<SpfFacts> {
  const records = new Map<string, Found<string>>();
  const addresses = new Map<string, readonly string[]>();
  const waiting = [domain];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (records.has(next) || records.size >= MOST_DOMAINS) continue;
    const found = await dns.texts(next);
    records.set(next, found);
    // Each further question would wait as long, and nothing can be judged without this one.
    if (found.kind === 'failed') break;
    const [record] = found.kind === 'found' ? findSpf(found.values) : [];
    if (record === undefined) continue;
    const questions = listSpfQuestions(next, parseSpf(record));
    waiting.push(...questions.records);
    await Promise.all([
      ...questions.a.map(async (name) => {
        addresses.set(`a ${name}`, await addressesOf(dns, name));
      }),
      ...questions.mx.map(async (name) => {
        const exchanges = await dns.exchanges(name);
        const names = exchanges.kind === 'found' ? exchanges.values : [];
        const each = await Promise.all(names.map((exchange) => addressesOf(dns, exchange)));
        addresses.set(`mx ${name}`, each.flat());
      }),
    ]);
  }
  return { records, addresses };
}

/** The addresses of a name; none where it has none, or DNS does not say. */
export async function addressesOf(dns: Dns, name: string): Promise<readonly string[]> {
  const found = name === '' ? { kind: 'none' as const } : await dns.addresses(name);
  return found.kind === 'found' ? found.values : [];
}
