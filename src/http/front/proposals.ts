import type { FastifyInstance } from 'fastify';
import { OLDEST_DAYS, READERS_TO_TAKE } from '../../core/paper/proposals.ts';
import type { Proposal } from '../../store/readers/proposals.ts';
import { viewProposal } from '../acting/proposal-view.ts';
import type { Site } from '../site.ts';

const LISTED = 50;
const TAKEN = 10;
/** Votes are counted anew once a minute. */
const FRESH_MS = 60_000;

/** `/proposals`: what readers propose, the same for everyone. */
export function registerProposals(app: FastifyInstance, site: Site): void {
  const { words, prefix } = site;
  const { store, config } = site.outside;
  const path = `${prefix}/proposals`;
  app.get('/proposals', async (request, reply) => {
    const make = async () => {
      const view = (each: Proposal) => viewProposal(each, words);
      const page = {
        proposals: (await store.proposals.listByState('shown', LISTED)).map(view),
        taken: (await store.proposals.listByState('taken', TAKEN)).map(view),
        readers: READERS_TO_TAKE,
        oldest: OLDEST_DAYS,
        contact: config.site.contact,
      };
      const shared = { path, description: words.say('proposals.described') };
      return site.renderPage(
        'proposals',
        page,
        site.frame(words.say('home.proposals'), { shared }),
      );
    };
    await site.shared.answer(request, reply, { key: path, make, freshMs: FRESH_MS });
    return reply;
  });
}
