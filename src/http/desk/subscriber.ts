import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { explainDate } from '../../core/letter/why.ts';
import { tellConsent } from '../../core/reader/consent-words.ts';
import { hashAddress } from '../../core/reader/keys.ts';
import { clockOf, isDate } from '../../core/reader/schedule.ts';
import { standingOf, standingWords } from '../../core/reader/standing.ts';
import { isPaused, type Subscription } from '../../core/reader/subscription.ts';
import { nameDays } from '../../core/reader/weekdays.ts';
import { languages } from '../../core/words/languages.ts';
import { listDeliveries } from '../../steps/desk/list-deliveries.ts';
import { pauseReader } from '../../steps/desk/readers.ts';
import { previewEdition } from '../../steps/digests/view.ts';
import { gatherDate } from '../../steps/digests/why.ts';
import { eraseReader, exportReader } from '../../steps/readers/private.ts';
import { liftedWords, liftSuppression, suppressAddress } from '../../steps/readers/suppress.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { replyWithMail } from './deliveries.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { viewDelivery } from './lines.ts';
import { giveOrder } from './order.ts';
import { idOf } from './sign-in.ts';
import { readOrder } from './suppressions.ts';

const EXPLAINED = 7;
const MAILS = 30;
const EDITIONS = 30;

type Query = { Querystring: Record<string, string | undefined> };
type ById = { Params: { id: string } };
type Form = { Body: Record<string, unknown> | undefined };

/** `/admin/subscribers/:id`: one reader, what went to them and why not, and what can be done for them. */
export function registerSubscriber(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  const find = (id: string) => outside.store.subscribers.find(idOf(id));

  desk.get<ById & Query>('/admin/subscribers/:id', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const status = statuses[request.query['done'] ?? ''];
    const asked = textOf(request.query['date']);
    return show(request, reply, { site, reader, asked, status });
  });

  desk.get<ById & Query>('/admin/subscribers/:id/preview', async (request, reply) => {
    const reader = await find(request.params.id);
    const edition = await outside.store.editions.findByName(textOf(request.query['edition']));
    if (!reader || !edition) return replyWithMessage(reply, site, 404);
    const letter = await previewEdition(outside, edition.id, reader, 'shown');
    if (!letter) {
      const reason = 'Nothing in this edition matches what they follow.';
      return replyWithMail(reply, `<!doctype html><title>Nothing</title><p>${reason}</p>`);
    }
    return replyWithMail(reply, letter.html);
  });

  // A form of the reader's page leads on to the plan.
  desk.get<ById & Query>('/admin/subscribers/:id/resend', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const edition = textOf(request.query['edition']);
    const wish = new URLSearchParams({ kind: 'reader', edition, address: reader.address });
    return reply.redirect(`/admin/resend?${wish}`, 303);
  });

  desk.post<ById & Form>('/admin/subscribers/:id/pause', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const date = textOf(request.body?.['until']);
    if (date && !isDate(date)) return replyWithMessage(reply, site, 400);
    const until = date || null;
    const actor = actorOf(visitOf(request).operator);
    const isDone = await pauseReader(outside, { subscriptionId: reader.id, until, actor });
    const done = isDone ? 'saved' : 'left';
    return reply.redirect(`/admin/subscribers/${reader.id}?done=${done}`, 303);
  });

  desk.post<ById>('/admin/subscribers/:id/link', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const args = { address: String(reader.id) };
    const done = await giveOrder(site, request, { name: 'subscribers link', args });
    const said = 'error' in done ? { error: done.error } : { status: statuses['link'] };
    return show(request, reply, { site, reader, asked: '', ...said });
  });

  // To take along what is kept of a person is written down: it is no mere looking.
  desk.post<ById>('/admin/subscribers/:id/export', async (request, reply) => {
    const id = idOf(request.params.id);
    const data = await exportReader(outside, id);
    if (!data) return replyWithMessage(reply, site, 404);
    const actor = actorOf(visitOf(request).operator);
    const entry = { at: outside.now(), actor, action: 'export', detail: {} };
    await outside.store.records.recordAudit({ ...entry, subject: `subscription ${id}` });
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="subscriber-${id}.json"`)
      .send(JSON.stringify(data, null, 2));
  });

  desk.post<ById & Form>('/admin/subscribers/:id/suppress', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const typed = { address: reader.address, reason: textOf(request.body?.['reason']) };
    const actor = actorOf(visitOf(request).operator);
    const order = readOrder(typed, actor);
    if (!('fault' in order)) await suppressAddress(outside, order);
    const done = 'fault' in order ? 'why' : 'suppressed';
    return reply.redirect(`/admin/subscribers/${reader.id}?done=${done}`, 303);
  });

  desk.post<ById & Form>('/admin/subscribers/:id/lift', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const typed = { address: reader.address, reason: textOf(request.body?.['reason']) };
    const order = readOrder(typed, actorOf(visitOf(request).operator));
    const done = 'fault' in order ? 'why' : await liftSuppression(outside, order);
    return reply.redirect(`/admin/subscribers/${reader.id}?done=${done}`, 303);
  });

  desk.post<ById & Form>('/admin/subscribers/:id/erase', async (request, reply) => {
    const reader = await find(request.params.id);
    if (!reader) return replyWithMessage(reply, site, 404);
    const typed = textOf(request.body?.['address']).trim().toLowerCase();
    if (typed !== reader.address.toLowerCase()) {
      return reply.redirect(`/admin/subscribers/${reader.id}?done=other`, 303);
    }
    await eraseReader(outside, reader.id, actorOf(visitOf(request).operator));
    return reply.redirect('/admin/subscribers', 303);
  });
}

const statuses: Readonly<Record<string, string>> = {
  saved: 'Saved.',
  link: 'The link to their preferences is on its way to them.',
  added: 'They are subscribed.',
  left: 'They are not subscribed: there is nothing to pause.',
  suppressed: 'They get no mail any more.',
  ...liftedWords,
  none: 'Their address was not suppressed.',
  why: 'Nothing was changed: say why, for the audit.',
  other: 'Nothing was erased: that was another address.',
};

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  given: {
    site: Site;
    reader: Subscription;
    asked: string;
    status?: string | undefined;
    error?: string;
  },
): Promise<FastifyReply> {
  const { site, reader, asked, status, error } = given;
  const { store, now } = site.outside;
  const { id, address, state } = reader;
  const { items: sent } = await listDeliveries(site.outside, { address }, { most: MAILS });
  const editions = await store.editions.listShown(EDITIONS);
  const hash = hashAddress(site.outside.keys, address.toLowerCase());
  const suppression = await store.records.findSuppression(hash);
  const standing = standingOf(reader, { now: now(), isSuppressed: suppression !== undefined });
  const consents = await store.consents.listOfSubscriber(reader.subscriberId);
  const pausedUntil = isPaused(reader, now()) ? reader.pausedUntil : null;
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    here: `/admin/subscribers/${id}`,
    ...(status ? { status } : {}),
    ...(error ? { error } : {}),
    address,
    standing,
    means: standingWords[standing],
    isSubscribed: state === 'active',
    consents: consents.map(tellConsent),
    ...(suppression
      ? { suppressed: `since ${timeOf(suppression.at)} (${suppression.reason})` }
      : {}),
    facts: factsOf({ ...reader, pausedUntil }),
    deliveries: sent.map(viewDelivery),
    editions: editions.map(({ name }, at) => ({ value: name, label: name, isChosen: at === 0 })),
    pausedUntil: pausedUntil ?? '',
    asked,
    days: await explainDays(site, reader, asked),
  };
  const shown = { site, page: 'desk/subscriber', title: address, view } as const;
  return replyWithDesk(request, reply, { ...shown, status: error ? 409 : 200 });
}

/** Why they did or did not get mail: on the date asked for, or on their last ones. */
async function explainDays({ outside }: Site, reader: Subscription, asked: string) {
  const isAsked = isDate(asked);
  const due = isAsked ? [] : await outside.store.rounds.listOfSubscription(reader.id);
  const dates = isAsked ? [asked] : due.slice(0, EXPLAINED).map((day) => day.localDate);
  const address = { address: reader.address, key: reader.address.toLowerCase() };
  const days = [];
  for (const date of dates) {
    const [, ...lines] = explainDate(await gatherDate(outside, { address, date }));
    days.push({ date, lines });
  }
  return days;
}

/** Which announcements a reader takes, in words. */
const announced: Readonly<Record<Subscription['announcements'], string>> = {
  none: 'no announcements',
  service: 'announcements about the service',
  all: 'all announcements',
};

function factsOf(reader: Subscription) {
  const { profile, schedule, papersPerDigest, confirmedAt, pausedUntil, endedAt } = reader;
  const words = (list: readonly string[]) => list.join(', ') || 'none';
  return [
    { name: 'Fields', value: words(profile.fields) },
    { name: 'Topics', value: words(profile.topics) },
    { name: 'Authors', value: words(profile.authors) },
    { name: 'Never', value: words(profile.exclude) },
    {
      name: 'When',
      value: `${nameDays(schedule.days)} at ${clockOf(schedule.minuteOfDay)}, ${schedule.zone}`,
    },
    { name: 'Papers', value: `at most ${papersPerDigest} a mail` },
    {
      name: 'Language',
      value: profile.language ? languages[profile.language].name : 'that of the site',
    },
    { name: 'Besides', value: announced[reader.announcements] },
    ...(confirmedAt ? [{ name: 'Reads since', value: timeOf(confirmedAt) }] : []),
    ...(pausedUntil ? [{ name: 'Paused until', value: pausedUntil }] : []),
    ...(endedAt ? [{ name: 'Left', value: `${timeOf(endedAt)}, ${reader.endReason ?? ''}` }] : []),
  ];
}
