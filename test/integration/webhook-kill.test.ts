import { addWebhook } from '../../src/steps/webhooks/endpoints.ts';
import { lookForEvents } from '../../src/steps/webhooks/post.ts';
import { sql } from '../../src/store/database.ts';
import { describeKills, type KillStage, openKillStage } from '../harness/kill-stage.ts';
import { subscribe } from '../harness/morning.ts';
import { openReceiver, type Receiver } from '../harness/receiver.ts';

const READERS = 12;

describeKills('kill -9 of who tells a webhook, in the midst of a post', () => {
  let stage: KillStage;
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await openReceiver();
    stage = await openKillStage({ ALLOW_PRIVATE_WEBHOOKS: 'true' });
  });
  afterEach(async () => {
    await stage?.close();
    await receiver?.close();
  });

  it.each([
    ['before it was answered', false],
    ['with the answer on its way', true],
  ])(
    'tells all of it, and nothing under two ids, %s',
    async (_name, isAnswered) => {
      const order = {
        name: 'crm',
        url: receiver.url,
        withAddresses: false,
        actor: 'test',
      } as const;
      const secret = await addWebhook(stage.context.outside, { ...order, events: ['subscribed'] });
      for (let at = 0; at < READERS; at += 1) {
        await subscribe(stage.context.outside, `reader-${at}@readers.example`);
      }
      const killed = stage.start();
      receiver.answer = (response) => {
        if (isAnswered) response.writeHead(204).end();
        stage.kill(killed);
      };
      await stage.until(stage.isKilled);
      const first = receiver.heard[0];
      expect(first?.data.events.length).toBeGreaterThan(0);

      receiver.answer = (response) => response.writeHead(204).end();
      // Its lease on the webhook is over in a minute; here it is now.
      await stage.database.rows(sql`update public.webhook set held_until = now()`);
      stage.start();
      const listBatches = () =>
        stage.context.outside.store.batches.list({ webhookId: null, most: 10 });
      await stage.until(async () => {
        await lookForEvents(stage.context.outside);
        const told = new Set(receiver.events().map(({ id }) => id));
        const ended = await listBatches();
        return told.size === READERS && ended.every(({ outcome }) => outcome !== null);
      });

      receiver.verify(secret);
      // Posted again under its key, byte for byte, unless its end was recorded before.
      const again = receiver.heard.filter(({ key }) => key === first?.key);
      expect(new Set(again.map(({ body }) => body)).size).toBe(1);
      if (!isAnswered) expect(again).toHaveLength(2);
      // An event is told under one key alone.
      const posts = new Map(receiver.heard.map(({ key, data }) => [key, data.events]));
      const once = [...posts.values()].flat().map(({ id }) => id);
      expect(once).toHaveLength(READERS);
      expect(new Set(once).size).toBe(READERS);
    },
    180_000,
  );
});
