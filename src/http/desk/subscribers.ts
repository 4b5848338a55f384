import type { FastifyInstance } from 'fastify';
import { explainDate } from '../../core/letter/why.ts';
import { gatherDate } from '../../steps/digests/why.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { replyWithDesk } from './frame.ts';
import { idOf } from './sign-in.ts';

const LISTED = 200;
const EXPLAINED = 14;

/** `/admin/subscribers`: why each reader did or did not get mail, in the words of `paperround why`. */
export function registerSubscribers(desk: FastifyInstance, site: Site): void {
  const { outside } = site;

  desk.get('/admin/subscribers', async (request, reply) => {
    const readers = await outside.store.subscribers.list({ afterId: 0, most: LISTED });
    const view = {
      readers: readers.map(({ id, address, state }) => ({
        link: `/admin/subscribers/${id}`,
        address,
        state,
      })),
    };
    const page = 'desk/subscribers';
    return replyWithDesk(request, reply, { site, page, title: 'Subscribers', view });
  });

  desk.get<{ Params: { id: string }; Querystring: { date?: string } }>(
    '/admin/subscribers/:id',
    async (request, reply) => {
      const id = idOf(request.params.id);
      const reader = await outside.store.subscribers.find(id);
      if (!reader) return replyWithMessage(reply, site, 404);
      const { date: asked = '' } = request.query;
      const isDate = /^\d{4}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(Date.parse(asked));
      const due = await outside.store.rounds.listOfSubscription(id);
      const dates = isDate ? [asked] : due.slice(0, EXPLAINED).map((day) => day.localDate);
      const address = { address: reader.address, key: reader.address.toLowerCase() };
      const days = [];
      for (const date of dates) {
        const [, ...lines] = explainDate(await gatherDate(outside, { address, date }));
        days.push({ date, lines });
      }
      const view = { address: reader.address, state: reader.state, asked, days };
      const page = 'desk/subscriber';
      return replyWithDesk(request, reply, { site, page, title: 'A subscriber', view });
    },
  );
}
