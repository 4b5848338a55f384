import type { FastifyInstance } from 'fastify';
import { editionPath } from '../../core/edition/edition-link.ts';
import { chooseLeads } from '../../core/edition/leads.ts';
import {
  FEWEST_READERS,
  RISING_EDITIONS,
  rankRising,
  sayRising,
} from '../../core/edition/rising.ts';
import type { HomePage, PagePaper } from '../../core/letter/front-pages.ts';
import { dateIn, nextCut, timeIn } from '../../core/reader/schedule.ts';
import { shortenText } from '../../core/text/text.ts';
import { type Site, taglineOf } from '../site.ts';
import { renderSubscribe } from './subscribe-part.ts';
import {
  findStanding,
  type StandingTexts,
  viewAll,
  viewEntry,
  viewGroups,
  viewOwn,
} from './views.ts';

const SECOND = 3;
const THIRD = 6;
const RISING = 5;
const READ = 5;
const WEEK_MS = 7 * 24 * 3_600_000;
const EARLIER = 7;
/** Votes are counted anew once a minute. */
const FRESH_MS = 60_000;
/** Two or three lines of a phone. */
const LONGEST_TITLE = 110;

/** `/`: today's paper. */
export function registerHome(app: FastifyInstance, site: Site): void {
  app.get('/', async (request, reply) => {
    const make = async () => {
      const page = await viewHome(site);
      const isSample = page.latest?.isSample ?? false;
      const shared = { path: `${site.prefix}/`, description: describe(site, page) };
      return site.renderPage(
        'home',
        page,
        site.frame('', { isSample, isWide: true, shared, script: '/zone.js' }),
      );
    };
    await site.shared.answer(request, reply, { key: `${site.prefix}/`, make, freshMs: FRESH_MS });
    return reply;
  });
}

async function viewHome(site: Site): Promise<HomePage> {
  const { store, config } = site.outside;
  const [newest, ...before] = await store.shown.listNewest(1 + EARLIER);
  const texts = newest && (await findStanding(site, newest.name));
  const leads = texts ? chooseLeads(withoutRetracted(texts), 1 + SECOND + THIRD) : [];
  const [lead, ...rest] = viewAll(site, leads).map(shorten);
  const isLeading = new Set(leads.map(({ paperId }) => paperId));
  const page = {
    siteName: config.site.name,
    tagline: taglineOf(site),
    subscribePart: renderSubscribe(site),
    rising: (await listRising(site))
      .filter(({ paperId }) => !isLeading.has(paperId))
      .slice(0, RISING),
    read: await listRead(site),
    earlier: before.map((edition) => viewEntry(site, edition)),
  };
  if (!newest || !texts || !lead) return { ...page, awaited: sayAwaited(site) };
  const latest = {
    ...viewEntry(site, newest),
    lead,
    second: rest.slice(0, SECOND),
    third: rest.slice(SECOND),
    groups: viewGroups(site, texts),
  };
  return { ...page, latest };
}

async function listRising(site: Site) {
  const { store, now } = site.outside;
  const hot = await store.shown.listHot({ editions: RISING_EDITIONS, fewest: FEWEST_READERS });
  return rankRising(hot, now()).map((paper) => ({
    ...shorten(viewOwn(site, { ...paper, groupNumber: 0, upvotes: 0, pick: null })),
    paperId: paper.paperId,
    numbers: sayRising(paper, now(), site.words),
    edition: {
      label: site.words.date(paper.date),
      link: `${site.prefix}${editionPath({ name: paper.editionName })}`,
    },
  }));
}

/** What others read: nothing that fewer readers did, since it would say who. */
async function listRead(site: Site) {
  const { store, now } = site.outside;
  const since = new Date(now().getTime() - WEEK_MS);
  const read = await store.shown.listRead({ fewest: FEWEST_READERS, since, most: READ });
  return read.map((paper) => ({
    ...shorten(viewOwn(site, { ...paper, link: null, groupNumber: 0, upvotes: 0, pick: null })),
    readers: paper.readers,
    edition: {
      label: site.words.date(paper.date),
      link: `${site.prefix}${editionPath({ name: paper.editionName })}`,
    },
  }));
}

function withoutRetracted(texts: StandingTexts): StandingTexts {
  return { ...texts, papers: texts.papers.filter((one) => one.amended?.kind !== 'retraction') };
}

function shorten(paper: PagePaper): PagePaper {
  return { ...paper, title: shortenText(paper.title, LONGEST_TITLE) };
}

/** When there will be something to read, where nothing is yet. */
export function sayAwaited({ words, outside: { config, now } }: Site): string {
  const { zone } = config.cut;
  const at = nextCut(config.cut, now());
  const date = words.date(dateIn(zone, at));
  return words.say('home.awaited', { date, time: timeIn(zone, at), zone });
}

function describe({ words }: Site, { siteName, tagline, latest }: HomePage): string {
  if (!latest) return `${siteName}: ${tagline}`;
  const { date, paperCount: count, lead } = latest;
  const papers = words.say('newPapers', { count });
  return words.say('home.described', { date, papers, title: lead.title, tagline });
}
