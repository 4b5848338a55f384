import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { endAlertAddress, findAlertAddress, openAlertAddress } from '../../steps/alerts/address.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { replyWithPage, type Site, speakTo } from '../site.ts';
import { noteAddress, viewAsked, viewConfirmation, viewMail } from './alert-lines.ts';
import type { Said } from './followed.ts';
import type { TokenRoute } from './token.ts';
import { findVisit, timeOf, type Visit } from './visit.ts';

const MOST_LISTED = 100;

type MailPress = TokenRoute & { Body: { id?: string; act?: string } | undefined };

/** `/private/:token/alerts`: a reader's address for alerts, and what came to it. */
export function registerAlerts(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  const showAlone = async (request: FastifyRequest<TokenRoute>, reply: FastifyReply) => {
    const visit = await findVisit(site, request.params.token);
    if (!visit) return replyWithMessage(reply, site, 410);
    return show(reply, site, visit, {});
  };
  app.get<TokenRoute>('/private/:token/alerts', showAlone);
  // Where a press left the reader, whose browser may open it again.
  app.get<TokenRoute>('/private/:token/alerts/mail', showAlone);

  app.post<TokenRoute & { Body: { act?: string; instead?: string } | undefined }>(
    '/private/:token/alerts',
    async (request, reply) => {
      const visit = await findVisit(site, request.params.token);
      if (!visit) return replyWithMessage(reply, site, 410);
      const said = await changeAddress(speakTo(site, visit.reader), visit, request.body);
      return show(reply, site, visit, said);
    },
  );

  app.post<MailPress>('/private/:token/alerts/mail', async (request, reply) => {
    const visit = await findVisit(site, request.params.token);
    if (!visit) return replyWithMessage(reply, site, 410);
    const { words } = speakTo(site, visit.reader);
    const { subscriberId } = visit.reader;
    const asked = textOf(request.body?.id);
    const id = /^\d{1,15}$/.test(asked) ? Number(asked) : 0;
    const isYes = textOf(request.body?.act) === 'mine';
    const { alertMails } = outside.store;
    const isDone = isYes
      ? await alertMails.recordVouched(id, subscriberId)
      : await alertMails.drop(id, subscriberId);
    if (isDone && isYes) await outside.queue.enqueue('alert', { mailId: id });
    const key = isDone ? (isYes ? 'alerts.isRead' : 'alerts.isGone') : 'alerts.notThere';
    const said = words.say(key);
    return show(reply, site, visit, isDone ? { status: said, isBegun: isYes } : { error: said });
  });
}

/** Makes, replaces or ends the address, as a reader's press says. */
async function changeAddress(
  { outside, words }: Site,
  { reader }: Visit,
  body: { readonly act?: unknown; readonly instead?: unknown } | undefined,
): Promise<Said> {
  const order = { subscriberId: reader.subscriberId, actor: 'reader' };
  const act = textOf(body?.act);
  if (act === 'end') {
    const isEnded = await endAlertAddress(outside, order);
    return isEnded ? { status: words.say('alerts.ended') } : { error: words.say('alerts.hasNone') };
  }
  if (act !== 'make' || !outside.config.inbound.domain) {
    return { error: words.say('followed.nothing') };
  }
  if (reader.state !== 'active') return { error: words.say('followed.notSubscribed') };
  // The same press sent again must not end the address that it made.
  const current = await findAlertAddress(outside, reader.subscriberId);
  if ((current ?? '') === textOf(body?.instead)) await openAlertAddress(outside, order);
  return { status: words.say('alerts.made') };
}

async function show(
  reply: FastifyReply,
  unspoken: Site,
  { reader, link, here }: Visit,
  said: Said & { readonly isBegun?: boolean },
): Promise<FastifyReply> {
  const site = speakTo(unspoken, reader);
  const { outside, words } = site;
  const { subscriberId, address } = reader;
  const { alerts: days } = outside.config.keepDays;
  const mails = await outside.store.alertMails.list(subscriberId, MOST_LISTED);
  const open = await outside.store.alertAddresses.findOpen(subscriberId);
  const alertAddress = await findAlertAddress(outside, subscriberId);
  const ofState = (...states: string[]) => mails.filter(({ state }) => states.includes(state));
  const view = {
    goodUntil: timeOf(link.expiresAt),
    maskedAddress: maskAddress(address),
    here: `${here}/alerts`,
    back: here,
    ...(alertAddress && { alertAddress }),
    notes: open ? noteAddress(open, outside.now(), words) : [],
    confirmations: ofState('confirmation').map((mail) => viewConfirmation(mail, address, words)),
    asked: ofState('asked').map((mail) => viewAsked(mail, words)),
    mails: ofState('waiting', 'read', 'unread').map((mail) => viewMail(mail, days, words)),
    ...said,
  };
  const status = said.error ? 400 : 200;
  const title = words.say('alerts.title');
  return replyWithPage(reply, site, { page: 'alerts', title, view, status });
}
