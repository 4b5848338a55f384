import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { tellWho } from '../../commands/announcements.ts';
import { tellActor } from '../../core/desk/audit-words.ts';
import { mayUse } from '../../core/desk/operator.ts';
import {
  type AnnouncementState,
  LONGEST_BODY,
  LONGEST_SUBJECT,
  nameAnnouncement,
  stateOf,
} from '../../core/letter/announcement.ts';
import { forceScheme } from '../../core/letter/scheme.ts';
import { tellAnnounced } from '../../core/letter/warm-up-words.ts';
import { nameField } from '../../core/reader/field-names.ts';
import { fields } from '../../core/reader/fields.ts';
import { countOf } from '../../core/text/words.ts';
import { english } from '../../core/words/words.ts';
import {
  countReaders,
  foretellAnnouncement,
  previewAnnouncement,
} from '../../steps/announcements/write.ts';
import type { Announcement } from '../../store/ledger/announcements.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { replyWithMail } from './deliveries.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder, type Order } from './order.ts';
import { idOf } from './sign-in.ts';
import { toneOf } from './today-view.ts';

const LISTED = 50;
const HERE = '/admin/announcements';

type ById = { Params: { id: string } };
type Query = { Querystring: Record<string, string | undefined> };
type Form = { Body: Record<string, unknown> | undefined };

/** What stands in the form. */
interface Typed {
  readonly subject: string;
  readonly body: string;
  readonly about: string;
  readonly field: string;
  readonly address: string;
}

interface Said {
  readonly status?: string;
  readonly error?: string;
}

const nothing: Typed = { subject: '', body: '', about: 'service', field: '', address: '' };

/** `/admin/announcements`: what operators write to readers, from the first word to the last delivery. */
export function registerAnnouncements(desk: FastifyInstance, site: Site): void {
  const { store } = site.outside;
  desk.get<Query>(HERE, (request, reply) => showList(request, reply, site));
  registerWriting(desk, site);

  desk.get<ById>(`${HERE}/:id`, async (request, reply) => {
    const found = await store.announcements.find(idOf(request.params.id));
    return found ? showOne(request, reply, { site, found }) : replyWithMessage(reply, site, 404);
  });
  desk.get<ById & Query>(`${HERE}/:id/html`, async (request, reply) => {
    const found = await store.announcements.find(idOf(request.params.id));
    if (!found) return replyWithMessage(reply, site, 404);
    const { html } = previewAnnouncement(site.outside, found);
    const { scheme } = request.query;
    const isForced = scheme === 'light' || scheme === 'dark';
    return replyWithMail(reply, isForced ? forceScheme(html, scheme) : html);
  });

  desk.post<ById & Form>(`${HERE}/:id`, async (request, reply) => {
    const id = idOf(request.params.id);
    if (!(await store.announcements.find(id))) return replyWithMessage(reply, site, 404);
    const build = orders[textOf(request.body?.['do'])];
    if (!build) return replyWithMessage(reply, site, 400);
    const done = await giveOrder(site, request, build(id, Number(request.body?.['readers'])));
    const said =
      'error' in done ? { error: done.error } : { status: done.answer.lines[0] ?? 'Done.' };
    const found = await store.announcements.find(id);
    return found
      ? showOne(request, reply, { site, found, said })
      : replyWithMessage(reply, site, 404);
  });
}

/** What a button of the page of one asks for. */
const orders: Readonly<Record<string, (id: number, readers: number) => Order>> = {
  send: (id, readers) => ({ name: 'announcements send', args: { id, readers } }),
  discard: (id) => ({ name: 'announcements discard', args: { id } }),
  pause: (id) => ({ name: 'deliveries pause', args: { what: nameAnnouncement(id) } }),
  resume: (id) => ({ name: 'deliveries resume', args: { what: nameAnnouncement(id) } }),
  cancel: (id) => ({ name: 'deliveries cancel', args: { what: nameAnnouncement(id), yes: true } }),
};

/** `…/new` and `…/:id/edit`: the form that both are. */
function registerWriting(desk: FastifyInstance, site: Site): void {
  const { store } = site.outside;
  const right = { config: { right: 'operate' } } as const;

  desk.get(`${HERE}/new`, right, (request, reply) => showForm(request, reply, { site }));
  desk.post<Form>(`${HERE}/new`, (request, reply) => save(request, reply, { site }));
  desk.get<ById>(`${HERE}/:id/edit`, right, async (request, reply) => {
    const found = await findDraft(request.params.id);
    if (!found) return replyWithMessage(reply, site, 404);
    return showForm(request, reply, { site, id: found.id, typed: typedOf(found) });
  });
  desk.post<ById & Form>(`${HERE}/:id/edit`, async (request, reply) => {
    const found = await findDraft(request.params.id);
    if (!found) return replyWithMessage(reply, site, 404);
    return save(request, reply, { site, id: found.id });
  });

  async function findDraft(text: string): Promise<Announcement | undefined> {
    const found = await store.announcements.find(idOf(text));
    return found && stateOf(found) === 'draft' ? found : undefined;
  }
}

async function save(
  request: FastifyRequest<Form>,
  reply: FastifyReply,
  { site, id }: { site: Site; id?: number },
): Promise<FastifyReply> {
  const typed = readTyped(request.body);
  const { subject, body, about, field, address } = typed;
  const args = {
    ...(id === undefined ? {} : { id }),
    ...{ subject, body, other: about === 'other' },
    ...(field ? { field } : {}),
    ...(address ? { address } : {}),
  };
  const done = await giveOrder(site, request, { name: 'announcements write', args });
  if ('error' in done) {
    const errors = [done.error];
    return showForm(request, reply, { site, typed, errors, ...(id === undefined ? {} : { id }) });
  }
  const written = z.object({ id: z.number() }).parse(done.answer.data);
  return reply.redirect(`${HERE}/${written.id}`, 303);
}

function readTyped(body: Form['Body']): Typed {
  const text = (name: keyof Typed) => textOf(body?.[name]);
  return {
    subject: text('subject').trim(),
    body: text('body'),
    about: text('about'),
    field: text('field'),
    address: text('address').trim(),
  };
}

function typedOf({ subject, body, isService, audience }: Announcement): Typed {
  const { field = '', address = '' } = audience;
  return { subject, body, about: isService ? 'service' : 'other', field, address };
}

function showForm(
  request: FastifyRequest,
  reply: FastifyReply,
  shown: { site: Site; id?: number; typed?: Typed; errors?: readonly string[] },
): FastifyReply {
  const { site, id, typed = nothing, errors = [] } = shown;
  const here = id === undefined ? HERE : `${HERE}/${id}`;
  const title = id === undefined ? 'Write an announcement' : `Announcement ${id}`;
  const view = {
    formToken: formTokenFor(request),
    title,
    back: here,
    action: id === undefined ? `${HERE}/new` : `${here}/edit`,
    errors,
    subject: typed.subject,
    body: typed.body,
    isOther: typed.about === 'other',
    fields: [
      { value: '', label: 'All readers', isChosen: typed.field === '' },
      ...fields.map(({ id: value }) => ({
        value,
        label: `Who reads ${nameField(value, english)}`,
        isChosen: value === typed.field,
      })),
    ],
    address: typed.address,
    longestSubject: LONGEST_SUBJECT,
    longestBody: LONGEST_BODY,
  };
  const status = errors.length > 0 ? 409 : 200;
  return replyWithDesk(request, reply, {
    ...{ site, page: 'desk/announcement-form', title, view, status },
  });
}

async function showList(
  request: FastifyRequest<Query>,
  reply: FastifyReply,
  site: Site,
): Promise<FastifyReply> {
  const beforeId = idOf(textOf(request.query['before'])) || null;
  const found = await site.outside.store.announcements.list({ beforeId, most: LISTED + 1 });
  const shown = found.slice(0, LISTED);
  const last = found.length > LISTED ? shown.at(-1) : undefined;
  const view = {
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    announcements: shown.map((row) => ({
      link: `${HERE}/${row.id}`,
      subject: row.subject,
      ...toned[stateOf(row)],
      when: timeOf(row.releasedAt ?? row.writtenAt),
      readers: row.readers === null ? '' : countOf(row.readers, 'reader'),
    })),
    ...(last ? { moreLink: `${HERE}?before=${last.id}` } : {}),
  };
  const title = 'Announcements';
  return replyWithDesk(request, reply, { site, page: 'desk/announcements', title, view });
}

/** How a state is said, and in which colour. */
const toned: Readonly<
  Record<AnnouncementState, { readonly state: string; readonly tone: string }>
> = {
  draft: { state: 'not sent', tone: 'doubt' },
  discarded: { state: 'put aside', tone: 'none' },
  sending: { state: 'on its way', tone: 'none' },
  sent: { state: 'sent', tone: 'accepted' },
  cancelled: { state: 'cancelled', tone: 'failed' },
};

async function showOne(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, found, said = {} }: { site: Site; found: Announcement; said?: Said },
): Promise<FastifyReply> {
  const { outside } = site;
  const state = stateOf(found);
  const isDraft = state === 'draft';
  const letter = previewAnnouncement(outside, found);
  const outcomes = await outside.store.announcements.countOutcomes(found.id);
  const count = isDraft ? await countReaders(outside, found) : (found.readers ?? 0);
  const foretold = await foretellAnnouncement(outside, found);
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    ...said,
    here: `${HERE}/${found.id}`,
    id: found.id,
    subject: letter.subject,
    facts: await factsOf(site, found, { count, lastOn: foretold?.lastOn }),
    isDraft,
    readers: count,
    readersInWords: countOf(count, 'reader'),
    isSending: state === 'sending' && found.pausedBy === null,
    isPaused: found.pausedBy !== null,
    isOpen: state === 'sending',
    ...(foretold ? { turns: tellAnnounced(foretold) } : {}),
    states: outcomes.map((each) => viewOutcome(each)),
    text: letter.text,
  };
  const title = `Announcement ${found.id}`;
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/announcement', title, view, status });
}

async function factsOf(
  { outside }: Site,
  found: Announcement,
  { count, lastOn }: { count: number; lastOn: string | undefined },
) {
  const complaints = await outside.store.announcements.countComplaints(found.id);
  const { releasedAt, releasedBy, pausedBy } = found;
  return [
    { name: 'State', value: toned[stateOf(found)].state },
    { name: 'For', value: tellWho(found) },
    ...(releasedAt
      ? [
          {
            name: 'Sent',
            value: `${timeOf(releasedAt)} by ${tellActor(releasedBy ?? '')}, to ${count}`,
          },
        ]
      : [
          { name: 'Written', value: `${timeOf(found.writtenAt)} by ${tellActor(found.writtenBy)}` },
        ]),
    ...(found.waiting > 0 && lastOn
      ? [
          {
            name: 'In the warm-up',
            value: `${found.waiting} wait for their turn, the last about ${lastOn}`,
          },
        ]
      : []),
    ...(pausedBy ? [{ name: 'Stands still', value: pausedBy }] : []),
    ...(complaints > 0 ? [{ name: 'Called spam by', value: countOf(complaints, 'reader') }] : []),
  ];
}

function viewOutcome({
  state,
  cause,
  count,
}: Awaited<ReturnType<Site['outside']['store']['announcements']['countOutcomes']>>[number]) {
  const { label, tone } = toneOf(state);
  return { label: cause ? `${label} (${cause})` : label, tone, count };
}
