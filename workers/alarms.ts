import { hostname } from 'node:os';
import { tellAlarm } from '../src/core/alarms/alarm.ts';
import type { Context } from '../src/process/context.ts';
import { recordGoodMorning } from '../src/steps/alarms/morning.ts';
import { sendBeacons } from '../src/steps/alarms/send-beacons.ts';
import { checkAlarms } from '../src/steps/alarms/tell.ts';
import { noteLoop, watchLoop } from '../src/steps/signals/loop.ts';

/** More often than a check is due: whichever process comes first does it for all. */
const EVERY_MS = 15_000;
const NOTED_EVERY_MS = 60_000;

/** A watch on the whole service, of which every process may have one. */
export interface AlarmWatch {
  stop(): void;
}

/**
 * Looks for alarms and good mornings on a timer, notes how late the loop of this process is, and
 * sends what others elsewhere are to be told.
 */
export function watchAlarms({ outside, log }: Context): AlarmWatch {
  const check = async () => {
    const news = await checkAlarms(outside);
    if (!news) return;
    for (const alarm of news.began) log.error({ alarm: alarm.name }, tellAlarm(alarm));
    for (const alarm of news.over) log.info({ alarm: alarm.name }, `over: ${tellAlarm(alarm)}`);
    const date = await recordGoodMorning(outside);
    if (date) log.info({ date }, 'it was a good morning');
  };
  const send = async () => {
    for (const { key, isTaken, words, isGivenUp } of await sendBeacons(outside)) {
      if (isTaken) log.info({ beacon: key }, `a beacon was taken: ${words}`);
      else log.warn({ beacon: key, isGivenUp }, `a beacon was not taken: ${words}`);
    }
  };
  const checking = watch(check, (error) =>
    log.error({ err: error }, 'alarms could not be looked for'),
  );
  // An address elsewhere that answers late holds nothing up.
  const sending = watch(send, (error) => log.error({ err: error }, 'no beacon could be sent'));
  const loop = watchLoop();
  const process = `${hostname()}/${globalThis.process.pid}`;
  const noting = watch(
    () => noteLoop(outside, { process, delayMs: loop.readDelay() }),
    (error) => log.error({ err: error }, 'how late the loop is could not be noted'),
    NOTED_EVERY_MS,
  );
  return {
    stop() {
      loop.stop();
      clearInterval(noting);
      clearInterval(checking);
      clearInterval(sending);
    },
  };
}

/** Runs work again and again, one at a time. */
function watch(
  work: () => Promise<void>,
  onError: (error: Error) => void,
  everyMs = EVERY_MS,
): NodeJS.Timeout {
  let isRunning = false;
  return setInterval(async () => {
    if (isRunning) return;
    isRunning = true;
    await work().catch(onError);
    isRunning = false;
  }, everyMs);
}
