import type { FastifyInstance } from 'fastify';
import { tellSize } from '../../core/letter/digest.ts';
import { forceScheme, type Scheme } from '../../core/letter/scheme.ts';
import { previewToday } from '../../steps/digests/view.ts';
import { replyWithMessage } from '../errors.ts';
import { readAddress, textOf } from '../forms/address.ts';
import type { Site } from '../site.ts';
import { replyWithMail } from './deliveries.ts';
import { replyWithDesk } from './frame.ts';

const EDITIONS = 60;
const schemes: readonly Scheme[] = ['light', 'dark'];

type Query = { Querystring: Record<string, string | undefined> };

/** `/admin/templates`: whose the templates are, and real editions as they show them. */
export function registerTemplates(desk: FastifyInstance, site: Site): void {
  const { outside, templates } = site;

  desk.get<Query>('/admin/templates', async (request, reply) => {
    const { query } = request;
    const listed = await outside.store.editions.listShown(EDITIONS);
    const edition = textOf(query['edition']) || (listed[0]?.name ?? '');
    const scheme = schemeOf(query['scheme']);
    const address = textOf(query['address']).trim();
    const found = await findDigest(site, edition, address);
    const link = `/admin/templates/mail?${new URLSearchParams({ edition, scheme, address })}`;
    const { templatesDir } = outside.config;
    const view = {
      ...(templatesDir ? { folder: templatesDir } : {}),
      own: templates.filter(({ isOverridden }) => isOverridden),
      ours: templates.filter(({ isOverridden }) => !isOverridden).map(({ name }) => name),
      editions: listed.map(({ name }) => choose(name, edition)),
      schemes: schemes.map((each) => choose(each, scheme)),
      address,
      ...('problem' in found ? found : { shown: viewDigest(found, link) }),
    };
    const page = 'desk/templates';
    return replyWithDesk(request, reply, { site, page, title: 'Templates', view });
  });

  desk.get<Query>('/admin/templates/mail', async ({ query }, reply) => {
    const address = textOf(query['address']).trim();
    const found = await findDigest(site, textOf(query['edition']), address);
    if ('problem' in found) return replyWithMessage(reply, site, 404);
    return replyWithMail(reply, forceScheme(found.shown.html, schemeOf(query['scheme'])));
  });
}

/** What goes out decides on the size: what is shown has shorter links. */
function viewDigest({ sent, shown }: Digest, link: string) {
  return { subject: shown.subject, text: shown.text, size: tellSize(sent.html), link };
}

type Digest = NonNullable<Awaited<ReturnType<typeof previewToday>>>;

async function findDigest(
  { outside }: Site,
  name: string,
  address: string,
): Promise<Digest | { problem: string }> {
  const { store } = outside;
  const edition = await store.editions.findByName(name);
  if (!edition?.cutAt) return { problem: 'No edition was cut yet.' };
  const typed = readAddress(address);
  const reader =
    'address' in typed ? await store.subscribers.findByAddress(typed.address.key) : undefined;
  if (address && !reader) return { problem: `${address} has no subscription.` };
  const digest = await previewToday(outside, edition.id, reader);
  return digest ?? { problem: 'Nothing in this edition matches what they follow.' };
}

function schemeOf(value: unknown): Scheme {
  return value === 'dark' ? 'dark' : 'light';
}

function choose(value: string, chosen: string) {
  return { value, label: value, isChosen: value === chosen };
}
