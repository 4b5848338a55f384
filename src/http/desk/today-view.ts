import { drawDays, drawWhole, type Tone } from '../../core/desk/charts.ts';
import type { LedgerDay } from '../../core/desk/days.ts';
import type { DeskButton } from '../../core/desk/frame.ts';
import { type Need, tellTimeLeft } from '../../core/desk/today.ts';
import type { ProgressPart, TodayPage } from '../../core/desk/today-pages.ts';
import type { DeliveryState } from '../../core/letter/delivery.ts';
import { STAGES } from '../../core/letter/warm-up-schedule.ts';
import { tellProviderDay, tellWarmUp } from '../../core/letter/warm-up-words.ts';
import { countOf } from '../../core/text/words.ts';
import type { Today } from '../../steps/desk/today.ts';
import { timeOf } from './frame.ts';

const tones: Record<DeliveryState, { tone: Tone; label: string }> = {
  accepted: { tone: 'accepted', label: 'accepted by the mail server' },
  ready: { tone: 'open', label: 'ready' },
  sending: { tone: 'open', label: 'being sent' },
  deferred: { tone: 'open', label: 'tried again later' },
  in_doubt: { tone: 'doubt', label: 'in doubt' },
  failed: { tone: 'failed', label: 'failed' },
};

/** The colour and the words of a state. */
export function toneOf(state: DeliveryState): { tone: Tone; label: string } {
  return tones[state];
}

/** How far the morning is, for its page and for what follows it live. */
export function viewProgress(today: Today): ProgressPart {
  const { accounts, states, excluded, failures, progress, edition } = today;
  const { candidates, deliveries, exclusions, openRounds, isBalanced } = accounts;
  const of = edition ? `&edition=${encodeURIComponent(edition.name)}` : '';
  const order = Object.keys(tones) as DeliveryState[];
  const ends = order
    .map((state) => ({
      ...tones[state],
      count: states[state],
      link: `/admin/deliveries?state=${state}${of}`,
    }))
    .filter(({ count }) => count > 0);
  const without = { label: 'without a digest', tone: 'without' as const, count: exclusions };
  const parts = exclusions > 0 ? [...ends, without] : ends;
  const composing = openRounds > 0 ? `, ${countOf(openRounds, 'round')} still being composed` : '';
  return {
    account: `${countOf(candidates, 'reader')} due since the cut = ${countOf(deliveries, 'digest')} + ${exclusions} without${composing}`,
    isBalanced,
    ended: progress.ended,
    total: progress.total,
    isRunning: isRunning(today),
    pace: `${progress.perMinute} a minute, ${tellTimeLeft(progress.secondsLeft)}`,
    whole: drawWhole(
      `Where everyone ended: ${parts.map(({ label, count }) => `${label} ${count}`).join(', ')}`,
      parts,
    ),
    ends: parts,
    failures: [
      ...failures.map(({ words, count, reply, state, cause }) => ({
        label: words,
        count,
        tone: tones[state].tone,
        link: `/admin/deliveries?state=${state}${cause ? `&cause=${cause}` : ''}${of}`,
        ...(reply ? { reply } : {}),
      })),
      ...excluded.map(({ words, count }) => ({ label: words, count, tone: 'without' })),
    ],
  };
}

/** Whether something is still composed or on its way. */
export function isRunning({ accounts, progress }: Today): boolean {
  return accounts.openRounds > 0 || progress.ended < progress.total;
}

/** What needs a person, each with its buttons for who may press one. */
export function viewNeeds(
  { needs, feeds }: Pick<Today, 'needs' | 'feeds'>,
  mayOperate: boolean,
): TodayPage['needs'] {
  return needs.map((need) => ({
    words: need.words,
    command: need.command,
    buttons: mayOperate ? buttonsOf(need, feeds) : [],
  }));
}

function buttonsOf({ kind, of = '' }: Need, feeds: Today['feeds']): DeskButton[] {
  const named = encodeURIComponent(of);
  switch (kind) {
    case 'health':
      return [{ label: 'See the queue', link: '/admin/queue' }];
    case 'paused': {
      const fields = [{ name: 'what', value: of || 'all' }];
      return [{ label: 'Let it go on', action: '/admin/resume', fields }];
    }
    case 'held':
      return [{ label: 'Look at it', link: `/admin/editions/${named}` }];
    case 'in_doubt': {
      if (!of) return [{ label: 'Look', link: '/admin/deliveries?state=in_doubt' }];
      const link = `/admin/resend?kind=in_doubt&edition=${named}`;
      return [{ label: 'Resend…', link }];
    }
    case 'bounced': {
      const decide = (label: string, decision: string): DeskButton => ({
        label,
        action: '/admin/bounced',
        fields: [
          { name: 'what', value: of },
          { name: 'decision', value: decision },
        ],
      });
      return [decide('Suppress them', 'suppress'), decide('Spare them', 'spare')];
    }
    case 'channel':
      return [{ label: 'Look at it', link: `/admin/channels/${named}` }];
    case 'webhook':
      return [{ label: 'Look at it', link: '/admin/webhooks' }];
    case 'alerts':
    case 'citations':
      return [];
    case 'inbox':
      return [{ label: 'Read it', link: '/admin/inbox' }];
    case 'reported':
      return [{ label: 'Look at it', link: '/admin/proposals' }];
    case 'feed':
    case 'refused': {
      const id = feeds.find(({ name }) => name === of)?.id;
      const fields = [{ name: 'name', value: of }];
      return [
        { label: 'Fetch it now', action: '/admin/feeds/fetch', fields },
        ...(id === undefined ? [] : [{ label: 'Look', link: `/admin/feeds/${id}` }]),
      ];
    }
  }
}

/** A list of more would hide the feeds. */
const MOST_PROVIDERS = 10;

/** Where the warm-up stands, those providers first at which most readers wait. */
export function viewWarmUp({ warmUp }: Pick<Today, 'warmUp'>): Pick<TodayPage, 'warmUp'> {
  if (!warmUp) return {};
  const { providers } = warmUp;
  const left = providers.length - MOST_PROVIDERS;
  return {
    warmUp: {
      words: tellWarmUp(warmUp),
      providers: providers
        .slice(0, MOST_PROVIDERS)
        .map((day) => ({ name: day.provider, words: tellProviderDay(day) })),
      more: left > 0 ? `and ${countOf(left, 'more provider')}` : '',
    },
  };
}

/** The stages of the schedule as a form offers them. */
export const stages: TodayPage['stages'] = STAGES.map(({ ceiling }, at) => ({
  value: at + 1,
  label: `${ceiling.toLocaleString('en-US')} a day`,
}));

/** The newest edition and the draft, a sentence each. */
export function viewEdition({ edition, draft }: Today): string[] {
  const newest = edition
    ? `Edition ${edition.name} is ${edition.stateWords}: ${countOf(edition.papers, 'paper')} in ${countOf(edition.groups, 'group')}${edition.cutAt ? `, cut ${timeOf(edition.cutAt)}` : ''}.`
    : 'No edition was cut yet.';
  return draft ? [newest, `The draft: ${draft.words}.`] : [newest];
}

/** Other editions that are not at their end, each with its page. */
export function viewUnfinished({ unfinished }: Today): TodayPage['unfinished'] {
  return unfinished.map(({ name, words, command }) => ({
    words,
    command,
    link: `/admin/editions/${encodeURIComponent(name)}`,
  }));
}

/** The last days as two drawings, each on its own scale: few failures would not show beside many digests. */
export function viewDays(days: readonly LedgerDay[]): TodayPage['charts'] {
  const part = (tone: Tone, label: string, count: number) => ({ tone, label, count });
  const all = days.map((day) => ({
    date: day.date,
    parts: [
      part('accepted', 'accepted', day.accepted),
      part('open', 'open', day.open),
      part('doubt', 'in doubt', day.inDoubt),
      part('failed', 'failed', day.failed),
    ],
  }));
  const bad = days.map((day) => ({
    date: day.date,
    parts: [part('doubt', 'in doubt', day.inDoubt), part('failed', 'failed', day.failed)],
  }));
  const sum = (count: (day: LedgerDay) => number) =>
    days.reduce((total, day) => total + count(day), 0);
  const charts = [
    {
      title: 'Digests',
      svg: drawDays('Digests of each of the last thirty days', all),
      note: `${sum(({ accepted }) => accepted)} accepted in thirty days; today is on the right.`,
    },
    {
      title: 'What did not arrive',
      svg: drawDays('What failed or is in doubt of each of the last thirty days', bad),
      note: `${sum(({ failed }) => failed)} failed, ${sum(({ inDoubt }) => inDoubt)} in doubt.`,
    },
  ];
  return charts.filter(({ svg }) => svg !== '');
}
