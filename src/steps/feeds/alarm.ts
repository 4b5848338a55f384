import { groupFeeds, isFeedFailure } from '../../core/feed/feed-state.ts';
import { dateForPeople, publicationDate } from '../../core/reader/schedule.ts';
import { recordNotice } from '../deliveries/notify.ts';
import type { Outside } from '../steps.ts';
import { type JudgedFeed, judgeFeeds } from './judge-feeds.ts';

/**
 * Tells the operator after a cut which feeds were broken or stale on its day, in one mail a
 * day; those feeds. No mail where the operator's address is one that nobody has.
 */
export async function alarmFeeds(
  outside: Pick<Outside, 'store' | 'config' | 'now' | 'keys' | 'rendering' | 'renderingHash'>,
): Promise<readonly JudgedFeed[]> {
  const { store, config, now } = outside;
  const at = now();
  const date = publicationDate(config.cut, at);
  const failed = (await judgeFeeds(outside, date)).filter(isFeedFailure);
  const address = config.site.contact;
  if (failed.length === 0 || address.endsWith('.invalid')) return failed;
  const content = {
    subject: `Feeds that failed on ${dateForPeople(date)}`,
    paragraphs: [
      ...groupFeeds(failed),
      'The day was cut without them. Their papers come with the next edition after they can be read again.',
      'To see more: paperround feeds show NAME',
    ],
    isSubscribed: false,
  };
  const notice = {
    notice: 'alarm',
    key: `alarm-feeds-${date}`,
    address,
    subscriberId: null,
    content,
  };
  await store.transaction((tx) => recordNotice({ ...outside, store: tx }, notice, at));
  return failed;
}
