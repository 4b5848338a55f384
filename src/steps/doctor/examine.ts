import { type CheckName, checkNames, type Finding, fail } from '../../core/doctor/finding.ts';
import { checkDkim, checkDmarc, checkInbound, checkPtr, checkSpf } from './domain.ts';
import { checkConfiguration, checkFolder, checkNode, checkTemplates } from './machine.ts';
import type { Patient, Probes } from './patient.ts';
import { checkRelays } from './relays.ts';
import {
  checkCitations,
  checkClock,
  checkDatabase,
  checkQueue,
  checkWarmUp,
  checkZones,
} from './services.ts';
import { checkSite, lookAtSite } from './site.ts';

/** A check and what it found. */
export interface Examined {
  readonly check: CheckName;
  readonly findings: readonly Finding[];
}

/** A question has its own deadline; a check of several may take a little longer than one of them. */
const GRACE_MS = 2_000;

/**
 * Does the checks that are named (else all) at once, each bounded in time. Never rejects: what goes
 * wrong in a check is its finding, told by `explain`.
 */
export function examine(
  patient: Patient,
  probes: Probes,
  { only, explain }: { only: readonly CheckName[]; explain: (error: unknown) => string },
): Promise<Examined[]> {
  const checks = listChecks(patient, probes);
  const chosen = checkNames.filter((name) => only.length === 0 || only.includes(name));
  return Promise.all(
    chosen.map(async (check) => ({
      check,
      findings: await inTime(checks[check], patient.withinMs + GRACE_MS).catch((error) => [
        fail(`${explain(error).replace(/\.$/, '')}.`, remedies[check] ?? 'Try again.'),
      ]),
    })),
  );
}

const remedies: Partial<Record<CheckName, string>> = {
  database: 'Look at DATABASE_URL, and whether PostgreSQL runs and lets this machine in.',
  queue: 'Look at REDIS_URL, and whether Redis runs and lets this machine in.',
};

function listChecks(
  patient: Patient,
  probes: Probes,
): Record<CheckName, () => Promise<readonly Finding[]> | readonly Finding[]> {
  const isHttps = patient.config.http.publicUrl.startsWith('https://');
  const lookOnce = once(() => lookAtSite(patient, probes));
  const site = () => (isHttps ? lookOnce() : undefined);
  // An embedded database is open in one place at a time.
  const database = once(() => probes.database());
  return {
    configuration: () => checkConfiguration(patient),
    node: checkNode,
    folder: () => checkFolder(patient),
    templates: () => checkTemplates(probes),
    database: () => checkDatabase(patient, database),
    queue: () => checkQueue(patient, probes),
    clock: () => checkClock(patient, { database: probes.database, site }),
    zones: () => checkZones(patient, database),
    relay: () => checkRelays(patient, probes),
    spf: () => checkSpf(patient, probes),
    dkim: () => checkDkim(patient, probes),
    dmarc: () => checkDmarc(patient, probes),
    inbound: () => checkInbound(patient, probes),
    ptr: () => checkPtr(patient, probes),
    'warm-up': () => checkWarmUp(patient, database),
    citations: () => checkCitations(patient, database),
    site: () => checkSite(patient, site),
  };
}

function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

async function inTime<Result>(work: () => Promise<Result> | Result, ms: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`there was no answer within ${ms / 1000} s`)), ms);
  });
  return Promise.race([Promise.resolve().then(work), late]).finally(() => clearTimeout(timer));
}
