import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { type Edition, tellDraft, tellState } from '../../core/edition/edition.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import { viewPaper } from '../../core/letter/paper-views.ts';
import { tellStandstill } from '../../core/letter/standstill.ts';
import { countOf } from '../../core/text/words.ts';
import { english } from '../../core/words/words.ts';
import { refuseEdition, releaseEdition } from '../../steps/editions/approve.ts';
import { cutNow } from '../../steps/editions/cut.ts';
import { sendTest } from '../../steps/editions/test.ts';
import { OrderRefused } from '../../steps/order-refused.ts';
import { planWork } from '../../steps/plan.ts';
import { replyWithMessage } from '../errors.ts';
import { readAddress, textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { cancelEdition, isStopped, tellCancelling } from './cancel.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';
import { toneOf } from './today-view.ts';

const LISTED = 60;

type ByName = { Params: { name: string } };
type Form = ByName & { Body: Record<string, unknown> | undefined };
/** What is said above a page after an order. */
interface Said {
  readonly status?: string;
  readonly error?: string;
}

/** `/admin/editions`: each edition, those that wait for an operator, tests, and a cut by hand. */
export function registerEditions(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.get<{ Querystring: { before?: string } }>('/admin/editions', (request, reply) =>
    showList(request, reply, site),
  );

  desk.post('/admin/editions/cut', async (request, reply) => {
    const actor = actorOf(visitOf(request).operator);
    const report = await cutNow(outside);
    if (report.kind !== 'released' && report.kind !== 'held') {
      return reply.redirect('/admin/editions/draft', 303);
    }
    const subject = `edition ${report.name}`;
    const entry = { at: outside.now(), actor, action: 'cut', subject, detail: {} };
    await outside.store.records.recordAudit(entry);
    await planWork(outside);
    return reply.redirect(`/admin/editions/${report.name}`, 303);
  });

  desk.get<ByName>('/admin/editions/:name', (request, reply) =>
    showOne(request, reply, { site, name: request.params.name }),
  );

  desk.post<Form>('/admin/editions/:name/decide', async (request, reply) => {
    const { name } = request.params;
    const reason = textOf(request.body?.['reason']).trim().slice(0, 500);
    const actor = actorOf(visitOf(request).operator);
    const decision = { edition: name, actor, ...(reason ? { reason } : {}) };
    const act = request.body?.['do'] === 'refuse' ? refuseEdition : releaseEdition;
    const error = await refusalOf(() => act(outside, decision));
    if (error) return showOne(request, reply, { site, name, said: { error } });
    return reply.redirect(`/admin/editions/${name}`, 303);
  });

  desk.post<Form>('/admin/editions/:name/cancel', async (request, reply) => {
    const { name } = request.params;
    const said = await cancelEdition(site, request, name);
    return showOne(request, reply, { site, name, said });
  });

  desk.post<Form>('/admin/editions/:name/test', async (request, reply) => {
    const { name } = request.params;
    const said = await test(site, request, name);
    return showOne(request, reply, { site, name, said });
  });
}

/** Sends a test of an edition, or of the draft, to the address that was typed; what came of it. */
export async function test(site: Site, request: FastifyRequest, edition: string): Promise<Said> {
  const body = (request.body ?? {}) as Record<string, unknown>;
  const to = readAddress(body['to']);
  if ('error' in to) return { error: `To: ${to.error}` };
  const as = textOf(body['as']).trim() || undefined;
  const actor = actorOf(visitOf(request).operator);
  const order = { edition, to: to.address, as, actor };
  let deliveryId = 0;
  const error = await refusalOf(async () => {
    deliveryId = await sendTest(site.outside, order);
  });
  const status = `A test is on its way to ${to.address.address}: delivery ${deliveryId}.`;
  return error ? { error } : { status };
}

/** Why something was refused, as a sentence; undefined where it was done. */
export async function refusalOf(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof OrderRefused)) throw error;
    return `${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`;
  }
}

/** How an edition is stopped by itself; undefined where it is not. */
function stopOf(
  id: number,
  pauses: readonly { readonly editionId: number | null; readonly cancels: boolean }[],
): string | undefined {
  const own = pauses.filter(({ editionId }) => editionId === id);
  if (own.length === 0) return undefined;
  return own.some(({ cancels }) => cancels) ? 'cancelled' : 'paused';
}

async function showList(
  request: FastifyRequest<{ Querystring: { before?: string } }>,
  reply: FastifyReply,
  site: Site,
): Promise<FastifyReply> {
  const { store } = site.outside;
  const beforeId = idOf(request.query.before ?? '') || undefined;
  const editions = await store.overview.listEditions({ beforeId, most: LISTED });
  const pauses = await store.pauses.listActive();
  const draft = await store.editions.findDraft();
  const waiting = draft ? await store.papers.countOfEdition(draft.id) : 0;
  const last = editions.length === LISTED ? editions.at(-1) : undefined;
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    draft: tellDraft({ papers: waiting, cutDueAt: draft?.cutDueAt ?? null }, site.outside.now()),
    editions: editions.map((edition) => ({
      name: edition.name,
      link: `/admin/editions/${edition.name}`,
      papers: countOf(edition.papers, 'paper'),
      state: edition.passedBecause ? 'not sent' : (stopOf(edition.id, pauses) ?? edition.state),
      tone: edition.state === 'held' ? 'doubt' : '',
      isSample: edition.isSample,
    })),
    ...(last ? { moreLink: `/admin/editions?before=${last.id}` } : {}),
  };
  return replyWithDesk(request, reply, { site, page: 'desk/editions', title: 'Editions', view });
}

async function showOne(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, name, said = {} }: { site: Site; name: string; said?: Said },
): Promise<FastifyReply> {
  const { store } = site.outside;
  const edition = await store.editions.findByName(name);
  const [texts] = edition ? await store.editions.listTexts([edition.id]) : [];
  if (!edition || !texts) return replyWithMessage(reply, site, 404);
  const { operator } = visitOf(request);
  const mayOperate = mayUse(operator, 'operate');
  const cancelling = mayOperate ? await tellCancelling(site.outside, edition) : undefined;
  const view = {
    ...said,
    formToken: formTokenFor(request),
    mayOperate,
    here: `/admin/editions/${name}`,
    name,
    isHeld: edition.state === 'held',
    facts: await factsOf(site, edition),
    states: await countStates(site, edition),
    mailLink: `/admin/templates?edition=${encodeURIComponent(name)}`,
    ...(edition.releasedAt ? { webLink: `/editions/${name}` } : {}),
    ...(edition.releasedAt && mayUse(operator, 'resend_all')
      ? { correctLink: `/admin/resend?kind=correction&edition=${encodeURIComponent(name)}` }
      : {}),
    isStopped: mayOperate && (await isStopped(site.outside, edition)),
    ...(cancelling ? { cancelling } : {}),
    to: operator.address ?? '',
    groups: texts.groups
      .map((group) => sayGroup(group, english))
      .map(({ number, label, overview }) => ({
        label,
        overview,
        papers: texts.papers
          .filter(({ groupNumber }) => groupNumber === number)
          .map((paper) => ({ ...viewPaper(paper, english), isPicked: paper.pick !== null })),
      })),
  };
  const title = `Edition ${name}`;
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/edition', title, view, status });
}

async function factsOf({ outside }: Site, edition: Edition) {
  const { store } = outside;
  const [named] = await store.editions.listNames([edition.id]);
  const { hidden } = await store.marks.countOfEdition(edition.id);
  const { cutAt, releasedAt, isSample } = edition;
  const pauses = await store.pauses.listActive();
  const stopped = pauses.filter(({ editionId }) => editionId === edition.id);
  return [
    { name: 'State', value: tellState(edition, stopped[0]) },
    ...stopped.map((pause) => ({ name: 'Stands still', value: tellStandstill(pause) })),
    { name: 'Papers', value: `${named?.papers ?? 0}${hidden > 0 ? `, ${hidden} hidden` : ''}` },
    ...(cutAt ? [{ name: 'Cut', value: timeOf(cutAt) }] : []),
    ...(releasedAt ? [{ name: 'Released', value: timeOf(releasedAt) }] : []),
    ...(isSample ? [{ name: 'Sample', value: 'it came with the software' }] : []),
  ];
}

async function countStates({ outside }: Site, { id, name }: Edition) {
  const counts = await outside.store.deliveries.countByStateOfEdition(id);
  return counts.map(({ state, cause, count }) => {
    const query = new URLSearchParams({ edition: name ?? '', state, ...(cause ? { cause } : {}) });
    const { label, tone } = toneOf(state);
    return {
      label: cause ? `${label} (${cause})` : label,
      tone,
      count,
      link: `/admin/deliveries?${query}`,
    };
  });
}
