import type { FastifyInstance, FastifyReply } from 'fastify';
import { maskAddress } from '../../core/reader/address.ts';
import { parseToken } from '../../core/reader/keys.ts';
import { confirmNewAddress } from '../../steps/readers/change-address.ts';
import { replyWithMessage } from '../errors.ts';
import { replyWithPage, type Site } from '../site.ts';
import type { TokenRoute } from './token.ts';

/** `/address/:token`: a new address, confirmed from its mailbox. */
export function registerAddress(app: FastifyInstance, site: Site): void {
  const { keys, store, config, now } = site.outside;
  const find = async (token: string) => {
    const id = parseToken(keys, 'address', token);
    return id === undefined ? undefined : store.mailedLinks.findGood(id, 'address', now());
  };
  const show = (reply: FastifyReply, given: { address: string; action: string; isDone: boolean }) =>
    replyWithPage(reply, site, {
      page: 'address',
      title: site.words.say(given.isDone ? 'address.done' : 'address.heading'),
      view: {
        siteName: config.site.name,
        maskedAddress: maskAddress(given.address),
        action: given.action,
        isDone: given.isDone,
      },
    });

  app.get<TokenRoute>('/address/:token', async (request, reply) => {
    const link = await find(request.params.token);
    if (!link?.address) return replyWithMessage(reply, site, 410);
    const action = `/address/${request.params.token}`;
    return show(reply, { address: link.address, action, isDone: false });
  });

  app.post<TokenRoute>('/address/:token', async (request, reply) => {
    const link = await find(request.params.token);
    const isMoved = link !== undefined && (await confirmNewAddress(site.outside, link.id));
    if (!isMoved || !link.address) return replyWithMessage(reply, site, 410);
    return show(reply, { address: link.address, action: '', isDone: true });
  });
}
