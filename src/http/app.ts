import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type RouteOptions } from 'fastify';
import { listLegalPages } from '../core/letter/legal.ts';
import { allLanguages } from '../core/words/languages.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Logger } from '../process/log.ts';
import { createPasswordLines } from '../steps/desk/password-lines.ts';
import { createEditionMemory } from '../steps/editions/edition-memory.ts';
import type { Outside } from '../steps/steps.ts';
import { openTemplates } from '../steps/templates/files.ts';
import { createTurns } from '../steps/turns.ts';
import { registerActing } from './acting/acting.ts';
import { registerApi } from './api/api.ts';
import { registerFeedbackHook } from './api/feedback.ts';
import { registerDesk } from './desk/desk.ts';
import { registerErrorPages } from './errors.ts';
import { readSiteFiles, registerFiles } from './files.ts';
import { registerArchive } from './front/archive.ts';
import { registerEditions } from './front/editions.ts';
import { registerHome } from './front/home.ts';
import { registerProposals } from './front/proposals.ts';
import { createSharedPages } from './front/shared.ts';
import { limitVisitors } from './guard.ts';
import { registerVendorHooks } from './hooks/vendors.ts';
import { registerLegalPages } from './legal.ts';
import { guardMembers, registerReading } from './members.ts';
import { registerOutboxRoutes } from './outbox.ts';
import { registerOutFeeds, registerOwnFeeds } from './papers/out-feeds.ts';
import { registerPapers } from './papers/papers.ts';
import { registerRobots, registerSitemap } from './papers/sitemap.ts';
import { registerReaderRoutes } from './readers/readers.ts';
import { registerLinkForm, registerPreview, registerSignUp } from './sign-up.ts';
import { registerSignals } from './signals/signals.ts';
import { createFrame, createSites, type Site } from './site.ts';
import { loadPages } from './templates.ts';

/** Builds the site's pages; the caller lets it listen. `onRoute` hears of every route, as it is made. */
export async function createApp(
  given: {
    outside: Outside;
    outbox: Outbox | undefined;
    log: Logger;
  },
  onRoute: (route: RouteOptions) => void = () => {},
): Promise<FastifyInstance> {
  const { config } = given.outside;
  const { readIn, entries: templates } = await openTemplates(config);
  const legal = listLegalPages(config.site);
  const files = await readSiteFiles(config, { entries: templates });
  const same = {
    ...given,
    templates,
    editions: createEditionMemory(given.outside),
    turns: createTurns(),
    passwords: createPasswordLines(),
    shared: createSharedPages(() => given.outside.store.shown.findVersion()),
  };
  const parts = {
    siteName: config.site.name,
    publicUrl: config.http.publicUrl,
    isSandbox: given.outbox !== undefined,
    style: files.style,
    logo: files.logo,
    footText: config.site.footerText,
    legal,
    language: config.site.language,
  };
  const sites = await createSites(config.site.language, async (spoken) => ({
    ...same,
    ...(await loadPages(readIn(spoken.words.language))),
    frame: createFrame(parts, spoken),
  }));
  const site = sites[config.site.language];
  const app = fastify({
    trustProxy: config.http.trustProxy ?? false,
    bodyLimit: 256 * 1024,
    requestTimeout: 30_000,
    // A feed that was given no name has its address for one.
    routerOptions: { maxParamLength: 1000 },
  });
  app.addHook('onRoute', onRoute);
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: config.http.publicUrl.startsWith('https://'),
  });
  await app.register(formbody);
  logRequests(app, given.log);
  registerErrorPages(app, site);
  registerFiles(app, files, site.shared);
  registerSignals(app, given.outside);
  await limitVisitors(app, site);
  registerFeedbackHook(app, site);
  registerVendorHooks(app, site);
  registerReading(app, site);
  for (const language of allLanguages) registerSpoken(app, sites[language]);
  app.register((shown, _options, done) => {
    guardMembers(shown, site);
    registerOutFeeds(shown, site);
    registerSitemap(shown, site);
    done();
  });
  registerOwnFeeds(app, site);
  registerRobots(app, site);
  registerReaderRoutes(app, site);
  await registerLegalPages(app, site, legal);
  // Operators and scripts are spoken to in English.
  registerDesk(app, sites.en);
  registerApi(app, sites.en);
  if (given.outbox) registerOutboxRoutes(app, { ...sites.en, outbox: given.outbox });
  return app;
}

/** The pages of a language, those of a session with them: under its prefix where it is not the site's own. */
function registerSpoken(app: FastifyInstance, site: Site): void {
  const { words, prefix } = site;
  app.register(
    (shared, _options, done) => {
      shared.addHook('onRequest', async (_request, reply) => {
        reply.header('content-language', words.language);
      });
      if (prefix !== '') registerErrorPages(shared, site);
      registerSignUp(shared, site);
      registerLinkForm(shared, site);
      registerActing(shared, site);
      shared.register((shown, _settings, ready) => {
        guardMembers(shown, site);
        registerHome(shown, site);
        registerArchive(shown, site);
        registerEditions(shown, site);
        registerPapers(shown, site);
        registerProposals(shown, site);
        registerPreview(shown, site);
        ready();
      });
      done();
    },
    { prefix },
  );
}

/** Routes instead of paths, since a path may carry a token; nothing of who asked. */
function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.config?.isProbe) return;
    log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'request',
    );
  });
}
