import { backends, createClock, createPlace, openContext } from '../harness/context.ts';
import { waitFor } from '../harness/wait.ts';

describe.each(backends)(
  'a job that fails with words that no database keeps, in the %s',
  (backend) => {
    it('is tried as often as any, and then has failed', async () => {
      const place = await createPlace(backend);
      const context = await openContext(place, createClock('2026-03-03T12:00:00Z'));
      const { queue } = context.outside;
      let ran = 0;
      const heard: string[] = [];
      const consuming = await queue.consume('send', {
        concurrency: 1,
        async run() {
          ran += 1;
          throw new Error('the server said \0, and half of a letter: \ud83d');
        },
        onFailure: ({ message }) => heard.push(message),
      });
      try {
        await queue.enqueue('send', { shard: 3 });
        const failed = async () =>
          (await queue.countJobs()).find(({ job, state }) => job === 'send' && state === 'failed');
        for (const tries of [1, 2, 3]) await waitFor(() => ran >= tries);
        await waitFor(async () => (await failed())?.count === 1);
        expect(ran).toBe(3);
        expect(heard).toEqual(
          Array(3).fill('the server said \ufffd, and half of a letter: \ufffd'),
        );
      } finally {
        await consuming.close();
        await context.close();
        await place.remove();
      }
    }, 60_000);
  },
);
