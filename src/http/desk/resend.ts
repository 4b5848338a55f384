import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { fates, type ResendScope, reachesEveryone } from '../../core/letter/resend.ts';
import { planResend, type ResendPlan } from '../../steps/resend/plan.ts';
import { pressResend, readPress } from '../../steps/resend/press.ts';
import { findScope, ResendRefused, type ResendWish } from '../../steps/resend/scope.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { type FilterQuery, readFilter } from './deliveries.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { replyForbidden, visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';

type Asked = FilterQuery;

/** `/admin/resend`: counts and samples first, then the button, then what came of it. */
export function registerResend(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const refuse = (request: FastifyRequest, reply: FastifyReply, error: unknown) => {
    if (!(error instanceof ResendRefused)) throw error;
    const said = `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
    const view = { formToken: formTokenFor(request), title: 'Resend', error: said, reason: '' };
    const shown = { site, page: 'desk/resend', title: 'Resend', view, status: 400 } as const;
    return replyWithDesk(request, reply, shown);
  };

  desk.get<{ Querystring: Asked }>('/admin/resend', async (request, reply) => {
    const { query } = request;
    if (query['kind'] === 'correction' && !query['note']) return askNote(request, reply, site);
    try {
      const scope = await findScope(outside, wishOf(query));
      const plan = await planResend(outside, scope);
      const title = titleOf(scope);
      const formToken = formTokenFor(request);
      const right = reachesEveryone(scope) ? 'resend_all' : 'operate';
      const mayPress = plan.going > 0 && mayUse(visitOf(request).operator, right);
      const shown = { ...viewPlan(plan, query), mayPress };
      const view = { formToken, title, reason: '', plan: shown };
      return replyWithDesk(request, reply, { site, page: 'desk/resend', title, view });
    } catch (error) {
      return refuse(request, reply, error);
    }
  });

  desk.post<{ Body: Asked | undefined }>('/admin/resend', async (request, reply) => {
    const asked = request.body ?? {};
    const { operator } = visitOf(request);
    try {
      const scope = await findScope(outside, wishOf(asked));
      if (reachesEveryone(scope) && !mayUse(operator, 'resend_all')) {
        return replyForbidden(reply, site);
      }
      const { pressId } = await pressResend(outside, {
        scope,
        key: textOf(asked['key']),
        asOf: idOf(asked['asOf'] ?? ''),
        allowsCopies: asked['copies'] === 'yes',
        reason: textOf(asked['reason']),
        actor: actorOf(operator),
      });
      return reply.redirect(`/admin/resend/${pressId}`, 303);
    } catch (error) {
      return refuse(request, reply, error);
    }
  });

  desk.get<{ Params: { id: string } }>('/admin/resend/:id', async (request, reply) => {
    const press = await outside.store.presses.find(idOf(request.params.id));
    if (!press) return replyWithMessage(reply, site, 404);
    const { isEnded, left, fates: counts } = await readPress(outside, press.id);
    const title = titleOf(press.scope);
    const view = {
      title,
      facts: [
        { name: 'Pressed by', value: press.actor },
        { name: 'When', value: timeOf(press.at) },
        { name: 'Why', value: press.reason },
        { name: 'Second copies', value: press.allowsCopies ? 'allowed' : 'not allowed' },
      ],
      isEnded,
      left,
      fates: counts.map(({ fate, count }) => ({ count, words: fates[fate] })),
    };
    return replyWithDesk(request, reply, { site, page: 'desk/press', title, view });
  });
}

/** What is asked for, out of the form that the plan came from. */
function wishOf(asked: Asked): ResendWish {
  const edition = textOf(asked['edition']);
  switch (asked['kind']) {
    case 'delivery':
      return { kind: 'delivery', delivery: idOf(asked['delivery'] ?? '') };
    case 'failed':
    case 'in_doubt':
      return { kind: asked['kind'], edition };
    case 'deferred':
      return { kind: 'deferred', edition: edition || undefined };
    case 'reader':
      return { kind: 'reader', edition, address: textOf(asked['address']) };
    case 'correction':
      return { kind: 'correction', edition, note: textOf(asked['note']) };
    case 'filter':
      return { kind: 'filter', filter: readFilter(asked) };
    default:
      throw new ResendRefused('say what to resend: come here from a delivery, a list or Today');
  }
}

function titleOf(scope: ResendScope): string {
  switch (scope.kind) {
    case 'delivery':
      return `Resend delivery ${scope.delivery}`;
    case 'failed':
      return `Resend all of ${scope.edition} that failed`;
    case 'in_doubt':
      return `Resend all of ${scope.edition} in doubt`;
    case 'deferred':
      return 'Try now what waits for its next try';
    case 'reader':
      return `Resend ${scope.edition} to one reader`;
    case 'correction':
      return `Correct ${scope.edition} to everyone`;
    case 'filter':
      return 'Resend what the filter shows';
  }
}

const carried = [
  'kind',
  'edition',
  'delivery',
  'address',
  'note',
  'state',
  'cause',
  'domain',
] as const;

/** The plan in words, with all that its button sends back; its key is that of this one page. */
function viewPlan(plan: ResendPlan, asked: Asked) {
  const { total, going, copies, asOf } = plan;
  const fields = carried.flatMap((name) => {
    const value = textOf(asked[name]);
    return value ? [{ name, value }] : [];
  });
  return {
    total,
    going,
    copies,
    fates: plan.fates.map(({ fate, count, samples }) => ({
      count,
      words: fates[fate],
      samples: samples.map(({ id, address }) => ({ id, address: address ?? '(erased)' })),
    })),
    fields: [
      ...fields,
      { name: 'asOf', value: String(asOf) },
      { name: 'key', value: randomUUID() },
    ],
  };
}

function askNote(
  request: FastifyRequest<{ Querystring: Asked }>,
  reply: FastifyReply,
  site: Site,
): FastifyReply {
  const edition = textOf(request.query['edition']);
  const title = `Correct ${edition} to everyone`;
  const note = { edition, text: '' };
  const view = { formToken: formTokenFor(request), title, reason: '', note };
  return replyWithDesk(request, reply, { site, page: 'desk/resend', title, view });
}
