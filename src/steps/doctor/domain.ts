import { listDmarcNames } from '../../core/doctor/dmarc-walk.ts';
import { type Finding, fail, ok } from '../../core/doctor/finding.ts';
import { judgeDoor, judgeInbound, judgePtr, tellNoPtr } from '../../core/doctor/judge-addresses.ts';
import { judgeDkim } from '../../core/doctor/judge-dkim.ts';
import { judgeDmarc } from '../../core/doctor/judge-dmarc.ts';
import { judgeSigning } from '../../core/doctor/judge-signing.ts';
import { judgeSpf } from '../../core/doctor/judge-spf.ts';
import { signerOf } from '../../core/letter/relay-list.ts';
import { domainOf } from '../../core/reader/address.ts';
import type { Dns } from '../../mail/doctor/dns.ts';
import type { Patient, Probes } from './patient.ts';
import { findSenders, tellNoDomain } from './relays.ts';

const sendingDomain = ({ config }: Patient) => domainOf(config.site.from).toLowerCase();

/** SPF of the domain of From, and of the return path where that is another. */
export async function checkSpf(patient: Patient, probes: Probes): Promise<Finding[]> {
  const none = tellNoDomain(patient);
  if (none) return none;
  const { senders } = await findSenders(patient, probes);
  const { domain: inbound } = patient.config.inbound;
  const domains = [...new Set([sendingDomain(patient), ...(inbound ? [inbound] : [])])];
  const judged = domains.map(async (domain) =>
    judgeSpf({ domain, facts: await probes.spf(domain), senders }),
  );
  return (await Promise.all(judged)).flat();
}

/** Who signs by which relay, and each key that signs here against what DNS has at its selector. */
export async function checkDkim(patient: Patient, probes: Probes): Promise<Finding[]> {
  const none = tellNoDomain(patient);
  if (none) return none;
  const signing = listSigners(patient);
  const keys = signing.some(({ signer }) => signer === 'we')
    ? await checkKeys(patient, probes)
    : [];
  return [...signing.map(judgeSigning), ...keys];
}

function listSigners({ config: { sending } }: Patient) {
  const { relays, dkim } = sending;
  return relays.map((relay) => ({
    host: new URL(relay.url).hostname,
    signer: signerOf(relay, dkim.keys.length > 0),
    isSaid: relay.signs !== undefined,
    domain: dkim.domain,
  }));
}

function checkKeys({ config }: Patient, probes: Probes): Promise<Finding[]> {
  const { domain, keys } = config.sending.dkim;
  const judged = keys.map(async ({ selector, path }) => {
    const key = await probes.signingKey(selector, path);
    if ('fault' in key) {
      return fail(
        `The DKIM key ${selector} cannot be used: ${key.fault}.`,
        'paperround dkim makes keys.',
      );
    }
    const found = await probes.dns.texts(`${selector}._domainkey.${domain}`);
    return judgeDkim({ ...key, domain, found });
  });
  return Promise.all(judged);
}

/** The policy of the domain of From, and whether our mail passes it. */
export async function checkDmarc(patient: Patient, { dns }: Probes): Promise<Finding[]> {
  const none = tellNoDomain(patient);
  if (none) return none;
  const from = sendingDomain(patient);
  const { inbound, sending } = patient.config;
  const returnPath = inbound.domain ?? from;
  const isSigned = listSigners(patient).some(({ signer: who }) => who === 'we');
  const signer = isSigned ? sending.dkim.domain : undefined;
  const names = listDmarcNames([from, returnPath, ...(signer === undefined ? [] : [signer])]);
  const answers = await Promise.all(names.map((name) => dns.texts(name)));
  return judgeDmarc({
    from,
    returnPath,
    signer,
    found: new Map(names.map((name, index) => [name, answers[index] ?? { kind: 'none' }])),
  });
}

/** Where mail to the inbound domain goes. */
export async function checkInbound(patient: Patient, probes: Probes): Promise<Finding[]> {
  const { domain } = patient.config.inbound;
  const { dns } = probes;
  if (domain === undefined) {
    return [ok('INBOUND_DOMAIN is not set: what comes back goes to MAIL_FROM.')];
  }
  const exchanges = await dns.exchanges(domain);
  const asked = exchanges.kind === 'none' ? [domain] : [];
  const names = exchanges.kind === 'found' ? exchanges.values : asked;
  const addresses = await addressesOf(dns, names);
  const found = judgeInbound({ domain, exchanges, addresses });
  const [server = domain] = names;
  if (found.level !== 'ok') return [found];
  return [found, await checkDoor(patient, probes, { server, address: addresses.get(server)?.[0] })];
}

/** A door that nobody reaches must not hold up the rest. */
const KNOCK_MS = 3_000;

/** Whether the mail server of the inbound domain takes encrypted mail; it is told of none. */
async function checkDoor(
  { config, ca, withinMs, doorPort }: Patient,
  probes: Probes,
  { server, address }: { server: string; address: string | undefined },
): Promise<Finding> {
  const facts = await probes.relay({
    host: server,
    address,
    port: doorPort,
    isSecure: false,
    needsTls: true,
    credentials: undefined,
    clientName: new URL(config.http.publicUrl).hostname,
    from: [],
    ca,
    withinMs: Math.min(withinMs, KNOCK_MS),
  });
  return judgeDoor(server, facts);
}

/** The reverse names of the addresses that are known to send. */
export async function checkPtr(patient: Patient, probes: Probes): Promise<Finding[]> {
  const none = tellNoDomain(patient);
  if (none) return none;
  const { senders, isOwnHost } = await findSenders(patient, probes);
  const certain = senders.filter(({ isCertain }) => isCertain);
  if (certain.length === 0) return [tellNoPtr(isOwnHost)];
  const judged = certain.map(async (sender) => {
    const names = await probes.dns.names(sender.ip);
    const called = names.kind === 'found' ? names.values : [];
    return judgePtr({ sender, names, addresses: await addressesOf(probes.dns, called) });
  });
  return Promise.all(judged);
}

async function addressesOf(dns: Dns, names: readonly string[]) {
  const each = names.map(async (name): Promise<[string, readonly string[]]> => {
    const found = name === '' ? undefined : await dns.addresses(name);
    return [name, found?.kind === 'found' ? found.values : []];
  });
  return new Map(await Promise.all(each));
}
