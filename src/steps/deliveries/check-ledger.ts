import type { Alarm, Finding } from '../../store/ledger/checks.ts';
import type { Outside } from '../steps.ts';
import { recordNotice } from './notify.ts';

const EVERY_MS = 55_000;

/**
 * Asks the ledger whether it keeps its promises, once a minute over all processes, opens an
 * alarm for each new finding with a notice to the operator (unless their address is one that
 * nobody has), and closes the books of rounds that are done. The new alarms.
 */
export async function checkLedger(
  outside: Pick<Outside, 'store' | 'config' | 'keys' | 'rendering' | 'renderingHash' | 'now'>,
): Promise<Alarm[]> {
  const { store, now } = outside;
  if (!(await store.checks.claimTurn(now(), EVERY_MS))) return [];
  return checkNow(outside);
}

/** The same without waiting for its turn. */
export async function checkNow(
  outside: Pick<Outside, 'store' | 'config' | 'keys' | 'rendering' | 'renderingHash' | 'now'>,
): Promise<Alarm[]> {
  const { store, config, now } = outside;
  const at = now();
  const { checks } = store;
  const findings: Finding[] = [
    ...(await checks.findMiscounted()),
    ...(await checks.findTwice(at)),
    ...(await checks.findTooMany(at)),
    ...(await checks.findStalled(new Date(at.getTime() - config.process.stalledAfterMs))),
    ...(await checks.findWaiting()),
  ];
  const alarms = await store.transaction(async (tx) => {
    const opened = await tx.checks.recordFindings(findings, at);
    const hasOperator = !config.site.contact.endsWith('.invalid');
    for (const alarm of hasOperator ? opened : []) {
      await notifyOperator({ ...outside, store: tx }, alarm, at);
    }
    return opened;
  });
  await checks.recordSettled(at);
  return alarms;
}

const advice: Record<Finding['name'], string> = {
  accounting:
    'The round is not as it was planned. Nothing was sent twice for it; look at its deliveries.',
  twice:
    'Someone got a second copy that nobody asked for. Pause with "paperround deliveries pause all" until you know why.',
  too_many:
    'More was accepted than planned. Pause with "paperround deliveries pause all" until you know why.',
  stalled: 'Is a "paperround workers" process running, does Redis answer, and does the relay?',
  paused:
    'When the cause is mended, go on with "paperround deliveries resume"; refused addresses of that time wait in "paperround deliveries bounced".',
  in_doubt:
    '"paperround deliveries doubt" lists them by name; decide with "paperround deliveries resolve".',
};

/** An alarm in words, with what to do. */
export function tellAlarm({ name, subject, detail }: Finding): string {
  return `${name.replaceAll('_', ' ')}: ${subject}: ${detail}. ${advice[name]}`;
}

function notifyOperator(
  outside: Pick<Outside, 'store' | 'config' | 'keys' | 'rendering' | 'renderingHash'>,
  alarm: Alarm,
  at: Date,
) {
  const { site } = outside.config;
  return recordNotice(
    outside,
    {
      notice: 'alarm',
      key: `alarm:${alarm.id}`,
      address: site.contact,
      subscriberId: null,
      content: {
        subject: `${site.name}: ${alarm.name.replaceAll('_', ' ')} (${alarm.subject})`,
        paragraphs: [`${alarm.detail}.`, advice[alarm.name]],
        isSubscribed: false,
      },
    },
    at,
  );
}
