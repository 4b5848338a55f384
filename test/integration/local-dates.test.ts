import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pauseReader } from '../../src/steps/desk/readers.ts';
import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { compose, subscribe } from '../harness/morning.ts';
import { DATE, savePauses, zones } from '../harness/pauses.ts';

const everyDoor = { desk: DATE, preferences: DATE, api: DATE, cli: DATE, csv: DATE };
const everywhere = Object.fromEntries(zones.map((zone) => [zone, everyDoor]));

describe.each(backends)('a pause, in the %s', (backend) => {
  it('ends on the date that was saved, however often and through whichever door', async () => {
    expect(await savePauses(backend)).toEqual(everywhere);
  }, 180_000);

  it('ends with the beginning of the date where the reader is', async () => {
    const place = await createPlace(backend);
    const clock = createClock('2026-12-20T12:00:00Z');
    const context = await openContext(place, clock);
    const { outside } = context;
    try {
      const readers = [];
      for (const zone of zones) {
        const { id } = await subscribe(outside, `${readers.length}@readers.example`, { zone });
        await pauseReader(outside, { subscriptionId: id, until: DATE, actor: 'test' });
        readers.push(id);
      }
      clock.set('2026-12-24T20:00:00Z');
      while (await compose(outside)) clock.advance(1000);
      for (const id of readers) {
        const dates = await outside.store.rounds.listOfSubscription(id);
        // Only the newest date that passed may have a digest; on this one they are back.
        expect(dates[0]?.localDate).toBe(id === readers[0] ? '2026-12-25' : '2026-12-24');
        expect(dates[0]?.exclusion).not.toBe('paused');
      }
    } finally {
      await context.close();
      await place.remove();
    }
  });
});

it.each(['Pacific/Kiritimati', 'Asia/Tokyo', 'America/Los_Angeles'])(
  'a pause keeps its date in a process that runs in %s',
  async (TZ) => {
    const call = ['--import', 'tsx', 'test/harness/pauses-elsewhere.ts'];
    const env = { ...process.env, TZ };
    const { stdout } = await promisify(execFile)(process.execPath, call, { env });
    expect(JSON.parse(stdout)).toEqual(everywhere);
  },
);
