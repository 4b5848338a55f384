import type { FastifyInstance } from 'fastify';
import { explainDate } from '../core/letter/why.ts';
import { gatherDate } from '../steps/digests/why.ts';
import { replyWithMessage } from './errors.ts';
import { showLocally } from './guard.ts';
import { replyWithPage, type Site } from './site.ts';

const LISTED = 200;
const EXPLAINED = 14;

/**
 * `/operator/readers`: why each reader did or did not get mail, in the words of
 * `paperround why`. Before there is a sign-in it is the sandbox's alone, for this machine.
 */
export function registerOperatorRoutes(app: FastifyInstance, site: Site): void {
  const { outside } = site;

  app.register((local, _options, done) => {
    showLocally(local, site);

    local.get('/operator/readers', async (_request, reply) => {
      const readers = await outside.store.subscribers.list({ afterId: 0, most: LISTED });
      const view = {
        readers: readers.map(({ id, address, state }) => ({
          link: `/operator/readers/${id}`,
          address,
          state,
        })),
      };
      return replyWithPage(reply, site, { page: 'operator-readers', title: 'Readers', view });
    });

    local.get<{ Params: { id: string }; Querystring: { date?: string } }>(
      '/operator/readers/:id',
      async (request, reply) => {
        const id = /^\d{1,15}$/.test(request.params.id) ? Number(request.params.id) : 0;
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
        return replyWithPage(reply, site, { page: 'operator-reader', title: 'A reader', view });
      },
    );
    done();
  });
}
