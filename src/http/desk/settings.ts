import type { FastifyInstance } from 'fastify';
import type { Setting } from '../../core/desk/settings.ts';
import type { Site } from '../site.ts';
import { replyWithDesk } from './frame.ts';

/** `/admin/settings`: the configuration of this process by its names, to read, without its secrets. */
export function registerSettings(desk: FastifyInstance, site: Site): void {
  const { settings } = site.outside.config;
  const those = (...states: readonly Setting['state'][]) =>
    settings.filter(({ state }) => states.includes(state));
  const view = {
    unknown: those('unknown'),
    set: those('set'),
    defaults: those('default', 'not set'),
  };
  desk.get('/admin/settings', (request, reply) =>
    replyWithDesk(request, reply, { site, page: 'desk/settings', title: 'Settings', view }),
  );
}
