import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { nameOfChannel } from '../../core/channels/place.ts';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import {
  type AskedDeliveries,
  deliveryStates,
  failureCauses,
} from '../../core/letter/delivery-filter.ts';
import { readSource } from '../../core/letter/source.ts';
import { tellPost } from '../../steps/channels/write.ts';
import { listRelays } from '../../steps/deliveries/relays.ts';
import { resolveDoubt } from '../../steps/deliveries/resolve.ts';
import { listDeliveries } from '../../steps/desk/list-deliveries.ts';
import { renderShown } from '../../steps/digests/view.ts';
import type { ListedAttempt, ListedDelivery } from '../../store/desk/overview.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { viewDelivery } from './lines.ts';
import { idOf } from './sign-in.ts';

const LISTED = 50;
const EDITIONS = 60;

/** What a list of deliveries is asked for, as its form sends it. */
export type FilterQuery = Readonly<Record<string, string | undefined>>;
type ById = { Params: { id: string } };

/** Reads a filter out of a form; what it does not know is left out. */
export function readFilter(query: FilterQuery): Omit<
  AskedDeliveries,
  'editionId' | 'subscriberId'
> & {
  edition?: string;
} {
  const state = deliveryStates.find((known) => known === query['state']);
  const cause = failureCauses.find((known) => known === query['cause']);
  const [edition, domain, address] = ['edition', 'domain', 'address'].map((name) =>
    textOf(query[name]).trim(),
  );
  return {
    ...(state ? { state } : {}),
    ...(cause ? { cause } : {}),
    ...(edition ? { edition } : {}),
    ...(domain ? { domain } : {}),
    ...(address ? { address } : {}),
  };
}

/** `/admin/deliveries`: where every message is, and every word a server said to it. */
export function registerDeliveries(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const { store } = outside;

  desk.get<{ Querystring: FilterQuery }>('/admin/deliveries', (request, reply) =>
    showList(request, reply, site),
  );

  desk.get<ById>('/admin/deliveries/:id', async (request, reply) => {
    const delivery = await store.overview.findDelivery(idOf(request.params.id));
    if (!delivery) return replyWithMessage(reply, site, 404);
    return showOne(request, reply, { site, delivery });
  });

  desk.get<ById>('/admin/deliveries/:id/html', async (request, reply) => {
    const letter = await renderShown(outside, idOf(request.params.id));
    if (!letter) return replyWithMessage(reply, site, 404);
    return replyWithMail(reply, letter.html);
  });

  desk.get<ById>('/admin/deliveries/:id/source', async (request, reply) => {
    const letter = await renderShown(outside, idOf(request.params.id));
    if (!letter) return replyWithMessage(reply, site, 404);
    return reply.type('text/plain').send(readSource(letter.message));
  });

  desk.post<ById & { Body: { as?: unknown } | undefined }>(
    '/admin/deliveries/:id/resolve',
    async (request, reply) => {
      const state = (['accepted', 'failed'] as const).find((one) => one === request.body?.as);
      const deliveryId = idOf(request.params.id);
      if (!state || !(await store.overview.findDelivery(deliveryId))) {
        return replyWithMessage(reply, site, state ? 404 : 400);
      }
      const actor = actorOf(visitOf(request).operator);
      const said = `an operator found that it was ${state}`;
      await resolveDoubt(outside, { deliveryId, state, actor, said });
      return reply.redirect(`/admin/deliveries/${deliveryId}`, 303);
    },
  );
}

/** A mail inside of a page: it loads nothing, runs nothing, and its links open apart. */
export function replyWithMail(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .removeHeader('x-frame-options')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    )
    .type('text/html')
    .send(html.replace(/<head>/i, '<head><base target="_blank">'));
}

async function showList(
  request: FastifyRequest<{ Querystring: FilterQuery }>,
  reply: FastifyReply,
  site: Site,
): Promise<FastifyReply> {
  const { store } = site.outside;
  const { edition, ...filter } = readFilter(request.query);
  const cut = await store.editions.listCut(EDITIONS);
  const of = edition === undefined ? undefined : await store.editions.findByName(edition);
  const editionId = edition === undefined ? undefined : (of?.id ?? 0);
  const beforeId = idOf(request.query['before'] ?? '') || undefined;
  const page = { beforeId, most: LISTED };
  const { items: found, reachedId } = await listDeliveries(
    site.outside,
    { ...filter, editionId },
    page,
  );
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, edition })) {
    if (value) asked.set(name, value);
  }
  const goesOnAt = reachedId ?? (found.length === LISTED ? found.at(-1)?.id : undefined);
  const choose = (values: readonly string[], chosen: string | undefined) => [
    { value: '', label: 'any', isChosen: chosen === undefined },
    ...values.map((value) => ({
      value,
      label: value.replace('_', ' '),
      isChosen: value === chosen,
    })),
  ];
  const mayResend = mayUse(visitOf(request).operator, 'operate') && found.length > 0;
  const view = {
    states: choose(deliveryStates, filter.state),
    causes: choose(failureCauses, filter.cause),
    editions: choose(
      cut.flatMap(({ name }) => name ?? []),
      edition,
    ),
    domain: filter.domain ?? '',
    address: filter.address ?? '',
    deliveries: found.map(viewDelivery),
    ...(reachedId ? { reachedId } : {}),
    ...(goesOnAt ? { moreLink: `/admin/deliveries?${asked}&before=${goesOnAt}` } : {}),
    ...(mayResend && asked.size > 0 ? { resendLink: `/admin/resend?kind=filter&${asked}` } : {}),
    relays: await listRelays(site.outside),
  };
  return replyWithDesk(request, reply, {
    site,
    page: 'desk/deliveries',
    title: 'Deliveries',
    view,
  });
}

async function showOne(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, delivery }: { site: Site; delivery: ListedDelivery },
): Promise<FastifyReply> {
  const { outside } = site;
  const { id, kind, state } = delivery;
  const letter = await renderShown(outside, id);
  const post = kind === 'post' ? await tellPost(outside, id) : undefined;
  const attempts = await outside.store.overview.listAttempts(id);
  const mayOperate = mayUse(visitOf(request).operator, 'operate');
  const line = viewDelivery(delivery);
  const view = {
    formToken: formTokenFor(request),
    id,
    address: line.address,
    state: line.state,
    facts: factsOf(delivery, line.of),
    attempts: attempts.map(viewAttempt),
    ...linkReader(delivery),
    ...(mayOperate && (kind === 'digest' || state === 'deferred')
      ? { resendLink: `/admin/resend?kind=delivery&delivery=${id}` }
      : {}),
    ...(mayOperate && state === 'in_doubt'
      ? { resolveAction: `/admin/deliveries/${id}/resolve` }
      : {}),
    ...(post ? { post } : {}),
    ...(letter ? { message: { subject: letter.subject, text: letter.text } } : {}),
  };
  const page = 'desk/delivery';
  return replyWithDesk(request, reply, { site, page, title: `Delivery ${id}`, view });
}

/** Where the page of its reader is, or of its channel. */
function linkReader({ kind, address, subscriptionId }: ListedDelivery): { readerLink?: string } {
  const channel = kind === 'post' && address ? nameOfChannel(address) : undefined;
  if (channel !== undefined) return { readerLink: `/admin/channels/${channel}` };
  return subscriptionId ? { readerLink: `/admin/subscribers/${subscriptionId}` } : {};
}

function factsOf(delivery: ListedDelivery, of: string) {
  const { messageId, refersTo, composedAt, acceptedAt, nextAt } = delivery;
  return [
    { name: 'Of', value: of },
    { name: 'Message-ID', value: messageId },
    ...(refersTo ? [{ name: 'Refers to', value: refersTo }] : []),
    { name: 'Composed', value: timeOf(composedAt) },
    ...(acceptedAt ? [{ name: 'Accepted', value: timeOf(acceptedAt) }] : []),
    ...(nextAt ? [{ name: 'Next try', value: timeOf(nextAt) }] : []),
  ];
}

function viewAttempt(attempt: ListedAttempt) {
  const { startedAt, relay, outcome, code, enhancedCode, reply } = attempt;
  const said = [code, enhancedCode, reply].filter(Boolean).join(' ') || 'nothing was read';
  return { when: timeOf(startedAt), relay, outcome: outcome.replace('_', ' '), said };
}
