import type { ServiceName } from '../../src/core/channels/place.ts';
import { emptyProfile, type Profile } from '../../src/core/reader/subscription.ts';
import { addChannel } from '../../src/steps/channels/channels.ts';
import type { Outside } from '../../src/steps/steps.ts';
import type { TeamServer } from './team-server.ts';

/** Adds a channel of a service of a team's, due at 07:00 UTC every day; its id, and what signs. */
export async function addTeamChannel(
  outside: Outside,
  team: TeamServer,
  given: { service: ServiceName; name?: string; profile?: Partial<Profile>; papers?: number },
): Promise<{ id: number; secret: string | undefined }> {
  const { service, name = 'lab' } = given;
  const secret = await addChannel(outside, {
    name,
    service,
    place: team.place(service),
    wishes: {
      profile: { ...emptyProfile, surprise: false, ...given.profile },
      papersPerDigest: given.papers ?? 10,
      schedule: { days: [1, 2, 3, 4, 5, 6, 7], minuteOfDay: 420, zone: 'Etc/UTC' },
    },
    actor: 'test',
  });
  const channel = await outside.store.channels.findByName(name);
  return { id: channel?.id ?? 0, secret };
}
