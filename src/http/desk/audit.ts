import type { FastifyInstance } from 'fastify';
import { readActor, tellAction, tellActor, tellDetail } from '../../core/desk/audit-words.ts';
import { textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { replyWithDesk, timeOf } from './frame.ts';
import { idOf } from './sign-in.ts';

const LISTED = 50;

/** `/admin/audit`: every change, the newest first. */
export function registerAudit(desk: FastifyInstance, site: Site): void {
  desk.get<{ Querystring: Record<string, string | undefined> }>(
    '/admin/audit',
    async (request, reply) => {
      const { query } = request;
      const filter = {
        actor: textOf(query['actor']).trim(),
        action: textOf(query['action']).trim(),
        subject: textOf(query['subject']).trim(),
      };
      const page = { beforeId: idOf(query['before'] ?? '') || undefined, most: LISTED };
      const { audit } = site.outside.store;
      const asTyped = await audit.list(filter, page);
      const entries =
        filter.actor && asTyped.length === 0
          ? await audit.list({ ...filter, actor: readActor(filter.actor) }, page)
          : asTyped;
      const last = entries.length === LISTED ? entries.at(-1) : undefined;
      const more = last && new URLSearchParams({ ...filter, before: String(last.id) });
      const view = {
        ...filter,
        entries: entries.map(({ at, actor, action, subject, detail }) => ({
          when: timeOf(at),
          actor: tellActor(actor),
          action: tellAction(action),
          subject,
          ...(Object.keys(detail).length > 0 ? { detail: tellDetail(detail) } : {}),
        })),
        ...(more ? { moreLink: `/admin/audit?${more}` } : {}),
      };
      return replyWithDesk(request, reply, { site, page: 'desk/audit', title: 'Audit', view });
    },
  );
}
