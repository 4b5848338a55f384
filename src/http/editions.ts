import type { FastifyInstance } from 'fastify';
import type { EditionPaper, EditionTexts } from '../core/edition/edition.ts';
import { sayGroup } from '../core/letter/group-words.ts';
import type { EditionEntry, EditionPage, HomePage } from '../core/letter/pages.ts';
import { viewPaper } from '../core/letter/paper-views.ts';
import { dateForPeople } from '../core/reader/schedule.ts';
import type { ShownEdition } from '../store/papers/editions.ts';
import { replyWithMessage } from './errors.ts';
import type { Site } from './site.ts';

const LISTED = 60;
const FIRST_PAPERS = 6;

/** `/editions/:name`: what everyone may read. */
export function registerEditionRoutes(app: FastifyInstance, site: Site): void {
  const { store } = site.outside;

  app.get<{ Params: { name: string } }>('/editions/:name', async (request, reply) => {
    const isName = /^\d{4}-\d{2}-\d{2}(\.\d+)?$/.test(request.params.name);
    const texts = isName ? await store.editions.findTexts(request.params.name) : undefined;
    if (!texts) return replyWithMessage(reply, site, 404);
    const shown = await store.editions.listShown(LISTED);
    const page = pageOf(texts, shown);
    return reply
      .type('text/html')
      .send(site.renderPage('edition', page, site.frame(page.date, texts.isSample)));
  });
}

/** The newest edition with its leading papers, and all that readers may see, for the front page. */
export async function viewEditions({
  outside: { store },
}: Site): Promise<Pick<HomePage, 'latest' | 'editions'>> {
  const shown = await store.editions.listShown(LISTED);
  const [newest] = shown;
  const texts = newest && (await store.editions.findTexts(newest.name));
  return {
    ...(newest && texts ? { latest: { ...toEntry(newest), papers: leadsOf(texts) } } : {}),
    editions: shown.map(toEntry),
  };
}

/** What the editors picked, and the first paper of each of the largest groups. */
function leadsOf(texts: EditionTexts) {
  const picked = picksOf(texts);
  const leads = texts.groups.flatMap(
    ({ number }) => texts.papers.find(({ groupNumber }) => groupNumber === number) ?? [],
  );
  return [...new Set([...picked, ...leads])]
    .slice(0, FIRST_PAPERS)
    .map((paper) => viewPaper(paper));
}

/** What the editors picked, in their order. */
function picksOf({ papers }: EditionTexts): EditionPaper[] {
  return papers.filter(({ pick }) => pick !== null).sort((a, b) => (a.pick ?? 0) - (b.pick ?? 0));
}

function pageOf(texts: EditionTexts, shown: readonly ShownEdition[]): EditionPage {
  const at = shown.findIndex(({ id }) => id === texts.id);
  const later = at > 0 ? shown[at - 1] : undefined;
  const earlier = at >= 0 ? shown[at + 1] : undefined;
  return {
    date: dateForPeople(texts.date),
    paperCount: texts.papers.length,
    picked: picksOf(texts).map((paper) => viewPaper(paper)),
    groups: texts.groups.map(sayGroup).map(({ number, label, overview }) => ({
      label,
      overview,
      papers: texts.papers
        .filter(({ groupNumber }) => groupNumber === number)
        .map((paper) => viewPaper(paper)),
    })),
    ...(earlier ? { earlier: toEntry(earlier) } : {}),
    ...(later ? { later: toEntry(later) } : {}),
  };
}

function toEntry({ name, date, isSample, paperCount }: ShownEdition): EditionEntry {
  return { date: dateForPeople(date), paperCount, link: `/editions/${name}`, isSample };
}
