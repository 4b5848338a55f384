import { lookup } from 'node:dns/promises';
import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Answer } from '../commands/command.ts';
import { type CheckName, checkNames, type Finding, type Found } from '../core/doctor/finding.ts';
import { countOf } from '../core/text/words.ts';
import { type Dns, openDns } from '../mail/doctor/dns.ts';
import { probeRelay } from '../mail/doctor/relay-probe.ts';
import { readSigningKey } from '../mail/doctor/signing-keys.ts';
import { probeSite } from '../mail/doctor/site-probe.ts';
import { readSpf } from '../mail/doctor/spf-facts.ts';
import type { Config } from '../process/config.ts';
import { explain } from '../process/process.ts';
import { callService, DataInUse, lockData } from '../process/socket.ts';
import { readQueueFacts } from '../queue/queue-facts.ts';
import { type Examined, examine } from '../steps/doctor/examine.ts';
import type { DatabaseLook, Patient, Probes } from '../steps/doctor/patient.ts';
import { readDatabaseFacts } from '../store/database-facts.ts';
import { openPglite } from '../store/pglite.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkTemplates } from './template-files.ts';

/** What is asked of the doctor. */
export interface Complaint {
  readonly config: Config;
  /** What is wrong in the configuration. */
  readonly faults: readonly string[];
  /** What is set and read by nothing, in a sentence each. */
  readonly strange?: readonly string[];
  /** The checks to do; all where none is named. */
  readonly only: readonly string[];
  /** From which addresses mail leaves, where the operator knows it. */
  readonly addresses: readonly string[];
  /** For each question to the outside. */
  readonly withinMs: number;
}

/** What tests put in place of the real thing: the clock, the authority, and where plain http and mail servers listen. */
export interface Surroundings {
  readonly now?: () => Date;
  readonly ca?: string;
  readonly plainPort?: number;
  readonly doorPort?: number;
}

/** Looks at everything that the configuration names, changes nothing, and says what to change; exit 1 on any "fail". */
export async function runDoctor(complaint: Complaint, around: Surroundings = {}): Promise<Answer> {
  const { config, faults, strange = [], addresses, withinMs } = complaint;
  const unknown = complaint.only.find((name) => !isCheck(name));
  if (unknown !== undefined) {
    throw new Error(`there is no check "${unknown}"; there are: ${checkNames.join(', ')}`);
  }
  const patient: Patient = {
    config,
    faults,
    strange,
    addresses,
    withinMs,
    now: around.now ?? (() => new Date()),
    ca: around.ca,
    plainPort: around.plainPort ?? 80,
    doorPort: around.doorPort ?? 25,
  };
  const dns = openDns(config.sending.dnsServers);
  try {
    const only = complaint.only.filter(isCheck);
    return tell(await examine(patient, openProbes(patient, dns), { only, explain }));
  } finally {
    dns.close();
  }
}

function isCheck(name: string): name is CheckName {
  return (checkNames as readonly string[]).includes(name);
}

function openProbes({ config, withinMs }: Patient, dns: Dns): Probes {
  return {
    dns,
    database: () => lookAtDatabase(config),
    queue: (redis) => readQueueFacts(redis, withinMs),
    async templates() {
      const { lines } = await checkTemplates(config);
      const told = lines.flatMap((line) => line.split('\n'));
      const summary = told.at(-1) ?? '';
      return { summary, faults: told.slice(0, -1) };
    },
    relay: probeRelay,
    site: probeSite,
    spf: (domain) => readSpf(dns, domain),
    signingKey: readSigningKey,
    hosts: (name) => findHost(dns, config.sending.dnsServers.length > 0, name),
    ownAddresses: () =>
      Object.values(networkInterfaces()).flatMap((each) =>
        (each ?? []).map(({ address }) => address),
      ),
  };
}

/** By the servers that are configured, then as the system finds it: a name may be known to this machine alone. */
async function findHost(dns: Dns, asksFirst: boolean, name: string): Promise<Found<string>> {
  const found: Found<string> = asksFirst ? await dns.addresses(name) : { kind: 'none' };
  if (found.kind === 'found') return found;
  return lookup(name, { all: true }).then(
    (all) => ({ kind: 'found', values: all.map(({ address }) => address) }),
    () => found,
  );
}

async function lookAtDatabase(config: Config): Promise<DatabaseLook> {
  if (config.databaseUrl !== undefined) {
    const database = openPostgres(config.databaseUrl, () => {});
    try {
      return { kind: 'here', facts: await readDatabaseFacts(database, zonesOf(config)) };
    } finally {
      // It waits for connections that are still being made; the answer need not.
      void database.close();
    }
  }
  const call = { name: 'deliveries status', args: {} };
  if (await callService(config.dataDir, call)) return { kind: 'served' };
  const folder = join(config.dataDir, 'database');
  if (!existsSync(folder)) return { kind: 'absent' };
  return lookIntoFolder(config, folder);
}

const zonesOf = ({ cut }: Config) => [cut.zone];

async function lookIntoFolder(config: Config, folder: string): Promise<DatabaseLook> {
  try {
    const lock = await lockData(config.dataDir);
    try {
      const { database } = await openPglite(folder);
      const facts = await readDatabaseFacts(database, zonesOf(config)).finally(() =>
        database.close(),
      );
      return { kind: 'here', facts };
    } finally {
      await lock.release();
    }
  } catch (error) {
    // One began meanwhile, and holds the folder now.
    if (error instanceof DataInUse) return { kind: 'served' };
    throw error;
  }
}

const MARKS = { ok: 'ok  ', skip: 'skip', warn: 'WARN', fail: 'FAIL' } as const;

function tell(examined: readonly Examined[]): Answer {
  const all = examined.flatMap(({ findings }) => findings);
  const count = (level: Finding['level']) => all.filter((each) => each.level === level).length;
  const [fails, warns] = [count('fail'), count('warn')];
  const summary =
    fails + warns === 0
      ? 'All is well.'
      : `${countOf(fails, 'failure')}, ${countOf(warns, 'warning')}. docs/operating.md says more of each check.`;
  return {
    lines: [...examined.flatMap(tellCheck), '', summary],
    data: { isWell: fails === 0, failures: fails, warnings: warns, checks: examined },
    ...(fails > 0 ? { exitCode: 1 } : {}),
  };
}

const WIDTH = Math.max(...checkNames.map((name) => name.length)) + 2;

function tellCheck({ check, findings }: Examined): string[] {
  return findings.flatMap(({ level, says, change }) => [
    `${MARKS[level]}  ${check.padEnd(WIDTH)}${says}`,
    ...(change === undefined ? [] : [`${' '.repeat(6 + WIDTH)}-> ${change}`]),
  ]);
}
