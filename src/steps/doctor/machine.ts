import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { type Finding, fail, ok, skip, warn } from '../../core/doctor/finding.ts';
import { judgeNode, judgePlace, type PlaceFacts } from '../../core/doctor/judge-machine.ts';
import { judgeSettings } from '../../core/doctor/judge-settings.ts';
import type { Patient, Probes } from './patient.ts';

/** The oldest Node that package.json takes. */
const OLDEST_NODE = '20.19.0';

/** What is set: the facts, every fault, and what is unsafe together. */
export function checkConfiguration({ config, faults, strange }: Patient): Finding[] {
  const { mode, version, http, site, sending, inbound, feeds } = config;
  const relays = sending.relays.map(({ url }) => new URL(url).host);
  const through =
    relays.length > 0 ? `mail goes out through ${relays.join(', ')}` : 'mail is caught';
  const facts = `Paperround ${version} as a ${mode}: ${http.publicUrl}, mail from ${site.from}; ${through}.`;
  const wrong = faults.map((fault) => {
    const name = fault.slice(0, fault.indexOf(':'));
    return fail(fault, `Mend ${name} in .env or in the environment; .env.example tells of it.`);
  });
  const unread = strange.map((sentence) =>
    warn(sentence, 'Mend the name, or take it out; .env.example has all of them.'),
  );
  const vendors = Object.values(inbound.vendors);
  const ways = [inbound.port, inbound.spool, inbound.webhookSecrets[0], ...vendors];
  const judged = judgeSettings({
    isService: mode === 'service',
    host: http.host,
    publicUrl: http.publicUrl,
    trustProxy: http.trustProxy,
    from: site.from,
    contact: site.contact,
    relays,
    inboundDomain: inbound.domain,
    inboundWays: ways.filter((way) => way !== undefined).length,
    allowsPrivateFeeds: feeds.allowPrivate,
    mostBounced: sending.mostBounced,
  });
  return [ok(facts), ...wrong, ...unread, ...judged.filter(({ level }) => level !== 'ok')];
}

/** The version of Node. */
export function checkNode(): Finding[] {
  return [judgeNode(process.versions.node, OLDEST_NODE)];
}

/** Every folder and file that is used: there, usable, not open to others, on a disk with room. */
export async function checkFolder({ config }: Patient): Promise<Finding[]> {
  const { mode, dataDir, templatesDir, inbound, sending } = config;
  const places: Promise<PlaceFacts>[] = [];
  if (mode === 'sandbox') places.push(look('The data folder', dataDir, { isSecret: true }));
  if (templatesDir) places.push(look('The folder of templates', templatesDir, { mayWrite: false }));
  if (inbound.spool) places.push(look('The Maildir', inbound.spool, {}));
  for (const { path } of sending.dkim.keys) {
    places.push(look('The DKIM key', path, { isSecret: true, mayWrite: false }));
  }
  const looked = await Promise.all(places);
  const isNew = mode === 'sandbox' && looked[0]?.isThere === false;
  const findings = looked.slice(isNew ? 1 : 0).flatMap(judgePlace);
  if (isNew) return [ok(`The data folder ${dataDir} is made at the first start.`), ...findings];
  if (findings.length > 0) return findings;
  return [ok('The service keeps nothing in a folder of this machine.')];
}

async function look(
  what: string,
  path: string,
  { isSecret = false, mayWrite = true }: { isSecret?: boolean; mayWrite?: boolean },
): Promise<PlaceFacts> {
  const found = await stat(path).catch(() => undefined);
  const needed = mayWrite ? constants.R_OK | constants.W_OK : constants.R_OK;
  const disk = mayWrite && found ? await statfs(path).catch(() => undefined) : undefined;
  return {
    path,
    what,
    isSecret,
    isThere: found !== undefined,
    isUsable: await access(path, needed).then(
      () => true,
      () => false,
    ),
    isOpen: ((found?.mode ?? 0) & 0o077) !== 0,
    freeBytes: disk && disk.bavail * disk.bsize,
  };
}

/** The templates, ours and the operator's own. */
export async function checkTemplates({ templates }: Probes): Promise<Finding[]> {
  const { summary, faults } = await templates();
  if (faults.length === 0) return [ok(`${summary}.`)];
  return faults.map((fault) =>
    fail(fault, 'docs/templates.md; try it with: paperround templates check'),
  );
}

/** Why what a faulty setting names was not looked at. */
export function tellUnread(...names: string[]): Finding[] {
  return [skip(`Not looked at: ${names.join(' and ')} must be mended first.`)];
}
