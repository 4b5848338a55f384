import type { FastifyInstance } from 'fastify';
import {
  type CalendarWeek,
  isMonth,
  listWeeks,
  monthForPeople,
} from '../../core/edition/calendar.ts';
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
    const key = `/editions${isAsked ? `?month=${month}` : ''}`;
    const isThere = await site.shared.answer(request, reply, {
      key,
      make: () => makeArchive(site, key, month),
    });
    return isThere ? reply : replyWithMessage(reply, site, 404);
  });
}

/** Undefined for a month without an edition. */
async function makeArchive(site: Site, path: string, asked: string | undefined) {
  const { store, config } = site.outside;
  const months = (await store.shown.listMonths()).map(({ month }) => month);
  const month = asked ?? months[0];
  if (asked !== undefined && !months.includes(asked)) return undefined;
  const shown = month === undefined ? [] : await store.shown.listOfMonth(month);
  const page: ArchivePage = {
    month: month === undefined ? '' : monthForPeople(month),
    weeks: month === undefined ? [] : viewWeeks(listWeeks(month), shown, config.cut.zone),
    editions: shown.map((edition) => viewEntry(edition, config.cut.zone)),
    years: viewYears(months, month),
    ...neighboursOf(months, month),
    ...(month === undefined ? { awaited: sayAwaited(site) } : {}),
  };
  const title = page.month ? `Editions of ${page.month}` : 'Editions';
  const description = `${title}: every day that ${config.site.name} came out, by month.`;
  return site.renderPage('editions', page, site.frame(title, { shared: { path, description } }));
}

function viewWeeks(
  weeks: readonly CalendarWeek[],
  shown: readonly ShownEdition[],
  zone: string,
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
          const says = `${label}: ${sayEntry(viewEntry(edition, zone))}`;
          return { label, link: editionPath(edition), says };
        }),
      };
    }),
  }));
}

function sayEntry({ date, turn }: EditionEntry): string {
  return turn ? `${date}, ${turn}` : date;
}

function viewYears(months: readonly string[], current: string | undefined): ArchivePage['years'] {
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  const wayTo = (month: string) => ({ ...wayOf(month), isCurrent: month === current });
  return years.map((year) => ({
    year,
    months: months
      .filter((month) => month.startsWith(year))
      .reverse()
      .map((month) => ({ ...wayTo(month), label: monthForPeople(month).replace(/ \d+$/, '') })),
  }));
}

function neighboursOf(months: readonly string[], current: string | undefined) {
  const at = current === undefined ? -1 : months.indexOf(current);
  const earlier = at < 0 ? undefined : months[at + 1];
  const later = at < 1 ? undefined : months[at - 1];
  return {
    ...(earlier ? { earlier: wayOf(earlier) } : {}),
    ...(later ? { later: wayOf(later) } : {}),
  };
}

function wayOf(month: string): Way {
  return { label: monthForPeople(month), link: `/editions?month=${month}` };
}
