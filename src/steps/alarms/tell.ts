import type { AlarmName } from '../../core/alarms/alarm.ts';
import { findAlarms } from '../../core/alarms/find.ts';
import { type AlarmNews, findNews, keepNews, listNews } from '../../core/alarms/news.ts';
import { buildAlarmEvent, writeAlarms } from '../../core/alarms/write.ts';
import type { Store } from '../../store/store.ts';
import { recordNotice } from '../deliveries/notify.ts';
import { listOperatorAddresses } from '../desk/operator-addresses.ts';
import type { Outside } from '../steps.ts';
import { gatherAlarmFacts } from './gather.ts';

type TellOutside = Pick<
  Outside,
  'store' | 'config' | 'keys' | 'rendering' | 'renderingHash' | 'renderings' | 'now'
>;

const EVERY_MS = 55_000;

/** Looks for alarms once a minute over all processes; what is new of them, undefined where it was not our turn. */
export async function checkAlarms(outside: TellOutside): Promise<AlarmNews | undefined> {
  const { store, now } = outside;
  return (await store.checks.claimTurn(now(), EVERY_MS)) ? tellAlarms(outside) : undefined;
}

/**
 * Looks for alarms now, keeps them as long as they last, and tells the operators what is new
 * of them: one mail to each and one webhook for all of it, in one transaction with the note
 * that it was told. However many processes do it at once, each piece of news is told once.
 */
export async function tellAlarms(outside: TellOutside): Promise<AlarmNews> {
  const { store, now } = outside;
  const at = now();
  const findings = findAlarms(await gatherAlarmFacts(outside));
  return store.transaction(async (tx) => {
    await tx.checks.recordFindings(findings, at);
    const news = await claimNews(tx, at);
    if (listNews(news).length > 0) await recordNews({ ...outside, store: tx }, news, at);
    return news;
  });
}

/** The names of all alarms that last. */
export async function listAlarmNames({ store }: Pick<Outside, 'store'>): Promise<AlarmName[]> {
  return (await store.checks.listAlarms()).map(({ name }) => name);
}

async function claimNews(tx: Store, at: Date): Promise<AlarmNews> {
  const news = findNews(await tx.alarms.listUntold(), at);
  const all = listNews(news);
  return keepNews(news, all.length > 0 ? await tx.alarms.claimTellings(all, at) : []);
}

async function recordNews(outside: TellOutside, news: AlarmNews, at: Date): Promise<void> {
  const { store, config } = outside;
  const teller = { siteName: config.site.name, publicUrl: config.http.publicUrl };
  const [first] = listNews(news);
  // Each telling of an alarm is claimed once, so that the first names all of them.
  const key = `alarms-${first?.id}-${first?.tellings}`;
  const content = writeAlarms(news, teller);
  for (const address of await listOperatorAddresses(outside)) {
    const notice = { notice: 'alarm', key: `${key}-${address}`, address, content };
    await recordNotice(outside, { ...notice, subscriberId: null }, at);
  }
  if (!config.alarms.webhook) return;
  const body = JSON.stringify(buildAlarmEvent(news, at, teller));
  await store.beacons.insert({ key, kind: 'alarm', body, at });
}
