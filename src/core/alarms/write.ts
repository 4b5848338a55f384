import type { NoticeContent } from '../letter/notice.ts';
import { countOf, momentOf } from '../text/words.ts';
import { alarmKinds, type Finding, tellAlarm } from './alarm.ts';
import { type AlarmNews, listNews, type ToldAlarm } from './news.ts';

/** Of whose alarms it is told, and where there is more. */
export interface Teller {
  readonly siteName: string;
  readonly publicUrl: string;
}

/** One mail about all the news of a moment. */
export function writeAlarms(news: AlarmNews, { siteName, publicUrl }: Teller): NoticeContent {
  return {
    subject: `${siteName}: ${headline(news)}`,
    paragraphs: [
      ...news.began.map((alarm) => sentence(tellOf(alarm))),
      ...news.lasting.map(
        (alarm) => `Still so, since ${momentOf(alarm.firstAt)}: ${tellOf(alarm)}`,
      ),
      ...news.over.map(
        (alarm) => `Over since ${momentOf(alarm.endedAt ?? alarm.firstAt)}: ${titleOf(alarm)}.`,
      ),
      `How it stands now: ${publicUrl}/admin or "paperround today".`,
    ],
    isSubscribed: false,
  };
}

/** The same for a program: the body of a webhook, as Standard Webhooks shapes it. */
export function buildAlarmEvent(news: AlarmNews, at: Date, { siteName, publicUrl }: Teller) {
  const shape = (alarm: ToldAlarm) => ({
    name: alarm.name,
    subject: alarm.subject,
    detail: alarm.detail,
    text: tellAlarm(alarm),
    since: alarm.firstAt.toISOString(),
    ...(alarm.endedAt ? { until: alarm.endedAt.toISOString() } : {}),
  });
  return {
    type: 'alarms',
    timestamp: at.toISOString(),
    data: {
      site: siteName,
      url: `${publicUrl}/admin`,
      summary: headline(news),
      began: news.began.map(shape),
      lasting: news.lasting.map(shape),
      over: news.over.map(shape),
    },
  };
}

function headline(news: AlarmNews): string {
  const { began, lasting, over } = news;
  const [alarm, ...others] = listNews(news);
  if (!alarm) return 'no news';
  if (others.length === 0) {
    const mark = lasting.length > 0 ? 'still ' : over.length > 0 ? 'over: ' : '';
    return `${mark}${titleOf(alarm)}`;
  }
  const open = [...began, ...lasting];
  if (open.length === 0) return `${countOf(over.length, 'alarm')} over`;
  const rest = over.length > 0 ? `, ${over.length} over` : '';
  return `${countOf(open.length, 'alarm')}${rest}: ${[...new Set(open.map(({ name }) => alarmKinds[name].title))].join('; ')}`;
}

function titleOf({ name, subject }: Finding): string {
  return `${alarmKinds[name].title} (${subject})`;
}

function tellOf(alarm: Finding): string {
  return `${titleOf(alarm)}: ${alarm.detail.replace(/[.]$/, '')}. ${alarmKinds[alarm.name].advice}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
