import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { serviceNames } from '../../core/channels/place.ts';
import { services } from '../../core/channels/services.ts';
import type { ChannelsPage } from '../../core/desk/channel-pages.ts';
import { mayUse } from '../../core/desk/operator.ts';
import { freshWishes } from '../../core/reader/subscription.ts';
import { textOf } from '../forms/address.ts';
import { parseWishes, readTyped, type TypedWishes, typedOf } from '../forms/wishes.ts';
import type { Site } from '../site.ts';
import { registerChannel, showChannel } from './channel.ts';
import { argsOf, renderWishes, viewChannel } from './channel-view.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder } from './order.ts';

type Form = { Body: Record<string, unknown> | undefined };
type Typed = Pick<ChannelsPage, 'name' | 'url' | 'user' | 'room' | 'topic'> & {
  readonly service: string;
};
interface Said {
  readonly status?: string;
  readonly errors?: readonly string[];
  readonly typed?: Typed;
  readonly wishes?: TypedWishes;
}

const nothing: Typed = { name: '', service: 'slack', url: '', user: '', room: '', topic: '' };

/** `/admin/channels`: the channels of a team that editions are posted to; add one. */
export function registerChannels(desk: FastifyInstance, site: Site): void {
  registerChannel(desk, site, showChannels);

  desk.get('/admin/channels', (request, reply) => showChannels(request, reply, { site }));

  desk.post<Form>('/admin/channels', async (request, reply) => {
    const { body = {} } = request;
    const typed = readPlace(body);
    const key = textOf(body['key']).trim();
    const parsed = parseWishes({ ...body, topics: body['topics'] });
    const again = (errors: readonly string[]) =>
      showChannels(request, reply, { site, said: { errors, typed, wishes: readTyped(body) } });
    if ('errors' in parsed) return again(parsed.errors.map(({ message }) => message));
    const given = Object.entries({ ...typed, key, topic: typed.topic }).filter(([, text]) => text);
    const args = { ...Object.fromEntries(given), ...argsOf(parsed.wishes) };
    const done = await giveOrder(site, request, { name: 'channels add', args });
    if ('error' in done) return again([done.error]);
    const { secret } = z.object({ secret: z.string().nullable() }).parse(done.answer.data);
    const status = 'It is brought editions from its next date on. Test it.';
    const said = { status, ...(secret ? { secret } : {}) };
    return showChannel(request, reply, { site, name: typed.name, said });
  });
}

function readPlace(body: Record<string, unknown>): Typed {
  const field = (name: string) => textOf(body[name]).trim();
  return {
    name: field('name'),
    service: field('service'),
    url: field('url'),
    user: field('user'),
    room: field('room'),
    topic: field('topic'),
  };
}

async function showChannels(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, said = {} }: { site: Site; said?: Said },
): Promise<FastifyReply> {
  const { errors = [], typed = nothing, wishes = typedOf(freshWishes), status: done } = said;
  const { service, ...place } = typed;
  const channels = await site.outside.store.channels.list();
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    ...(done ? { status: done } : {}),
    errors,
    channels: channels.map(viewChannel),
    ...place,
    services: serviceNames.map((value) => ({
      value,
      label: services[value].label,
      isChosen: value === service,
    })),
    ...(await renderWishes(site, wishes)),
  };
  const status = errors.length > 0 ? 400 : 200;
  const shown = { site, page: 'desk/channels', title: 'Channels', view, status } as const;
  return replyWithDesk(request, reply, shown);
}
