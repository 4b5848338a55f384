import { text } from 'node:stream/consumers';
import { CLI } from '../../src/commands/command.ts';
import { runCommand } from '../../src/commands/commands.ts';
import { exportSubscribers } from '../../src/steps/readers/export.ts';
import { type ApiCall, enterApi } from './api.ts';
import type { Backend } from './context.ts';
import { enterDesk } from './desk.ts';
import { openLive } from './live.ts';
import { subscribe } from './morning.ts';

export const DATE = '2026-12-24';
export const zones = [
  'Pacific/Kiritimati',
  'Asia/Tokyo',
  'Europe/Berlin',
  'America/Los_Angeles',
] as const;

type Seen = Readonly<Record<string, string>>;

/**
 * Pauses a reader of each zone until one date, saves that thrice through every door as the door
 * itself shows it, and gives what each showed, by zone and door.
 */
export async function savePauses(backend: Backend): Promise<Record<string, Seen>> {
  const live = await openLive(backend);
  try {
    const desk = await enterDesk(live, { name: 'ada' });
    const call = await enterApi(live, { name: 'ben' });
    const seen: Record<string, Seen> = {};
    for (const zone of zones) {
      const address = `${zone.replace('/', '.').toLowerCase()}@readers.example`;
      const { id } = await subscribe(live.outside, address, { zone });
      const command = async (name: string, args: object) =>
        (await runCommand(live.outside, { name, args }, CLI)).lines.join('\n');
      const api = async (asked: ApiCall) => (await call(asked)).json();
      const preferences = live.sign('preferences', id);
      const wishes = { days: '1', hour: '07:00', zone, count: '5' };
      const csv = async () =>
        (await text(exportSubscribers(live.outside, { actor: 'test' }))).split('\n');
      const doors: Record<string, Door> = {
        desk: {
          save: (until) => desk.post(`/admin/subscribers/${id}/pause`, { until }),
          show: async () => fieldOf((await desk.get(`/admin/subscribers/${id}`)).body, 'until'),
        },
        preferences: {
          save: (pausedUntil) => live.post(preferences, { ...wishes, pausedUntil }),
          show: async () => fieldOf((await live.get(preferences)).body, 'pausedUntil'),
        },
        api: {
          save: (until) =>
            api({ method: 'POST', path: `/subscribers/${id}/pause`, body: { until } }),
          show: async () => (await api({ path: `/subscribers/${id}` })).pausedUntil,
        },
        cli: {
          save: (until) => command('subscribers pause', { address, until }),
          show: async () =>
            /paused until (.*)/.exec(await command('subscribers show', { address }))?.[1] ?? '',
        },
        csv: {
          save: async () => {},
          show: async () =>
            (await csv())
              .find((line) => line.includes(address))
              ?.split(',')
              .at(-1) ?? '',
        },
      };
      seen[zone] = await throughDoors(doors);
    }
    return seen;
  } finally {
    await live.close();
  }
}

interface Door {
  save(date: string): Promise<unknown>;
  show(): Promise<string>;
}

async function throughDoors(doors: Readonly<Record<string, Door>>): Promise<Seen> {
  const seen: Record<string, string> = {};
  for (const [name, { save, show }] of Object.entries(doors)) {
    await save(DATE);
    for (let times = 0; times < 2; times += 1) await save(await show());
    seen[name] = await show();
  }
  return seen;
}

function fieldOf(page: string, field: string): string {
  return new RegExp(`id="${field}"[^>]* value="([^"]*)"`).exec(page)?.[1] ?? '';
}
