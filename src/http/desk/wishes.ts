import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ageWhenDue, clockOf } from '../../core/reader/schedule.ts';
import { freshWishes, isPaused, type Wishes } from '../../core/reader/subscription.ts';
import { previewHidden } from '../../steps/digests/preview.ts';
import { replyWithMessage } from '../errors.ts';
import { textOf } from '../forms/address.ts';
import { listOffered, PREVIEWED } from '../forms/preview.ts';
import { parseWishes, readTyped, type TypedWishes, typedOf } from '../forms/wishes.ts';
import { viewPapers, viewTimes } from '../forms/wishes-view.ts';
import type { Site } from '../site.ts';
import { formTokenFor, replyWithDesk } from './frame.ts';
import { giveOrder, type Order } from './order.ts';
import { idOf } from './sign-in.ts';

type ById = { Params: { id: string } };
type Form = { Body: Record<string, unknown> | undefined };

/** Which form it is, and what stands in it. */
interface Shown {
  readonly site: Site;
  /** The reader whose wishes they are; absent where somebody is added. */
  readonly reader?: { readonly id: number; readonly address: string };
  readonly address?: string;
  readonly typed: TypedWishes;
  readonly errors?: readonly string[];
}

/** `/admin/subscribers/new` and `/admin/subscribers/:id/wishes`: what a reader asks for, said for them. */
export function registerWishes(desk: FastifyInstance, site: Site): void {
  const { store, now } = site.outside;

  desk.get('/admin/subscribers/new', { config: { right: 'operate' } }, (request, reply) =>
    show(request, reply, { site, typed: typedOf(freshWishes) }),
  );

  desk.post<Form>('/admin/subscribers/new', async (request, reply) => {
    const address = textOf(request.body?.['address']).trim();
    const build = (args: Order['args']): Order => ({
      name: 'subscribers add',
      args: { ...args, address },
    });
    const done = await order(site, request, build);
    if ('errors' in done) {
      const typed = readTyped(request.body);
      return show(request, reply, { site, address, typed, errors: done.errors });
    }
    return reply.redirect(`/admin/subscribers/${done.id}?done=added`, 303);
  });

  desk.get<ById>(
    '/admin/subscribers/:id/wishes',
    { config: { right: 'operate' } },
    async (request, reply) => {
      const reader = await store.subscribers.find(idOf(request.params.id));
      if (reader?.state !== 'active') return replyWithMessage(reply, site, 404);
      const pausedUntil = isPaused(reader, now()) ? reader.pausedUntil : null;
      return show(request, reply, { site, reader, typed: typedOf({ ...reader, pausedUntil }) });
    },
  );

  desk.post<ById & Form>('/admin/subscribers/:id/wishes', async (request, reply) => {
    const reader = await store.subscribers.find(idOf(request.params.id));
    if (reader?.state !== 'active') return replyWithMessage(reply, site, 404);
    const build = (args: Order['args']): Order => ({
      name: 'subscribers change',
      args: { ...args, address: String(reader.id) },
    });
    const done = await order(site, request, build);
    if ('errors' in done) {
      const typed = readTyped(request.body);
      return show(request, reply, { site, reader, typed, errors: done.errors });
    }
    return reply.redirect(`/admin/subscribers/${reader.id}?done=saved`, 303);
  });
}

/** Gives the order with the wishes of the form; the subscription's id, or every fault. */
async function order(
  site: Site,
  request: FastifyRequest,
  build: (args: Order['args']) => Order,
): Promise<{ id: number } | { errors: readonly string[] }> {
  const parsed = parseWishes(request.body);
  if ('errors' in parsed) return { errors: parsed.errors.map(({ message }) => message) };
  const done = await giveOrder(site, request, build(argsOf(parsed.wishes)));
  if ('error' in done) return { errors: [done.error] };
  return z.object({ id: z.number() }).parse(done.answer.data);
}

/** Wishes as the commands take them; what is not asked here stays. */
function argsOf({ profile, schedule, papersPerDigest }: Wishes): Order['args'] {
  const { quietNote: _note, itemsOnly: _only, language = null, ...asked } = profile;
  const { days, minuteOfDay, zone } = schedule;
  const when = { days, hour: clockOf(minuteOfDay), zone };
  return { ...asked, language, ...when, papers: papersPerDigest };
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  { site, reader, address = '', typed, errors = [] }: Shown,
): Promise<FastifyReply> {
  const { config, now } = site.outside;
  const { schedule } = freshWishes;
  const age = ageWhenDue(schedule, config.cut, now());
  const excluded = typed.exclude.split(/\r\n|[\n\r]/).filter(Boolean);
  const hides = await previewHidden(site.editions, excluded, PREVIEWED);
  const here = reader && `/admin/subscribers/${reader.id}`;
  const title = reader ? `What ${reader.address} asks for` : 'Add a reader';
  const view = {
    formToken: formTokenFor(request),
    action: here ? `${here}/wishes` : '/admin/subscribers/new',
    back: here ?? '/admin/subscribers',
    title,
    errors,
    isNew: reader === undefined,
    address,
    papersPart: site.renderPart(
      'papers',
      viewPapers(typed, { words: site.words, offered: await listOffered(site), hides }),
    ),
    timesPart: site.renderPart(
      'times',
      viewTimes(typed, { words: site.words, age, asks: 'language' }),
    ),
    button: reader ? 'Save' : 'Add them',
  };
  const status = errors.length > 0 ? 409 : 200;
  return replyWithDesk(request, reply, { site, page: 'desk/wishes', title, view, status });
}
