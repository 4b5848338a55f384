import type { FastifyInstance } from 'fastify';
import { editionPath, groupPath } from '../../core/edition/edition-link.ts';
import { picksOf } from '../../core/edition/leads.ts';
import type { EditionPage, GroupPage, PageGroup } from '../../core/letter/front-pages.ts';
import { sayGroup } from '../../core/letter/group-words.ts';
import type { ShownEdition } from '../../store/papers/shown.ts';
import { replyWithMessage } from '../errors.ts';
import { linkFeeds } from '../papers/out-feeds.ts';
import type { Site } from '../site.ts';
import { renderSubscribe } from './subscribe-part.ts';
import { findStanding, type StandingTexts, viewAll, viewEntry, viewGroups } from './views.ts';

const NAME = /^\d{4}-\d{2}-\d{2}(\.\d{1,4})?$/;
/** An edition of more papers shows the first of each group, and folds the others to their titles. */
const MOST_OPEN = 100;
const LARGE_GROUPS = 5;
const OPEN_OF_LARGE = 3;
/** Characters of abstracts on one page: with all else they stay below 60 kB, compressed. */
const MOST_ABSTRACTS = 90_000;

/** An edition that readers may see. */
interface Seen {
  readonly edition: ShownEdition;
  readonly texts: StandingTexts;
}

/** `/editions/:name` and a page for each of its groups. */
export function registerEditions(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { name: string }; Querystring: { view?: string } }>(
    '/editions/:name',
    async (request, reply) => {
      const { name } = request.params;
      const isTitles = request.query.view === 'titles';
      const path = `${site.prefix}${editionPath({ name })}${isTitles ? '?view=titles' : ''}`;
      const make = () => makeEdition(site, name, isTitles);
      const isThere =
        NAME.test(name) && (await site.shared.answer(request, reply, { key: path, make }));
      return isThere ? reply : replyWithMessage(reply, site, 404);
    },
  );
  app.get<{ Params: { name: string; number: string } }>(
    '/editions/:name/groups/:number',
    async (request, reply) => {
      const { name, number } = request.params;
      const key = `${site.prefix}${groupPath({ name }, Number(number) - 1)}`;
      const make = () => makeGroup(site, name, Number(number));
      const isGroup = NAME.test(name) && /^[1-9]\d{0,3}$/.test(number);
      const isThere = isGroup && (await site.shared.answer(request, reply, { key, make }));
      return isThere ? reply : replyWithMessage(reply, site, 404);
    },
  );
}

async function see(site: Site, name: string): Promise<Seen | undefined> {
  const edition = await site.outside.store.shown.find(name);
  const texts = edition && (await findStanding(site, name));
  return texts && { edition, texts };
}

async function makeEdition(site: Site, name: string, isTitles: boolean) {
  const seen = await see(site, name);
  if (!seen) return undefined;
  const page = await viewEdition(site, seen, isTitles);
  const { isSample, paperCount } = seen.edition;
  const labels = page.groups.map(({ label }) => label).slice(0, 5);
  const papers = site.words.say('newPapers', { count: paperCount });
  const said = { papers, date: page.date, labels: labels.join(', ') };
  const description = site.words.say('edition.described', said);
  const shared = { path: `${site.prefix}${editionPath({ name })}`, description };
  return site.renderPage(
    'edition',
    page,
    site.frame(page.date, { isSample, isWide: true, shared, script: '/zone.js' }),
  );
}

async function viewEdition(
  site: Site,
  { edition, texts }: Seen,
  isTitles: boolean,
): Promise<EditionPage> {
  const { words, prefix } = site;
  const { store } = site.outside;
  const { date, turn, paperCount } = viewEntry(site, edition);
  const earlier = await store.shown.findEarlier(edition);
  const later = await store.shown.findLater(edition);
  const month = edition.date.slice(0, 7);
  const here = `${prefix}${editionPath(edition)}`;
  const picked = picksOf(texts);
  return {
    date,
    ...(turn ? { turn } : {}),
    paperCount,
    views: [
      { label: words.say('edition.summaries'), link: here, isCurrent: !isTitles },
      { label: words.say('edition.titles'), link: `${here}?view=titles`, isCurrent: isTitles },
    ],
    isTitles,
    picked: viewAll(site, picked),
    groups: await listGroups(site, texts, isTitles),
    month: { label: words.month(month), link: `${prefix}/editions?month=${month}` },
    ...(earlier ? { earlier: viewEntry(site, earlier) } : {}),
    ...(later ? { later: viewEntry(site, later) } : {}),
    subscribePart: renderSubscribe(site),
  };
}

async function listGroups(site: Site, texts: StandingTexts, isTitles: boolean) {
  const isWhole = texts.papers.length <= MOST_OPEN;
  const abstracts =
    isWhole && !isTitles ? await findAbstracts(site, texts.papers) : new Map<number, string>();
  const links = viewGroups(site, texts);
  return texts.groups
    .map((group) => sayGroup(group, site.words))
    .map(({ number, label, overview }, at): PageGroup => {
      const papers = viewAll(
        site,
        texts.papers.filter(({ groupNumber }) => groupNumber === number),
        abstracts,
      );
      const folds = at < LARGE_GROUPS ? OPEN_OF_LARGE : 1;
      const open = isWhole || isTitles ? papers.length : folds;
      return {
        label,
        link: links[at]?.link ?? '',
        ...(overview ? { overview } : {}),
        papers,
        open: papers.slice(0, open),
        folded: papers.slice(open),
      };
    });
}

/** The abstracts of some papers; none where they are too much for one page. */
async function findAbstracts(site: Site, papers: readonly { readonly paperId: number }[]) {
  const ids = papers.map(({ paperId }) => paperId);
  const abstracts = await site.outside.store.shown.listAbstracts(ids);
  const length = [...abstracts.values()].reduce((sum, text) => sum + text.length, 0);
  return length <= MOST_ABSTRACTS ? abstracts : new Map<number, string>();
}

async function makeGroup(site: Site, name: string, number: number) {
  const seen = await see(site, name);
  const group = seen?.texts.groups
    .map((each) => sayGroup(each, site.words))
    .find((each) => each.number === number - 1);
  if (!seen || !group) return undefined;
  const { texts, edition } = seen;
  const papers = texts.papers.filter(({ groupNumber }) => groupNumber === group.number);
  const { words, prefix } = site;
  const date = words.date(edition.date);
  const link = `${prefix}${editionPath({ name })}`;
  const here = `${prefix}${groupPath({ name }, group.number)}`;
  const page: GroupPage = {
    label: group.label,
    ...(group.overview ? { overview: group.overview } : {}),
    edition: { label: date, link },
    papers: viewAll(site, papers, await findAbstracts(site, papers)),
    groups: viewGroups(site, texts).map((way) => ({ ...way, isCurrent: way.link === here })),
    subscribePart: renderSubscribe(site),
  };
  const said = {
    label: group.label,
    papers: words.say('newPapers', { count: papers.length }),
    date,
  };
  const description = words.say('group.described', said);
  const { isSample } = edition;
  const shared = { path: here, description };
  const options = { isSample, isWide: true, shared, script: '/zone.js' };
  const feeds = linkFeeds(group.label, 'group', { label: group.label });
  return site.renderPage('group', page, {
    ...site.frame(`${group.label}, ${date}`, options),
    head: site.renderPart('head', { metas: [], feeds: feeds.head }),
  });
}
