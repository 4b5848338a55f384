import { type Finding, ok, skip } from '../../core/doctor/finding.ts';
import { judgeCitations } from '../../core/doctor/judge-citations.ts';
import { judgeQueue } from '../../core/doctor/judge-queue.ts';
import { judgeSealed } from '../../core/doctor/judge-sealed.ts';
import { judgeClock, judgeDatabase } from '../../core/doctor/judge-services.ts';
import type { SiteFacts } from '../../core/doctor/judge-site.ts';
import { judgeWarmUp } from '../../core/doctor/judge-warm-up.ts';
import { judgeZones } from '../../core/doctor/judge-zones.ts';
import { tellUnread } from './machine.ts';
import { type DatabaseLook, isUnread, type Patient, type Probes } from './patient.ts';

const SERVED = 'The service that holds the data folder answers, and so does its database.';

/** The database: does it answer, is it new enough, does its schema fit. */
export async function checkDatabase(
  patient: Patient,
  look: () => Promise<DatabaseLook>,
): Promise<Finding[]> {
  if (isUnread(patient, 'DATABASE_URL')) return tellUnread('DATABASE_URL');
  const looked = await look();
  if (looked.kind === 'served') return [ok(SERVED)];
  if (looked.kind === 'absent') return [ok('The embedded database is made at the first start.')];
  const isSandbox = patient.config.databaseUrl === undefined;
  const { facts } = looked;
  // The sandbox migrates itself.
  const isOld = isSandbox && facts.schemaFault?.includes('lacks migration');
  const judged = judgeDatabase(isOld ? { ...facts, schemaFault: undefined } : facts);
  // The sandbox's own key is never changed.
  const { keys } = patient.config;
  return keys ? [...judged, ...judgeSealed(facts.sealed, keys)] : judged;
}

/** The zones in use: does this runtime know them, does the database, and do both agree. */
export async function checkZones(
  patient: Patient,
  look: () => Promise<DatabaseLook>,
): Promise<Finding[]> {
  if (isUnread(patient, 'DATABASE_URL')) return tellUnread('DATABASE_URL');
  const looked = await look();
  if (looked.kind === 'served') {
    return [skip('Not looked at while a service holds the data folder: stop it, and ask again.')];
  }
  const facts = looked.kind === 'here' ? looked.facts.zones : undefined;
  if (!facts) return [ok('There are no readers yet.')];
  return judgeZones(facts, process.versions['tz'] ?? 'of an unknown version');
}

/** How much is sent beside how many read: whether a warm-up is missing. */
export async function checkWarmUp(
  patient: Patient,
  look: () => Promise<DatabaseLook>,
): Promise<Finding[]> {
  if (isUnread(patient, 'DATABASE_URL')) return tellUnread('DATABASE_URL');
  if (patient.config.sending.relays.length === 0) {
    return [ok('The sandbox catches its mail: nobody has to get used to it.')];
  }
  const looked = await look();
  if (looked.kind === 'served') {
    return [skip('Not looked at while a service holds the data folder: stop it, and ask again.')];
  }
  const facts = looked.kind === 'here' ? looked.facts.warmUp : undefined;
  return facts ? judgeWarmUp(facts) : [ok('There are no readers yet.')];
}

/** What cites readers' works: is it told in time. */
export async function checkCitations(
  patient: Patient,
  look: () => Promise<DatabaseLook>,
): Promise<Finding[]> {
  if (isUnread(patient, 'DATABASE_URL')) return tellUnread('DATABASE_URL');
  if (!patient.config.feeds.isLookingUp) {
    return [ok('LOOK_UP_PAPERS is off: nobody is asked what cites works of readers.')];
  }
  const looked = await look();
  if (looked.kind === 'served') {
    return [skip('Not looked at while a service holds the data folder: stop it, and ask again.')];
  }
  const facts = looked.kind === 'here' ? looked.facts.citations : undefined;
  return facts ? judgeCitations(facts, patient.now()) : [ok('There are no readers yet.')];
}

/** The server of the queue: does it answer, and does it keep what it is given. */
export async function checkQueue(patient: Patient, { queue }: Probes): Promise<Finding[]> {
  if (isUnread(patient, 'REDIS_URL')) return tellUnread('REDIS_URL');
  const { redis } = patient.config;
  if (redis === undefined) return [ok("The sandbox's queue lives in its embedded database.")];
  return judgeQueue(await queue(redis), redis);
}

/** Our clock against that of the database and of whoever answers at the public address. */
export async function checkClock(
  { config, now }: Patient,
  asks: { database(): Promise<DatabaseLook>; site(): Promise<SiteFacts> | undefined },
): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (config.databaseUrl !== undefined) {
    const startedAt = now().getTime();
    const looked = await asks.database().catch(() => undefined);
    // In the midst of the question and its answer, as near as it can be told.
    const at = new Date((startedAt + now().getTime()) / 2);
    if (looked?.kind === 'here') {
      findings.push(
        judgeClock('the database', { now: at, other: looked.facts.now, graceMs: 1_000 }),
      );
    }
  }
  const document = (await asks.site()?.catch(() => undefined))?.document;
  if (document?.kind === 'answered' && document.date) {
    const told = { now: now(), other: document.date, graceMs: 2_000 };
    findings.push(judgeClock(config.http.publicUrl, told));
  }
  if (findings.length > 0) return findings;
  return [skip('There is no other clock within reach to compare ours with.')];
}
