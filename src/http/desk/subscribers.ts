import type { FastifyInstance } from 'fastify';
import { drawDays } from '../../core/desk/charts.ts';
import { tellCount } from '../../core/desk/counted.ts';
import { mayUse } from '../../core/desk/operator.ts';
import type { SubscribersPage } from '../../core/desk/subscriber-pages.ts';
import type { GrowthDay } from '../../core/reader/growth.ts';
import { type ReaderStanding, readerStandings, standingWords } from '../../core/reader/standing.ts';
import { countOf } from '../../core/text/words.ts';
import {
  countReaders,
  countStandings,
  listGrowth,
  type StandingCounts,
  searchReaders,
} from '../../steps/readers/standing.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { visitOf } from './guard.ts';
import { idOf } from './sign-in.ts';
import { registerSubscriber } from './subscriber.ts';
import { registerWishes } from './wishes.ts';

const LISTED = 100;
const DAYS = 90;

/** What a standing looks like in a list. */
const tones: Readonly<Record<ReaderStanding, string>> = {
  active: 'accepted',
  waiting: 'open',
  paused: 'without',
  suppressed: 'failed',
  left: 'without',
};

/** `/admin/subscribers`: who reads, how many they are, and how that went. */
export function registerSubscribers(desk: FastifyInstance, site: Site): void {
  const { outside } = site;
  registerWishes(desk, site);
  registerSubscriber(desk, site);

  desk.get<{ Querystring: Record<string, string | undefined> }>(
    '/admin/subscribers',
    async (request, reply) => {
      const query = textOf(request.query['q']).trim().slice(0, 254);
      const standing = readerStandings.find((known) => known === request.query['standing']) ?? null;
      const afterId = idOf(request.query['after'] ?? '');
      const asked = { part: query, standing };
      const found = await searchReaders(outside, asked, { afterId, most: LISTED + 1 });
      const readers = found.slice(0, LISTED);
      const last = found.length > LISTED ? readers.at(-1) : undefined;
      const total = await countReaders(outside, asked);
      const filter = { ...(query ? { q: query } : {}), ...(standing ? { standing } : {}) };
      const more = last && new URLSearchParams({ ...filter, after: String(last.id) });
      const view = {
        formToken: formTokenFor(request),
        mayOperate: mayUse(visitOf(request).operator, 'operate'),
        query,
        standings: viewStandings(await countStandings(outside), standing),
        standing: standing ?? '',
        shown: `${readers.length.toLocaleString('en')} of ${tellCount(total)}`,
        readers: readers.map((reader) => ({
          link: `/admin/subscribers/${reader.id}`,
          address: reader.address,
          standing: reader.standing,
          tone: tones[reader.standing],
        })),
        ...(more ? { moreLink: `/admin/subscribers?${more}` } : {}),
        charts: viewGrowth(await listGrowth(outside, DAYS)),
      };
      const page = 'desk/subscribers';
      return replyWithDesk(request, reply, { site, page, title: 'Subscribers', view });
    },
  );
}

function viewStandings(
  counts: StandingCounts,
  chosen: ReaderStanding | null,
): SubscribersPage['standings'] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const each = readerStandings.toReversed().map((standing) => ({
    value: standing,
    label: `${standing}: they ${standingWords[standing]}`,
    count: counts[standing],
    link: `/admin/subscribers?standing=${standing}`,
    isChosen: standing === chosen,
  }));
  const whole = { value: '', label: 'all', count: all, link: '/admin/subscribers' };
  return [{ ...whole, isChosen: chosen === null }, ...each];
}

/** How many there were, and on a scale of its own who came and who left. */
function viewGrowth(days: readonly GrowthDay[]): SubscribersPage['charts'] {
  const sum = (count: (day: GrowthDay) => number) =>
    days.reduce((total, day) => total + count(day), 0);
  const charts = [
    {
      title: 'Readers',
      svg: drawDays(
        'Readers at the end of each of the last ninety days',
        days.map(({ date, readers }) => ({
          date,
          parts: [{ label: 'readers', count: readers, tone: 'accepted' }],
        })),
      ),
      note: `${countOf(days.at(-1)?.readers ?? 0, 'reader')} now; today is on the right.`,
    },
    {
      title: 'Who came and who left',
      svg: drawDays(
        'Who came and who left on each of the last ninety days',
        days.map(({ date, came, left }) => ({
          date,
          parts: [
            { label: 'left', count: left, tone: 'failed' },
            { label: 'came', count: came, tone: 'open' },
          ],
        })),
      ),
      note: `${sum(({ came }) => came)} came, ${sum(({ left }) => left)} left. Who came back counts once, and who was erased not at all.`,
    },
  ];
  return charts.filter(({ svg }) => svg !== '');
}
