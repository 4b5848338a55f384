import type { FastifyInstance } from 'fastify';
import { describeSettings } from '../../core/desk/settings.ts';
import type { Site } from '../site.ts';
import { replyWithDesk } from './frame.ts';

/** `/admin/settings`: the configuration of this process, to read, without its secrets. */
export function registerSettings(desk: FastifyInstance, site: Site): void {
  desk.get('/admin/settings', (request, reply) => {
    const view = { settings: describeSettings(site.outside.config) };
    return replyWithDesk(request, reply, { site, page: 'desk/settings', title: 'Settings', view });
  });
}
