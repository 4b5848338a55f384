import type { FastifyInstance } from 'fastify';
import { type CalendarWeek, isMonth, listWeeks } from '../../core/edition/calendar.ts';
import { editionPath } from '../../core/edition/edition-link.ts';
import type { ArchivePage, EditionEntry, Way } from '../../core/letter/front-pages.ts';
import type { ShownEdition } from '../../store/papers/shown.ts';
import { replyWithMessage } from '../errors.ts';
import type { Site } from '../site.ts';
import { sayAwaited } from './home.ts';
import { viewEntry } from './views.ts';

/** `/editions`: every edition there is, a month a page. */
export function registerArchive(app: FastifyInstance, site: Site): void {
  app.get<{ Querystring: { month?: string } }>('/editions', async (request, reply) => {
    const { month } = request.query;
    const isAsked = month !== undefined;
    if (isAsked && !(typeof month === 'string' && isMonth(month))) {
      return replyWithMessage(reply, site, 404);
    }
    const key = `${site.prefix}/editions${isAsked ? `?month=${month}` : ''}`;
    const isThere = await site.shared.answer(request, reply, {
      key,
      make: () => makeArchive(site, key, month),
    });
    return isThere ? reply : replyWithMessage(reply, site, 404);
  });
}

/** Undefined for a month without an edition. */
async function makeArchive(site: Site, path: string, asked: string | undefined) {
  const { outside, words } = site;
  const { store, config } = outside;
  const months = (await store.shown.listMonths()).map(({ month }) => month);
  const month = asked ?? months[0];
  if (asked !== undefined && !months.includes(asked)) return undefined;
  const shown = month === undefined ? [] : await store.shown.listOfMonth(month);
  const page: ArchivePage = {
    month: month === undefined ? '' : words.month(month),
    weeks: month === undefined ? [] : viewWeeks(site, listWeeks(month), shown),
    editions: shown.map((edition) => viewEntry(site, edition)),
    years: viewYears(site, months, month),
    ...neighboursOf(site, months, month),
    ...(month === undefined ? { awaited: sayAwaited(site) } : {}),
  };
  const title = page.month
    ? words.say('archive.titleOf', { month: page.month })
    : words.say('archive.title');
  const description = words.say('archive.described', { title, site: config.site.name });
  return site.renderPage('editions', page, site.frame(title, { shared: { path, description } }));
}

function viewWeeks(
  site: Site,
  weeks: readonly CalendarWeek[],
  shown: readonly ShownEdition[],
): ArchivePage['weeks'] {
  return weeks.map(({ number, dates }) => ({
    number,
    days: dates.map((date) => {
      const day = date === null ? '' : String(Number(date.slice(8)));
      // In the order in which they came.
      const ofDay = shown.filter((edition) => edition.date === date).reverse();
      return {
        day,
        editions: ofDay.map((edition, at) => {
          // The name that is read out holds what stands there.
          const label = at === 0 ? day : `${day}.${at + 1}`;
          const says = `${label}: ${sayEntry(viewEntry(site, edition))}`;
          return { label, link: `${site.prefix}${editionPath(edition)}`, says };
        }),
      };
    }),
  }));
}

function sayEntry({ date, turn }: EditionEntry): string {
  return turn ? `${date}, ${turn}` : date;
}

function viewYears(
  site: Site,
  months: readonly string[],
  current: string | undefined,
): ArchivePage['years'] {
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  const wayTo = (month: string) => ({ ...wayOf(site, month), isCurrent: month === current });
  return years.map((year) => ({
    year,
    months: months
      .filter((month) => month.startsWith(year))
      .reverse()
      .map((month) => ({ ...wayTo(month), label: site.words.month(month).replace(/ \d+$/, '') })),
  }));
}

function neighboursOf(site: Site, months: readonly string[], current: string | undefined) {
  const at = current === undefined ? -1 : months.indexOf(current);
  const earlier = at < 0 ? undefined : months[at + 1];
  const later = at < 1 ? undefined : months[at - 1];
  return {
    ...(earlier ? { earlier: wayOf(site, earlier) } : {}),
    ...(later ? { later: wayOf(site, later) } : {}),
  };
}

function wayOf({ words, prefix }: Site, month: string): Way {
  return { label: words.month(month), link: `${prefix}/editions?month=${month}` };
}
