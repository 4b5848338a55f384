import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../../commands/command.ts';
import type { CommandName } from '../../commands/commands.ts';
import { mayUse } from '../../core/desk/operator.ts';
import type { WebhookPage } from '../../core/desk/webhook-pages.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder } from './order.ts';
import { idOf } from './sign-in.ts';
import { standingOf, tellLate, tellWaiting, viewBatch } from './webhook-view.ts';

const LISTED = 20;

type One = { Params: { name: string }; Body: Record<string, unknown> | undefined };
type Said = Pick<WebhookPage, 'status' | 'error' | 'secret'>;
/** Shows the page of all. */
type ShowAll = (
  request: FastifyRequest,
  reply: FastifyReply,
  shown: { site: Site; said: { status: string } },
) => Promise<FastifyReply>;

/** Orders about one that say in their first line what came of them. */
const orders: Readonly<Record<string, CommandName>> = {
  test: 'webhooks test',
  off: 'webhooks off',
  skip: 'webhooks skip',
};

/** `/admin/webhooks/:name`: what one was told, and what can be done with it. */
export function registerWebhook(desk: FastifyInstance, site: Site, showAll: ShowAll): void {
  const path = '/admin/webhooks/:name';
  desk.get<One>(path, (request, reply) =>
    showWebhook(request, reply, { site, name: request.params.name }),
  );
  const order = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { command, args }: { command: CommandName; args: Record<string, unknown> },
  ) => {
    const { name } = request.params as One['Params'];
    const done = await giveOrder(site, request, { name: command, args });
    const said = 'error' in done ? done : tellDone(done.answer);
    return showWebhook(request, reply, { site, name, said });
  };
  for (const [verb, command] of Object.entries(orders)) {
    desk.post<One>(`${path}/${verb}`, (request, reply) =>
      order(request, reply, { command, args: { name: request.params.name } }),
    );
  }
  desk.post<One>(`${path}/on`, (request, reply) => {
    const args = { name: request.params.name, fromNow: request.body?.['from'] === 'now' };
    return order(request, reply, { command: 'webhooks on', args });
  });
  desk.post<One>(`${path}/secret`, async (request, reply) => {
    const { name } = request.params;
    const done = await giveOrder(site, request, { name: 'webhooks secret', args: { name } });
    if ('error' in done) return showWebhook(request, reply, { site, name, said: done });
    const said = z.object({ secret: z.string() }).parse(done.answer.data);
    return showWebhook(request, reply, { site, name, said });
  });
  desk.post<One>(`${path}/remove`, async (request, reply) => {
    const { name } = request.params;
    const done = await giveOrder(site, request, { name: 'webhooks remove', args: { name } });
    if ('error' in done) return showWebhook(request, reply, { site, name, said: done });
    return showAll(request, reply, { site, said: { status: `${name} is removed.` } });
  });
  desk.post<{ Params: { name: string; batch: string } }>(
    `${path}/batches/:batch/resend`,
    (request, reply) => {
      const args = { batch: idOf(request.params.batch) };
      return order(request, reply, { command: 'webhooks resend', args });
    },
  );
}

/** The first line of an answer, without what to type next. */
function tellDone({ lines, exitCode = 0 }: Answer): Said {
  const [line = ''] = lines;
  return exitCode === 0 ? { status: line.replace(/;.*$/, '.') } : { error: `${line}.` };
}

/** Shows one, with what is said above it. */
export async function showWebhook(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, name, said = {} }: { site: Site; name: string; said?: Said },
): Promise<FastifyReply> {
  const { store } = site.outside;
  const webhook = (await store.webhooks.list()).find((each) => each.name === name);
  if (!webhook) return replyWithMessage(reply, site, 404);
  const { before = '' } = request.query as { before?: string };
  const of = { webhookId: webhook.id, beforeId: idOf(before) || undefined, most: LISTED };
  const batches = await store.batches.list(of);
  const last = batches.length === LISTED ? batches.at(-1) : undefined;
  const late = tellLate(webhook);
  const here = `/admin/webhooks/${name}`;
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    here,
    name,
    ...said,
    ...standingOf(webhook),
    isOff: webhook.offBecause !== null,
    ...(late ? { waiting: late } : {}),
    facts: [
      { name: 'To', value: webhook.shown },
      { name: 'Is told', value: webhook.events.join(', ') },
      { name: 'Readers', value: webhook.withAddresses ? 'with their addresses' : 'by number' },
      { name: 'Since', value: timeOf(webhook.createdAt) },
      { name: 'Now', value: tellWaiting(webhook) },
    ],
    batches: batches.map(viewBatch),
    ...(last ? { moreLink: `${here}?before=${last.id}` } : {}),
  };
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/webhook', title: name, view, status });
}
