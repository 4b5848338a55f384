import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mayUse } from '../../core/desk/operator.ts';
import type { WebhooksPage } from '../../core/desk/webhook-pages.ts';
import { eventNames, webhookEvents } from '../../core/webhooks/event.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder } from './order.ts';
import { registerWebhook, showWebhook } from './webhook.ts';
import { standingOf, tellWaiting, textsOf } from './webhook-view.ts';

type Form = { Body: Record<string, unknown> | undefined };
type Said = Partial<Pick<WebhooksPage, 'status' | 'error' | 'name' | 'url' | 'withAddresses'>> & {
  readonly chosen?: readonly string[];
};

/** At first: what few are told often, and nothing that comes with every letter. */
const USUAL = ['subscribed', 'confirmed', 'left', 'bounced', 'complained', 'cut', 'released'];

/** `/admin/webhooks`: who elsewhere is told what happens; add one. */
export function registerWebhooks(desk: FastifyInstance, site: Site): void {
  registerWebhook(desk, site, showWebhooks);

  desk.get('/admin/webhooks', (request, reply) => showWebhooks(request, reply, { site }));

  desk.post<Form>('/admin/webhooks', async (request, reply) => {
    const { body = {} } = request;
    const typed = {
      name: textOf(body['name']).trim(),
      url: textOf(body['url']).trim(),
      withAddresses: body['addresses'] === 'yes',
    };
    const chosen = textsOf(body['events']);
    const args = { ...typed, events: chosen };
    const done = await giveOrder(site, request, { name: 'webhooks add', args });
    if ('error' in done) {
      const said = { ...typed, chosen, error: done.error };
      return showWebhooks(request, reply, { site, said });
    }
    const { secret } = z.object({ secret: z.string() }).parse(done.answer.data);
    const status = 'It is told what happens from now on.';
    return showWebhook(request, reply, { site, name: typed.name, said: { status, secret } });
  });
}

async function showWebhooks(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const { chosen = USUAL, ...rest } = said;
  const webhooks = await site.outside.store.webhooks.list();
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    name: '',
    url: '',
    withAddresses: false,
    ...rest,
    webhooks: webhooks.map((webhook) => ({
      name: webhook.name,
      to: webhook.shown,
      events: webhook.events.join(', '),
      said: tellWaiting(webhook),
      ...standingOf(webhook),
    })),
    events: eventNames.map((value) => ({
      value,
      label: `${value}: ${webhookEvents[value].says}`,
      isChosen: chosen.includes(value),
    })),
  };
  const status = said.error ? 400 : 200;
  const shown = { site, page: 'desk/webhooks', title: 'Webhooks', view, status } as const;
  return replyWithDesk(request, reply, shown);
}
