import { z } from 'zod';
import { PROVIDER_GROUPS, STAGES } from '../core/letter/warm-up-schedule.ts';
import { tellProviderDay, tellWarmUp } from '../core/letter/warm-up-words.ts';
import { countOf } from '../core/text/words.ts';
import { readWarmUp, startWarmUp, stopWarmUp } from '../steps/deliveries/warm-up.ts';
import { CommandError, defineCommand } from './command.ts';
import { count } from './shapes/shape.ts';
import { warmUpSchedule, warmUpState } from './shapes/warm-up.ts';

/** A list of more would be read by nobody. */
const MOST_TOLD = 20;

export const warmUpStart = defineCommand({
  right: 'operate',
  args: z.object({
    stage: z
      .int()
      .min(1)
      .max(STAGES.length)
      .default(1)
      .describe('The stage to begin on, where the domain sends some mail already.'),
  }),
  answers: z.object({ ceiling: z.int() }),
  async run(outside, { stage }, { actor }) {
    if (!(await startWarmUp(outside, { stage, actor }))) {
      throw new CommandError(
        'a warm-up goes on already: paperround warm-up show, or paperround warm-up stop',
        'conflict',
      );
    }
    const ceiling = STAGES[stage - 1]?.ceiling ?? 0;
    return {
      lines: [
        `From the next round on no provider gets more than ${countOf(ceiling, 'message')} on the first day.`,
        'Whoever is over that gets the papers with their next digest; notices always go.',
        'See how it stands: paperround warm-up show',
      ],
      data: { ceiling },
    };
  },
});

export const warmUpStop = defineCommand({
  right: 'operate',
  args: z.object({}),
  answers: z.object({
    isEnded: z.boolean(),
    freed: count.describe('Mails that were spread over days, and go out now.'),
  }),
  async run(outside, _args, { actor }) {
    const freed = await stopWarmUp(outside, actor);
    if (freed === undefined) throw new CommandError('no warm-up goes on', 'conflict');
    return {
      lines: [
        'The warm-up is over: from the next round on nobody waits for a turn.',
        ...(freed > 0 ? [`${countOf(freed, 'mail')} that would have gone later go out now.`] : []),
      ],
      data: { isEnded: true, freed },
    };
  },
});

export const warmUpShow = defineCommand({
  right: 'look',
  args: z.object({}),
  answers: z.object({ warmUp: warmUpState.nullable(), schedule: warmUpSchedule }),
  async run(outside) {
    const state = await readWarmUp(outside);
    const lines = state
      ? [
          tellWarmUp(state),
          ...state.providers
            .slice(0, MOST_TOLD)
            .map((day) => `  ${day.provider}: ${tellProviderDay(day)}`),
          ...(state.providers.length > MOST_TOLD
            ? [`  and ${countOf(state.providers.length - MOST_TOLD, 'more provider')}`]
            : []),
        ]
      : ['No warm-up goes on. Begin one: paperround warm-up start'];
    const schedule = { stages: STAGES, groups: PROVIDER_GROUPS };
    return {
      lines: [...lines, '', ...tellSchedule()],
      data: { warmUp: state ?? null, schedule },
    };
  },
});

function tellSchedule(): string[] {
  const stages = STAGES.map(({ ceiling }) => ceiling.toLocaleString('en-US')).join(' ');
  const groups = PROVIDER_GROUPS.map(
    ({ name, daysAStage }) => `${name} ${countOf(daysAStage, 'day')}`,
  );
  return [
    `The most messages a day to one provider, by stage: ${stages}`,
    `Days on each stage: ${groups.join(', ')}`,
  ];
}
