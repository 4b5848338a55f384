import PQueue from 'p-queue';
import { recordNotice } from '../../src/steps/deliveries/notify.ts';
import { backends } from '../harness/context.ts';
import { openLive } from '../harness/live.ts';
import { subscribe } from '../harness/morning.ts';
import { INBOUND_DOMAIN, openReturnMail } from '../harness/return-mail.ts';
import { freePort } from '../harness/services.ts';

/** `INBOUND_LOOP=100000` for the long form. */
const messages = Number(process.env['INBOUND_LOOP'] ?? 2_000);
const contact = 'desk@operator.example';
const FORWARDED = 21;
const READERS = 40;

const megabytes = () => Math.round(process.memoryUsage().rss / 1024 / 1024);

/**
 * No mail of ours answers a mail: whatever comes in, of every class there is, nothing goes out
 * but the few notices to the operator.
 */
it(
  `sends nothing for ${messages} mails that come in`,
  async () => {
    const live = await openLive(backends.at(-1) ?? 'sandbox', {
      env: {
        INBOUND_DOMAIN,
        INBOUND_PORT: String(await freePort()),
        CONTACT_EMAIL: contact,
      },
    });
    const back = await openReturnMail(live);
    const { store } = live.outside;
    try {
      const corpora = [];
      for (let at = 0; at < READERS; at += 1) {
        const reader = await subscribe(live.outside, `r${at}@readers.example`);
        const content = { subject: 'x', paragraphs: ['x'], isSubscribed: true };
        const notice = { notice: 'test', key: `test-${at}`, content, ...reader };
        const delivery = (await recordNotice(live.outside, notice, live.clock.now())) ?? 0;
        const messageId = (await store.deliveries.find(delivery))?.messageId ?? '';
        corpora.push([...back.corpus({ delivery, messageId, subscription: reader.id }).values()]);
      }
      await live.settle();
      const before = live.sink.received.length;
      const rows = await store.deliveries.countByState();
      const lines = new PQueue({ concurrency: 10 });
      const memory: number[] = [];
      const began = performance.now();
      let refused = 0;
      for (let at = 0; at < messages; at += 1) {
        const reports = corpora[at % READERS] ?? [];
        const report = reports[at % reports.length];
        if (!report) continue;
        const bytes = Buffer.concat([Buffer.from(`X-Count: ${at}\r\n`), report.bytes]);
        await lines.onSizeLessThan(50);
        void lines
          .add(() => back.sendReport({ ...report, bytes }))
          .catch(() => {
            refused += 1;
          });
        if (at % 1_000 === 0) memory.push(megabytes());
      }
      await lines.onIdle();
      const tookMs = performance.now() - began;
      while ((await store.inbound.listWaiting(1)).length > 0) await back.settle().catch(() => {});
      await live.settle();
      const verdicts = await store.inbound.countByVerdict();
      process.stderr.write(
        `${messages} in ${(tookMs / 1000).toFixed(1)} s, read after ${((performance.now() - began) / 1000).toFixed(1)} s; memory of the test with all its parts from ${Math.min(...memory)} to ${Math.max(...memory)} MB; ${JSON.stringify(verdicts)}\n`,
      );
      expect(refused).toBe(0);
      expect(verdicts.reduce((sum, { count }) => sum + count, 0)).toBe(messages);
      const sent = live.sink.received.slice(before);
      expect(sent.filter(({ to }) => to !== contact)).toEqual([]);
      expect(sent.length).toBeLessThanOrEqual(FORWARDED);
      const open = (await store.deliveries.countByState()).reduce(
        (sum, { count }) => sum + count,
        0,
      );
      expect(open - rows.reduce((sum, { count }) => sum + count, 0)).toBe(sent.length);
    } finally {
      await back.close();
      await live.close();
    }
  },
  Math.max(300_000, messages * 60),
);
