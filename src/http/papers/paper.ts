import type { FastifyInstance } from 'fastify';
import { citationForms } from '../../core/paper/citations.ts';
import { paperPath, readPaperPath } from '../../core/paper/paper-link.ts';
import { listSimilar, querySimilar } from '../../core/ranking/similar.ts';
import type { ListedPaper, PublicPaper } from '../../store/papers/public-papers.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { answerTold, tellPage } from './answer.ts';
import { viewPaperPage } from './paper-view.ts';
import { describePaper } from './structured.ts';

const SIMILAR = 6;
/** So old may be what is said of votes. */
const FRESH_MS = 60_000;
/** So many that share telling words are compared. */
const COMPARED = 120;

type PaperRoute = { Params: { part: string } };
type FileRoute = { Params: { part: string; ending: string } };

/** `/papers/:id`: one paper under its number, with its title in the address; and its citations as files. */
export function registerPaper(app: FastifyInstance, site: Site): void {
  const { store, config } = site.outside;

  app.get<PaperRoute>('/papers/:part', async (request, reply) => {
    const { part } = request.params;
    const id = readPaperPath(part);
    const paper = id === undefined ? undefined : await store.publicPapers.find(id);
    if (!paper) {
      const elsewhere = await store.publicPapers.findElsewhere(id ?? 0);
      if (elsewhere.kind === 'same') {
        return reply.redirect(`${site.prefix}${paperPath(elsewhere.as, elsewhere.title)}`, 301);
      }
      return replyWithMessage(reply, site, elsewhere.kind === 'hidden' ? 410 : 404);
    }
    const path = `${site.prefix}${paperPath(paper.id, paper.title)}`;
    if (path !== `${site.prefix}/papers/${part}`) return reply.redirect(path, 301);
    const make = async () => {
      const { text } = tellPage(site, {
        page: 'paper',
        title: paper.title,
        view: viewPaperPage(paper, await findSimilar(site, paper), site),
        isSample: paper.isSample,
        ...describePaper(paper, config.http.publicUrl),
        path,
      });
      return text;
    };
    await site.shared.answer(request, reply, { key: path, make, freshMs: FRESH_MS });
    return reply;
  });

  app.get<FileRoute>('/papers/:part/cite.:ending', async (request, reply) => {
    const { part, ending } = request.params;
    const form = citationForms.find((each) => each.ending === ending);
    const id = readPaperPath(part);
    const paper = form && id !== undefined ? await store.publicPapers.find(id) : undefined;
    if (!form || !paper) return replyWithMessage(reply, site, 404);
    reply.header('content-disposition', `attachment; filename="paper-${paper.id}.${ending}"`);
    return answerTold(request, reply, { text: form.write([paper]), type: form.type });
  });
}

/** Papers that share telling words with one, the nearest first. */
async function findSimilar(site: Site, paper: PublicPaper): Promise<readonly ListedPaper[]> {
  const { search, publicPapers } = site.outside.store;
  const query = querySimilar(paper);
  if (!query) return [];
  const { hits } = await search.find({ ...query, dates: {} }, { most: COMPARED });
  const ids = hits.map(({ id }) => id).filter((id) => id !== paper.id);
  return listSimilar(paper, await publicPapers.listByIds(ids), SIMILAR);
}
