import { z } from 'zod';
import { tellTimeLeft } from '../core/desk/today.ts';
import { tellProviderDay, tellWarmUp } from '../core/letter/warm-up-words.ts';
import { countOf } from '../core/text/words.ts';
import { gatherToday, type Today } from '../steps/desk/today.ts';
import { buildTable, defineCommand } from './command.ts';
import { todayShape } from './shapes/today.ts';

export const today = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: todayShape,
  async run(outside) {
    const morning = await gatherToday(outside);
    const lines = [
      ...tellEdition(morning),
      ...tellUnfinished(morning),
      '',
      ...tellReaders(morning),
      ...tellWarmth(morning),
      '',
      ...buildTable(
        ['FEED', 'TODAY', 'WHY'],
        morning.feeds.map(({ name, state, reason }) => [name, state, reason]),
        'There are no feeds. Add one: paperround feeds add arxiv:cs.CL+cs.LG',
      ),
      '',
      ...tellNeeds(morning),
    ];
    return { lines, data: morning, ...(morning.needs.length > 0 ? { exitCode: 1 } : {}) };
  },
});

function tellEdition({ date, edition, draft }: Today): string[] {
  const newest = edition
    ? `Edition ${edition.name} is ${edition.stateWords}: ${countOf(edition.papers, 'paper')} in ${countOf(edition.groups, 'group')}.`
    : 'No edition was cut yet.';
  const next = draft ? `The draft: ${draft.words}.` : '';
  return [`Today is ${date}.`, newest, next].filter(Boolean);
}

function tellUnfinished({ unfinished }: Today): string[] {
  return unfinished.flatMap(({ words, command }) => [words, `    ${command}`]);
}

function tellReaders({ accounts, states, excluded, failures, copies, progress }: Today): string[] {
  const { candidates, deliveries, exclusions, openRounds, isBalanced } = accounts;
  const composing = openRounds > 0 ? `; ${countOf(openRounds, 'round')} still composed` : '';
  const open = progress.total - progress.ended;
  const pace =
    open > 0
      ? `, ${open} open, ${progress.perMinute} a minute, ${tellTimeLeft(progress.secondsLeft)}`
      : '';
  return [
    `${countOf(candidates, 'reader')} due since the cut = ${countOf(deliveries, 'digest')} + ${exclusions} without${composing}${isBalanced ? '' : ' (THIS DOES NOT ADD UP)'}`,
    `  ${states.accepted} accepted by the mail server${pace}`,
    ...failures.map(
      ({ count, words, reply }) => `  ${count} ${words}${reply ? ` (${reply})` : ''}`,
    ),
    ...excluded.map(({ count, words }) => `  ${count} without: ${words}`),
    ...(copies > 0
      ? [`  and ${copies === 1 ? '1 second copy' : `${copies} second copies`}, by hand`]
      : []),
  ];
}

/** Of the warm-up, where one goes on: the providers that somebody waits at or that were slowed. */
function tellWarmth({ warmUp }: Today): string[] {
  if (!warmUp) return [];
  const told = warmUp.providers.filter(({ waiting, slowed }) => waiting > 0 || slowed);
  const lines = told.slice(0, 5).map((day) => `  ${day.provider}: ${tellProviderDay(day)}`);
  return ['', tellWarmUp(warmUp), ...lines];
}

function tellNeeds({ needs }: Today): string[] {
  if (needs.length === 0) return ['Nothing needs you.'];
  return needs.flatMap(({ words, command }) => [`! ${words}`, `    ${command}`]);
}
