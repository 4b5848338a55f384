import type { FastifyInstance } from 'fastify';
import { OLDEST_DAYS, READERS_TO_TAKE } from '../../core/paper/proposals.ts';
import { viewProposal } from '../acting/proposal-view.ts';
import type { Site } from '../site.ts';

const LISTED = 50;
const TAKEN = 10;
/** Votes are counted anew once a minute. */
const FRESH_MS = 60_000;

/** `/proposals`: what readers propose, the same for everyone. */
export function registerProposals(app: FastifyInstance, site: Site): void {
  const { store, config } = site.outside;
  app.get('/proposals', async (request, reply) => {
    const make = async () => {
      const view = {
        proposals: (await store.proposals.listByState('shown', LISTED)).map(viewProposal),
        taken: (await store.proposals.listByState('taken', TAKEN)).map(viewProposal),
        readers: READERS_TO_TAKE,
        oldest: OLDEST_DAYS,
        contact: config.site.contact,
      };
      const description = 'New papers that readers propose for the next edition.';
      const shared = { path: '/proposals', description };
      return site.renderPage('proposals', view, site.frame('Proposed by readers', { shared }));
    };
    await site.shared.answer(request, reply, { key: '/proposals', make, freshMs: FRESH_MS });
    return reply;
  });
}
