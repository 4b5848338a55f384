import { z } from 'zod';
import { momentOf } from '../core/text/words.ts';
import { eventNames } from '../core/webhooks/event.ts';
import type { PostAnswer } from '../poster/poster.ts';
import { leaveOut, resendBatch, testWebhook } from '../steps/webhooks/by-hand.ts';
import {
  addWebhook,
  getWebhook,
  removeWebhook,
  renewSecret,
  switchOff,
  switchOn,
} from '../steps/webhooks/endpoints.ts';
import type { LoggedBatch } from '../store/webhooks/batches.ts';
import type { ListedWebhook } from '../store/webhooks/webhooks.ts';
import { buildTable, defineCommand } from './command.ts';
import { cutPage, idAt, pageArgs, pageOf, tellMore } from './page.ts';
import {
  postAnswer,
  webhookBatch,
  webhookEvent,
  webhook as webhookShape,
} from './shapes/webhook.ts';

const named = z.object({ name: z.string() });
const secretOnce = z.string().describe('It is told this once.');
const list = 'webhook batches';

export const webhooksAdd = defineCommand({
  right: 'operate',
  args: named.extend({
    url: z.string().describe('An address that takes POST, https.'),
    events: z.array(webhookEvent).default([...eventNames]),
    withAddresses: z
      .boolean()
      .default(false)
      .describe('Whether readers are named by their address, too.'),
  }),
  answers: named.extend({ secret: secretOnce }),
  async run(outside, given, { actor }) {
    const secret = await addWebhook(outside, { ...given, actor });
    const { name } = given;
    return {
      lines: [
        `${name} is told what happens from now on. Its secret, shown this once: ${secret}`,
        `Try it: paperround webhooks test ${name}`,
      ],
      data: { name, secret },
    };
  },
});

export const webhooksList = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({ items: z.array(webhookShape) }),
  async run({ store }) {
    const webhooks = await store.webhooks.list();
    const rows = webhooks.map((each) => [
      each.name,
      each.shown,
      `${each.events.join(',')}${each.withAddresses ? ', with addresses' : ''}`,
      tellStanding(each),
    ]);
    const none = 'Nobody elsewhere is told anything: paperround webhooks add NAME URL';
    const lines = buildTable(['NAME', 'TO', 'EVENTS', 'STANDS'], rows, none);
    return { lines, data: { items: webhooks.map(viewWebhook) } };
  },
});

export const webhooksTest = defineCommand({
  right: 'operate',
  args: named,
  answers: postAnswer,
  run: async (outside, { name }, { actor }) => tell(await testWebhook(outside, { name, actor })),
});

export const webhooksResend = defineCommand({
  right: 'operate',
  args: z.object({ batch: z.int('must be a whole number') }),
  answers: postAnswer,
  run: async (outside, { batch }, { actor }) =>
    tell(await resendBatch(outside, { batchId: batch, actor })),
});

export const webhooksSkip = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ batch: z.int() }),
  async run(outside, { name }, { actor }) {
    const batch = await leaveOut(outside, { name, actor });
    const lines = [`Batch ${batch} is told to nobody; what came after it goes on.`];
    return { lines, data: { batch } };
  },
});

export const webhooksOn = defineCommand({
  right: 'operate',
  args: named.extend({
    fromNow: z
      .boolean()
      .default(false)
      .describe('Whether what happened while it was off is told to nobody.'),
  }),
  answers: z.object({ on: z.boolean() }),
  async run(outside, { name, fromNow }, { actor }) {
    await switchOn(outside, { name, actor, skips: fromNow });
    const from = fromNow ? 'from now' : 'from where it stood';
    return { lines: [`${name} is told what happens, ${from}.`], data: { on: true } };
  },
});

export const webhooksOff = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ on: z.boolean() }),
  async run(outside, { name }, { actor }) {
    await switchOff(outside, { name, actor });
    const lines = [`${name} is told nothing; "paperround webhooks on ${name}" lets it go on.`];
    return { lines, data: { on: false } };
  },
});

export const webhooksSecret = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ secret: secretOnce }),
  async run(outside, { name }, { actor }) {
    const secret = await renewSecret(outside, { name, actor });
    const lines = [`New secret, shown this once: ${secret}`, 'The old one signs, too, for a day.'];
    return { lines, data: { secret } };
  },
});

export const webhooksRemove = defineCommand({
  right: 'operate',
  args: named,
  answers: z.object({ removed: z.boolean() }),
  async run(outside, { name }, { actor }) {
    await removeWebhook(outside, { name, actor });
    return { lines: [`${name} is removed, with its log.`], data: { removed: true } };
  },
});

export const webhooksLog = defineCommand({
  right: 'look',
  args: z.object({ name: z.string().optional(), ...pageArgs(list) }),
  answers: pageOf(webhookBatch),
  async run({ store }, { name, limit, cursor }) {
    const webhookId = name === undefined ? null : (await getWebhook(store, name)).id;
    const beforeId = idAt(cursor, undefined);
    const batches = await store.batches.list({ webhookId, beforeId, most: limit + 1 });
    const page = cutPage(batches, { list, limit, placeOf: ({ id }) => [id] });
    const rows = page.items.flatMap(tellBatch);
    const none = 'Nothing was told yet.';
    const head = ['BATCH', 'WEBHOOK', 'EVENTS', 'AT', 'TOOK', 'ANSWER'];
    const lines = [...buildTable(head, rows, none), ...tellMore(page)];
    return { lines, data: { ...page, items: page.items.map(viewBatch) } };
  },
});

function tell({ isTaken, status, words, said }: PostAnswer) {
  const told = said ? `${words}: ${said}` : words;
  return {
    lines: [isTaken ? `Taken: ${told}` : `Not taken: ${told}`],
    data: { taken: isTaken, status: status ?? null, words: told },
    ...(isTaken ? {} : { exitCode: 1 }),
  };
}

function viewWebhook({ name, shown, waiting, ...rest }: ListedWebhook) {
  const { events, withAddresses, createdAt, offBecause, offAt, takenAt } = rest;
  return {
    name,
    to: shown,
    events,
    withAddresses,
    createdAt,
    offBecause,
    offAt,
    takenAt,
    waiting: waiting && {
      batch: waiting.batchId,
      since: waiting.since,
      tries: waiting.tries,
      nextAt: waiting.nextAt,
      words: waiting.words,
    },
  };
}

function viewBatch({ id, webhook, events, isTest, madeAt, outcome, nextAt, log }: LoggedBatch) {
  return { batch: id, webhook, events, isTest, madeAt, outcome, nextAt, tries: [...log] };
}

function tellStanding({ offBecause, waiting, takenAt }: ListedWebhook): string {
  if (offBecause) return `off: ${offBecause === 'hand' ? 'by hand' : offBecause}`;
  if (waiting && waiting.tries > 0) {
    return `batch ${waiting.batchId} waits after ${waiting.tries} tries: ${waiting.words ?? ''}`;
  }
  return takenAt ? `took the last at ${momentOf(takenAt)}` : 'took nothing yet';
}

/** A line a try; one that says so where there was none yet. */
function tellBatch({ id, webhook, events, isTest, outcome, log }: LoggedBatch): string[][] {
  const first = [String(id), webhook, isTest ? 'test' : String(events)];
  if (log.length === 0) {
    return [[...first, '', '', outcome === 'left_out' ? 'left out' : 'not tried yet']];
  }
  return log.map(({ at, tookMs, words }, index) => [
    ...(index === 0 ? first : ['', '', '']),
    momentOf(new Date(at)),
    `${tookMs} ms`,
    index === 0 && outcome === 'left_out' ? `${words} (left out)` : words,
  ]);
}
