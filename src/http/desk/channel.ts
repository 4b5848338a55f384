import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../commands/command.ts';
import type { CommandName } from '../../commands/commands.ts';
import { standingOf, tellChannel } from '../../core/channels/standing.ts';
import type { ChannelPage } from '../../core/desk/channel-pages.ts';
import { mayUse } from '../../core/desk/operator.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { parseWishes, typedOf } from '../forms/wishes.ts';
import type { Site } from '../site.ts';
import { argsOf, renderWishes, viewFacts, viewPost } from './channel-view.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { giveOrder } from './order.ts';

const LISTED = 20;

type One = { Params: { name: string }; Body: Record<string, unknown> | undefined };
type Said = Pick<ChannelPage, 'status' | 'error' | 'secret'>;
/** Shows the page of all. */
type ShowAll = (
  request: FastifyRequest,
  reply: FastifyReply,
  shown: { site: Site; said: { status: string } },
) => Promise<FastifyReply>;

/** Orders about one that say in their first line what came of them. */
const orders: Readonly<Record<string, CommandName>> = {
  test: 'channels test',
  pause: 'channels pause',
  resume: 'channels resume',
};

/** `/admin/channels/:name`: what was posted to one, and what can be done with it. */
export function registerChannel(desk: FastifyInstance, site: Site, showAll: ShowAll): void {
  const path = '/admin/channels/:name';
  desk.get<One>(path, (request, reply) =>
    showChannel(request, reply, { site, name: request.params.name }),
  );
  const order = async (
    request: FastifyRequest,
    reply: FastifyReply,
    { command, args }: { command: CommandName; args: Record<string, unknown> },
  ) => {
    const { name } = request.params as One['Params'];
    const done = await giveOrder(site, request, { name: command, args: { name, ...args } });
    const said = 'error' in done ? done : tellDone(done.answer);
    return showChannel(request, reply, { site, name, said });
  };
  for (const [verb, command] of Object.entries(orders)) {
    desk.post<One>(`${path}/${verb}`, (request, reply) =>
      order(request, reply, { command, args: {} }),
    );
  }
  desk.post<One>(`${path}/resend`, (request, reply) => {
    const { body = {} } = request;
    const edition = textOf(body['edition']);
    const args = { copies: body['copies'] === 'yes', ...(edition ? { edition } : {}) };
    return order(request, reply, { command: 'channels resend', args });
  });
  desk.post<One>(`${path}/change`, async (request, reply) => {
    const { name } = request.params;
    const parsed = parseWishes(request.body);
    if ('errors' in parsed) {
      const error = parsed.errors.map(({ message }) => message).join(' ');
      return showChannel(request, reply, { site, name, said: { error } });
    }
    return order(request, reply, { command: 'channels change', args: argsOf(parsed.wishes) });
  });
  desk.post<One>(`${path}/remove`, async (request, reply) => {
    const { name } = request.params;
    const done = await giveOrder(site, request, { name: 'channels remove', args: { name } });
    if ('error' in done) return showChannel(request, reply, { site, name, said: done });
    return showAll(request, reply, { site, said: { status: `${name} is removed.` } });
  });
}

/** The first line of an answer, without what to type next. */
function tellDone({ lines, exitCode = 0 }: Answer): Said {
  const [line = ''] = lines;
  const said = line.replace(/; "paperround .*$/, '.');
  return exitCode === 0 ? { status: said } : { error: `${said.replace(/[.]$/, '')}.` };
}

/** Shows one, with what is said above it. */
export async function showChannel(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, name, said = {} }: { site: Site; name: string; said?: Said },
): Promise<FastifyReply> {
  const { store } = site.outside;
  const channel = (await store.channels.list()).find((each) => each.name === name);
  if (!channel) return replyWithMessage(reply, site, 404);
  const posts = await store.posts.list(channel.id, LISTED);
  const view = {
    formToken: formTokenFor(request),
    mayOperate: mayUse(visitOf(request).operator, 'operate'),
    here: `/admin/channels/${name}`,
    name,
    ...said,
    ...standingOf(channel),
    isOff: channel.offBecause !== null,
    said: sentence(tellChannel(channel)),
    facts: viewFacts(channel),
    posts: posts.map(viewPost),
    ...(await renderWishes(site, typedOf(channel))),
  };
  const status = said.error ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/channel', title: name, view, status });
}

function sentence(text: string): string {
  const whole = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
