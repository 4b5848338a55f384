import { openSharedClock } from '../../src/store/clock.ts';
import { openPostgres } from '../../src/store/postgres.ts';
import { backends, createPlace, type Place } from '../harness/context.ts';

const HOUR_MS = 3_600_000;

// Processes of a service run on machines whose clocks differ.
(backends.includes('service') ? describe : describe.skip)('the clock of a process', () => {
  let place: Place;
  beforeAll(async () => {
    place = await createPlace('service');
  });
  afterAll(() => place?.remove());

  it.each([-HOUR_MS, 0, 24 * HOUR_MS])('goes by the database, off by %d ms', async (off) => {
    const database = openPostgres(place.env['DATABASE_URL'] ?? '', () => {});
    const clock = await openSharedClock(database, () => Date.now() + off);
    const [began, at, ended] = [Date.now(), clock.now().getTime(), Date.now()];
    clock.stop();
    await database.close();
    // The way to the database and back is what it may be wrong by.
    expect(at).toBeGreaterThan(began - 5_000);
    expect(at).toBeLessThan(ended + 5_000);
  });

  it('cannot begin without it', async () => {
    const database = openPostgres('postgres://127.0.0.1:1/nothing', () => {});
    await expect(openSharedClock(database)).rejects.toThrow();
    await database.close();
  });
});
