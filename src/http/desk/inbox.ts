import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorOf, mayUse } from '../../core/desk/operator.ts';
import { verdictWords } from '../../core/feedback/verdict-words.ts';
import { createInboundView, finishInbound } from '../../steps/feedback/inbox.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk, timeOf } from './frame.ts';
import { visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';

/** Each is shown with its text. */
const LISTED = 20;

type Query = { Querystring: Record<string, string | undefined> };
type Form = { Body: Record<string, unknown> | undefined };

/** `/admin/inbox`: answers, and what came back that nobody understands, until somebody has looked. */
export function registerInbox(desk: FastifyInstance, site: Site): void {
  desk.get<Query>('/admin/inbox', (request, reply) => show(request, reply, { site }));

  desk.post<Form>('/admin/inbox', async (request, reply) => {
    const id = idOf(textOf(request.body?.['id']));
    const actor = actorOf(visitOf(request).operator);
    const isDone = await finishInbound(site.outside, { id, actor });
    const said = isDone
      ? { status: 'Done: it is removed with its age.' }
      : { error: 'It does not wait any more: somebody else may have looked at it.' };
    return show(request, reply, { site, said });
  });
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: { status?: string; error?: string } },
): Promise<FastifyReply> {
  const { outside } = site;
  const { store, config } = outside;
  const afterId = idOf(textOf((request.query as Query['Querystring'])['after']));
  const listed = await store.inbound.list({ afterId, most: LISTED + 1, verdict: null });
  const shown = listed.slice(0, LISTED);
  const last = listed.length > LISTED ? shown.at(-1) : undefined;
  const letters = await Promise.all(shown.map(({ id }) => viewLetter(site, id)));
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    ...said,
    ...(config.inbound.domain ? { answers: config.inbound.domain } : {}),
    letters: letters.flat(),
    ...(last ? { moreLink: `/admin/inbox?after=${last.id}` } : {}),
  };
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/inbox', title: 'Inbox', view, status });
}

async function viewLetter({ outside }: Site, id: number) {
  const found = await outside.store.inbound.find(id);
  if (!found) return [];
  const view = createInboundView(outside, true);
  const { sender, mailFrom, subject, verdict, reason, receivedAt, deliveryId } = view.row(found);
  return [
    {
      id,
      when: timeOf(receivedAt),
      from: sender || mailFrom || 'nobody (a mail server)',
      subject: subject ?? '',
      what: [verdictWords[verdict ?? ''] ?? verdict, reason].filter(Boolean).join(': '),
      text: (await view.text(found)) || '(no text)',
      ...(deliveryId === null ? {} : { link: `/admin/deliveries/${deliveryId}` }),
    },
  ];
}
