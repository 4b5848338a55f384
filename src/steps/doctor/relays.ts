import { type Finding, ok, type SendingAddress, skip } from '../../core/doctor/finding.ts';
import { isPublic } from '../../core/doctor/judge-addresses.ts';
import { judgeRelay } from '../../core/doctor/judge-relay.ts';
import type { RelayConfig } from '../../process/config.ts';
import { tellUnread } from './machine.ts';
import { isUnread, type Patient, type Probes } from './patient.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Each relay, up to MAIL FROM. */
export async function checkRelays(patient: Patient, probes: Probes): Promise<Finding[]> {
  if (isUnread(patient, 'SMTP_URL')) return tellUnread('SMTP_URL');
  const { relays } = patient.config.sending;
  if (relays.length === 0) return [ok('There is no relay: mail is caught on this machine.')];
  return (await Promise.all(relays.map((relay) => checkRelay(patient, probes, relay)))).flat();
}

async function checkRelay(
  patient: Patient,
  probes: Probes,
  { url: address }: RelayConfig,
): Promise<Finding[]> {
  const { config, withinMs, ca, now } = patient;
  const url = new URL(address);
  const isSecure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (isSecure ? 465 : 587);
  const needsTls = !LOOPBACK.test(url.hostname);
  const found = await probes.hosts(host);
  const credentials = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  const { domain } = config.inbound;
  const from = [config.site.from, ...(domain ? [`doctor@${domain}`] : [])];
  const facts = await probes.relay({
    host,
    address: found.kind === 'found' ? found.values[0] : undefined,
    port,
    isSecure,
    needsTls,
    credentials,
    clientName: new URL(config.http.publicUrl).hostname,
    from,
    ca,
    withinMs,
  });
  const relay = { name: `${host}:${port}`, needsTls, hasPassword: credentials !== undefined };
  return judgeRelay({ ...relay, from, facts }, now());
}

/** From which addresses mail leaves, as far as it can be told, and whether a relay is this machine. */
export async function findSenders(
  { config, addresses }: Patient,
  { hosts, ownAddresses }: Probes,
): Promise<{ senders: SendingAddress[]; isOwnHost: boolean }> {
  if (addresses.length > 0) {
    const senders = addresses.map((ip) => ({ ip, relay: 'your relay', isCertain: true }));
    return { senders, isOwnHost: true };
  }
  const own = ownAddresses();
  const senders: SendingAddress[] = [];
  let isOwnHost = false;
  for (const { url } of config.sending.relays) {
    const { hostname } = new URL(url);
    const relay = hostname.replace(/^\[|\]$/g, '');
    const found = await hosts(relay);
    const ips = found.kind === 'found' ? found.values : [];
    const isOwn = LOOPBACK.test(hostname) || ips.some((ip) => own.includes(ip));
    isOwnHost ||= isOwn;
    for (const ip of (isOwn ? own : ips).filter(isPublic)) {
      senders.push({ ip, relay: isOwn ? 'this machine' : relay, isCertain: isOwn });
    }
  }
  return { senders, isOwnHost };
}

/** Why nothing of the sending domain is looked at; undefined where it is. */
export function tellNoDomain({ config }: Patient): Finding[] | undefined {
  if (config.sending.relays.length === 0) return [skip('Mail is caught, so no domain sends.')];
  if (config.site.from.endsWith('.invalid')) {
    return [skip('MAIL_FROM is not set, so there is no domain to look at.')];
  }
  return undefined;
}
