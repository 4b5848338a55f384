import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { parseAddress } from '../../core/reader/address.ts';
import { type SuppressionReason, suppressionReasons } from '../../core/reader/sign-up.ts';
import {
  findReasonFault,
  liftedWords,
  liftSuppression,
  listSuppressions,
  type NamedSuppression,
  type SuppressionOrder,
  suppressAddress,
} from '../../steps/readers/suppress.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';

const LISTED = 100;

type Query = { Querystring: Record<string, string | undefined> };
type Form = { Body: Record<string, unknown> | undefined };
/** What is said above the list, and what stands in the form. */
interface Said {
  readonly status?: string;
  readonly error?: string;
  readonly address?: string;
  readonly why?: string;
}

/** `/admin/suppressions`: the standing orders not to mail an address; add and lift one. */
export function registerSuppressions(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  desk.get<Query>('/admin/suppressions', (request, reply) => show(request, reply, { site }));

  desk.post<Form>('/admin/suppressions', async (request, reply) => {
    const { body = {} } = request;
    const typed = {
      address: textOf(body['address']).trim(),
      reason: textOf(body['reason']).trim(),
    };
    const fill = { address: typed.address, why: typed.reason };
    const order = readOrder(typed, actorOf(visitOf(request).operator));
    if ('fault' in order) {
      return show(request, reply, { site, said: { ...fill, error: order.fault } });
    }
    const { address } = order.address;
    if (body['do'] !== 'lift') {
      await suppressAddress(outside, order);
      return show(request, reply, { site, said: { status: `${address} gets no mail any more.` } });
    }
    const lifted = await liftSuppression(outside, order);
    if (lifted === 'none') {
      const error = `${address} is not suppressed.`;
      return show(request, reply, { site, said: { ...fill, error } });
    }
    const status = `${address} may be mailed again. ${liftedWords[lifted]}`;
    return show(request, reply, { site, said: { status } });
  });
}

/** Reads what was typed into a form that suppresses or lifts; what is wrong with it, in a sentence. */
export function readOrder(
  typed: { readonly address: string; readonly reason: string },
  actor: string,
): SuppressionOrder | { readonly fault: string } {
  const reason = typed.reason.trim();
  const fault = findReasonFault(reason);
  if (fault) return { fault: `The reason ${fault}.` };
  try {
    return { address: parseAddress(typed.address), reason, actor };
  } catch (error) {
    return { fault: `${(error as Error).message}.` };
  }
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const query = request.query as Query['Querystring'];
  const reason = suppressionReasons.find((each) => each === query['reason']) ?? null;
  const before = new Date(textOf(query['before']));
  const page = Number.isNaN(before.getTime()) ? {} : { before };
  const listed = await listSuppressions(site.outside, { reason, most: LISTED, ...page });
  const last = listed.length === LISTED ? listed.at(-1) : undefined;
  const more = last && new URLSearchParams({ reason: reason ?? '', before: last.at.toISOString() });
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    address: '',
    why: '',
    ...said,
    reasons: choicesOf(reason),
    suppressions: listed.map(viewSuppression),
    ...(more ? { moreLink: `/admin/suppressions?${more}` } : {}),
  };
  const status = said.error ? 400 : 200;
  const title = 'Suppressions';
  return replyWithDesk(request, reply, { site, page: 'desk/suppressions', title, view, status });
}

const reasonWords: Readonly<Record<SuppressionReason, string>> = {
  bounce: 'mail bounced',
  complaint: 'they complained',
  operator: 'an operator said so',
  left_elsewhere: 'they left elsewhere',
};

function choicesOf(chosen: SuppressionReason | null) {
  return [
    { value: '', label: 'any', isChosen: chosen === null },
    ...suppressionReasons.map((value) => ({
      value,
      label: reasonWords[value],
      isChosen: value === chosen,
    })),
  ];
}

function viewSuppression({ address, subscriptionId, hash, reason, note, at }: NamedSuppression) {
  return {
    ...(address ? { address } : {}),
    ...(subscriptionId ? { link: `/admin/subscribers/${subscriptionId}` } : {}),
    hash: hash.slice(0, 12),
    reason: reasonWords[reason],
    note: note ?? '',
    when: timeOf(at),
  };
}
