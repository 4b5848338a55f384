import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actInCircle, type CircleAct } from '../../steps/circles/act.ts';
import { type Entered, enterCircle } from '../../steps/circles/enter.ts';
import { cancelMeeting, setMeeting, type TypedMeeting } from '../../steps/circles/meet.ts';
import { type NamedFor, sayOfPaper } from '../../steps/circles/say.ts';
import type { Visitor } from '../../steps/readers/session.ts';
import { refuseVisitor } from '../acting/refused.ts';
import { actingOf, askToSignIn, isOwnForm, visitorOf } from '../acting/visitor.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { numberOf } from './mark.ts';
import { sendCalendar } from './programs.ts';
import { type TypedInCircle, viewCircle } from './view.ts';
import { showWeek } from './week.ts';

type Fields = Readonly<Record<string, unknown>>;
interface CircleRoute {
  Params: { id: string };
  Body: Fields | undefined;
}

type WeekRoute = { Params: { id: string; week: string } };

/** `/circles/:id`: what a circle reads, who is in it, and what each may do there. */
export function registerCircle(app: FastifyInstance, site: Site): void {
  const { prefix } = site;

  app.get<CircleRoute>('/circles/:id', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/circles/${numberOf(request.params.id) ?? ''}`);
    const entered = await enter(site, request, visitor);
    return entered ? show(reply, site, visitor, entered) : replyWithMessage(reply, site, 404);
  });

  app.get<CircleRoute>('/circles/:id/meetings.ics', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    const entered = visitor && (await enter(site, request, visitor));
    if (!visitor || !entered || entered.member.setAsideAt)
      return replyWithMessage(reply, site, 404);
    return sendCalendar(reply, speakTo(site, visitor.reader), entered.circle);
  });

  app.get<WeekRoute>('/circles/:id/weeks/:week', async (request, reply) => {
    const { id, week } = request.params;
    const visitor = await visitorOf(site, request);
    if (!visitor) {
      return askToSignIn(reply, site, `/circles/${numberOf(id) ?? ''}/weeks/${week}`);
    }
    const entered = await enter(site, request, visitor);
    if (!entered) return replyWithMessage(reply, site, 404);
    const own = speakTo(site, visitor.reader);
    const base = `${prefix}/circles/${entered.circle.id}/weeks`;
    return showWeek(reply, own, { ...entered, zone: visitor.reader.schedule.zone }, { week, base });
  });

  app.post<CircleRoute>('/circles/:id', async (request, reply) => {
    const visitor = await visitorOf(site, request);
    if (!visitor) return askToSignIn(reply, site, `/circles/${numberOf(request.params.id) ?? ''}`);
    const entered = await enter(site, request, visitor);
    if (!entered) return replyWithMessage(reply, site, 404);
    if (!isOwnForm(request, visitor)) return show(reply, site, visitor, entered);
    const refused = await refuseVisitor(site, request, reply, visitor);
    if (refused) return refused;
    return act(site, request, reply, { visitor, entered });
  });

  async function act(
    own: Site,
    request: FastifyRequest<CircleRoute>,
    reply: FastifyReply,
    { visitor, entered }: { visitor: Visitor; entered: Entered },
  ): Promise<FastifyReply> {
    const fields = request.body ?? {};
    const by = { ...actingOf(visitor, request), circleId: entered.circle.id };
    const here = `${prefix}/circles/${by.circleId}`;
    const said = readSaid(fields);
    if (said) {
      const done = await sayOfPaper(own.outside, by, { circleId: by.circleId, ...said });
      if (!('fault' in done)) return reply.redirect(here, 303);
      const typed = 'typed' in said.paper ? { ...said.paper, line: said.line } : {};
      return show(reply, own, visitor, entered, { ...typed, error: done.fault });
    }
    const meeting = readMeetingForm(fields);
    if (meeting) {
      const { zone } = visitor.reader.schedule;
      const met =
        meeting === 'cancel'
          ? await cancelMeeting(own.outside, by)
          : await setMeeting(own.outside, { ...by, zone }, meeting);
      if (met) return show(reply, own, visitor, entered, { error: met.fault });
      return reply.redirect(here, 303);
    }
    const wanted = readAct(fields);
    if (!wanted) return replyWithMessage(reply, own, 400);
    const fault = await actInCircle(own.outside, by, wanted);
    if (fault) return show(reply, own, visitor, entered, { error: fault.fault });
    const isGone = wanted.act === 'leave' || wanted.act === 'forget';
    return reply.redirect(isGone ? `${prefix}/circles` : here, 303);
  }
}

async function enter(
  { outside }: Site,
  { params }: FastifyRequest<{ Params: { id: string } }>,
  { reader }: Visitor,
): Promise<Entered | undefined> {
  const id = numberOf(params.id);
  return id === undefined ? undefined : enterCircle(outside.store, id, reader.subscriberId);
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  visitor: Visitor,
  entered: Entered,
  typed: TypedInCircle = {},
): Promise<FastifyReply> {
  const site = speakTo(unspoken, visitor.reader);
  const view = await viewCircle(site, visitor, entered, typed);
  const title = entered.circle.name;
  const status = typed.error ? 400 : 200;
  return replyWithPage(reply, site, { page: 'circle', title, view, status });
}

function readSaid(fields: Fields): { paper: NamedFor; line: string } | undefined {
  if (fields['act'] !== 'say') return undefined;
  const of = numberOf(fields['of']);
  const paper = of === undefined ? { typed: textOf(fields['typed']) } : { of };
  return { paper, line: textOf(fields['line']) };
}

function readMeetingForm(fields: Fields): TypedMeeting | 'cancel' | undefined {
  if (fields['act'] === 'cancel_meeting') return 'cancel';
  const paper = numberOf(fields['of']);
  if (fields['act'] !== 'meet' || paper === undefined) return undefined;
  const [date, time, place] = ['date', 'time', 'place'].map((name) => textOf(fields[name]));
  return { paper, date: date ?? '', time: time ?? '', place: place ?? '' };
}

const bare = [
  'leave',
  'forget',
  'come_back',
  'renew_feed',
  'invite',
  'end_invitation',
  'close',
] as const;
const onMembers = ['hand', 'take_out', 'unmute'] as const;
const onNotes = ['take_back', 'report', 'take_down'] as const;

function readAct(fields: Fields): CircleAct | undefined {
  const muted = numberOf(fields['mute']);
  if (muted !== undefined) return { act: 'mute', member: muted };
  const named = fields['act'];
  const act = bare.find((each) => each === named);
  if (act) return { act };
  const onMember = onMembers.find((each) => each === named);
  const member = numberOf(fields['member']);
  if (onMember && member !== undefined) return { act: onMember, member };
  const onNote = onNotes.find((each) => each === named);
  const note = numberOf(fields['note']);
  return onNote && note !== undefined ? { act: onNote, note } : undefined;
}
