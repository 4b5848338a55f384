import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { buildToken } from '../../src/core/reader/keys.ts';
import { buildReference } from '../../src/core/reader/references.ts';
import type { DocumentedOperation } from '../../src/http/api/describe.ts';
import type { ApiDocument } from '../../src/http/api/document.ts';
import { createApp } from '../../src/http/app.ts';
import { takeArrival } from '../../src/steps/feedback/take.ts';
import { type ApiCall, type CallApi, callApi, enterApi } from '../harness/api.ts';
import { backends } from '../harness/context.ts';
import { buildRss, type FeedServer, openFeedServer } from '../harness/feed-server.ts';
import { type Live, openLive } from '../harness/live.ts';
import { makePapers, toImportFile } from '../harness/papers.ts';

/** What stands for the arguments of one operation, and what comes of it where it is not a 2xx. */
interface Example {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly status?: number;
}

const ADDRESS = 'ada@readers.example';

/** Every operation in an order in which each finds what it needs. */
const examples = (feedUrl: string): Record<string, Example> => ({
  getOpenapiJson: {},
  getOperator: {},
  postSubscriptions: { body: { address: 'eve@readers.example', topics: ['reefs'] } },
  postPreviews: { body: { count: 3 } },
  postFeeds: { body: { feed: `${feedUrl}/rss`, name: 'reefs' } },
  getFeeds: {},
  getFeedsName: { path: { name: 'reefs' } },
  postFeedsFind: { body: { feed: `${feedUrl}/rss` } },
  postFeedsFetch: {},
  postFeedsNameFetch: { path: { name: 'reefs' } },
  postFeedsNameRename: { path: { name: 'reefs' }, body: { as: 'reefs' } },
  postFeedsNameWithout: { path: { name: 'reefs' }, body: { kinds: ['news'] } },
  getFeedsOpml: {},
  postFeedsOpml: { body: opml(`${feedUrl}/other`) },
  deleteFeedsName: { path: { name: 'other' } },
  postPapers: { body: toImportFile(makePapers('meadow', 8)), query: { date: '2026-03-03' } },
  getDraft: { query: { words: 'study', limit: '3' } },
  postDraftPick: { body: { papers: [1], place: 1 } },
  postDraftHide: { body: { papers: [2] } },
  postDraftPostpone: { body: { papers: [3] } },
  postDraftUnmark: { body: { papers: [2, 3] } },
  postEditionsEditionTest: { path: { edition: 'draft' }, body: { to: 'me@inbox.example' } },
  postSubscribers: { body: { address: ADDRESS, topics: ['meadow'] } },
  getSubscribers: { query: { search: 'ada', limit: '5' } },
  postEditionsCut: {},
  getEditions: {},
  getEditionsEdition: { path: { edition: '2026-03-03' } },
  getEditionsEditionPreview: { path: { edition: '2026-03-03' }, query: { format: 'text' } },
  postEditionsEditionRelease: { path: { edition: '2026-03-03' }, status: 409 },
  postEditionsEditionRefuse: { path: { edition: '2025-01-01' }, status: 404 },
  postDeliveriesRun: { body: { everyone: true, yes: true } },
  getDeliveries: { query: { edition: '2026-03-03' } },
  getDeliveriesStatus: {},
  getWarmUp: {},
  postWarmUpStart: { body: { stage: 5 } },
  postWarmUpStop: {},
  getDeliveriesDoubts: {},
  getDeliveriesBounced: {},
  postDeliveriesBouncedWhatAs: { path: { what: '2026-03-03', as: 'spare' } },
  getDeliveriesDelivery: { path: { delivery: 1 } },
  postDeliveriesDeliveryResolve: { path: { delivery: 1 }, body: { as: 'failed' }, status: 409 },
  postTrials: { body: { feed: `${feedUrl}/rss`, to: 'me@inbox.example' } },
  postResendsPlan: { body: { edition: '2026-03-03', address: ADDRESS } },
  postResends: { body: { edition: '2026-03-03', address: ADDRESS, yes: true, reason: 'asked' } },
  getResends: {},
  getResendsResend: { path: { resend: 1 } },
  postDeliveriesReconcile: { body: { messageIds: ['<d.1.0123456789abcdef@x.example>'] } },
  postDeliveriesPause: { body: { what: 'notices', reason: 'a test' } },
  postDeliveriesResume: { body: { what: 'notices' } },
  postDeliveriesCancel: { body: { what: '2026-03-03' } },
  postSubscribersImport: {
    body: 'address,confirmed_at\nben@readers.example,2024-05-07\n=x,\n',
    query: { source: 'our list of 2024, double opt-in' },
  },
  getSubscribersExport: {},
  getSubscribersSubscriber: { path: { subscriber: ADDRESS } },
  getSubscribersSubscriberExport: { path: { subscriber: ADDRESS } },
  postSubscribersSubscriberLibrary: { path: { subscriber: ADDRESS }, body: '10.5555/reefs.1' },
  postSubscribersSubscriberLibraryFollow: {
    path: { subscriber: ADDRESS },
    body: { library: 'groups/2482' },
  },
  getSubscribersSubscriberLibrary: { path: { subscriber: ADDRESS } },
  postSubscribersSubscriberLibraryUnfollow: {
    path: { subscriber: ADDRESS },
    body: { library: 'groups/2482' },
  },
  getSubscribersGrowth: { query: { days: '2' } },
  postSubscribersSubscriberChange: { path: { subscriber: ADDRESS }, body: { hour: '08:15' } },
  postSubscribersSubscriberLink: { path: { subscriber: ADDRESS }, body: {} },
  postSubscribersSubscriberPause: { path: { subscriber: ADDRESS }, body: { until: '2026-04-01' } },
  deleteSubscribersSubscriber: { path: { subscriber: 'ben@readers.example' } },
  getWhy: { query: { address: ADDRESS, date: '2026-03-03' } },
  postSuppressions: { body: { address: 'no@readers.example', reason: 'they asked by phone' } },
  getSuppressions: { query: { reason: 'operator' } },
  postSuppressionsLift: { body: { address: 'no@readers.example', reason: 'they asked again' } },
  postAnnouncements: { body: { subject: 'A night of care', body: 'We are *away* at ten.' } },
  getAnnouncements: {},
  getAnnouncementsId: { path: { id: 1 } },
  getAnnouncementsIdPreview: { path: { id: 1 } },
  postAnnouncementsId: { path: { id: 1 }, body: { subject: 'A night', body: 'At eleven.' } },
  postAnnouncementsIdSend: { path: { id: 1 }, body: { readers: 0 }, status: 409 },
  deleteAnnouncementsId: { path: { id: 1 } },
  postWebhooks: { body: { name: 'crm', url: 'https://hooks.invalid/path', events: ['left'] } },
  postWebhooksNameTest: { path: { name: 'crm' } },
  getWebhooks: {},
  getWebhooksNameLog: { path: { name: 'crm' } },
  postWebhooksBatchesBatchResend: { path: { batch: 1 } },
  postWebhooksNameSkip: { path: { name: 'crm' }, status: 409 },
  postWebhooksNameSecret: { path: { name: 'crm' } },
  postWebhooksNameOff: { path: { name: 'crm' } },
  postWebhooksNameOn: { path: { name: 'crm' }, body: { fromNow: true } },
  deleteWebhooksName: { path: { name: 'crm' } },
  postChannels: {
    body: { name: 'lab', service: 'mattermost', url: 'https://chat.invalid/hooks/x' },
  },
  getChannels: {},
  postChannelsName: { path: { name: 'lab' }, body: { hour: '08:15' } },
  postChannelsNameTest: { path: { name: 'lab' } },
  getChannelsNamePosts: { path: { name: 'lab' } },
  getChannelsNameDatesDate: { path: { name: 'lab', date: '2026-03-03' } },
  postChannelsNameResend: {
    path: { name: 'lab' },
    body: { edition: '2026-03-03' },
    status: 404,
  },
  postChannelsNamePause: { path: { name: 'lab' } },
  postChannelsNameResume: { path: { name: 'lab' } },
  deleteChannelsName: { path: { name: 'lab' } },
  getToday: {},
  getInbound: {},
  getInboundId: { path: { id: 1 } },
  postInboundIdDone: { path: { id: 1 } },
  getProposals: { query: { reported: 'true' } },
  getProposalsStopped: {},
  postProposalsLet: { body: { address: ADDRESS }, status: 409 },
  postProposalsIdLeave: { path: { id: 1 } },
  postProposalsIdTake: { path: { id: 1 } },
  postProposalsIdDown: { path: { id: 2 }, body: { reason: 'An advertisement' } },
  postProposalsIdStop: { path: { id: 2 }, body: { reason: 'Again and again' } },
  getCircles: {},
  postCircles: { body: { name: 'Institute of Tides', addresses: 'new@dept.example' } },
  postCirclesIdClose: { path: { id: 1 }, body: { reason: 'It was asked for.' } },
  getOperators: {},
  postOperatorsNameSignOut: { path: { name: 'ben' } },
  getKeys: {},
  postKeys: { body: { key: 'second', role: 'look' } },
  deleteKeysKey: { path: { key: 'second' } },
  getAudit: { query: { limit: '3' } },
  deleteSample: {},
});

const opml = (url: string) =>
  `<opml version="2.0"><body><outline text="other" type="rss" xmlUrl="${url}"/></body></opml>`;

interface Listed {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

function listOperations({ paths }: ApiDocument): Listed[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** The request that the document asks for, with an example's values in it. */
function callOf({ method, path, operation }: Listed, example: Example): ApiCall {
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(example.path?.[name] ?? '1')),
  );
  return {
    method,
    path: filled.replace(/^\/api\/v1/, ''),
    ...(example.query ? { query: example.query } : {}),
    ...(example.body === undefined ? {} : { body: example.body }),
    ...(type ? { type } : {}),
  };
}

/** Checks answers against the document's own schemas. */
function createCheck(document: ApiDocument) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  return ({ path, method }: Listed, answer: { status: number; type: string; body: string }) => {
    const { status, type, body } = answer;
    const pointer = (...parts: string[]) =>
      parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
    const operation = document.paths[path]?.[method.toLowerCase()];
    const declared = operation?.responses[status];
    if (!declared) return [`${status} is not declared`];
    const place =
      declared.$ref === undefined
        ? `#/${pointer('paths', path, method.toLowerCase(), 'responses', String(status))}`
        : declared.$ref;
    const content = declared.$ref
      ? { 'application/problem+json': {} }
      : ((declared as { content?: object }).content ?? {});
    if (!Object.hasOwn(content, type)) return [`${type} is not declared for ${status}`];
    const check = ajv.getSchema(`document${place}/${pointer('content', type, 'schema')}`);
    if (!check) return ['its schema is not there'];
    return check(type.includes('json') ? JSON.parse(body) : body) ? [] : (check.errors ?? []);
  };
}

describe.each(backends)('/api/v1 in the %s', (backend) => {
  let live: Live;
  let feeds: FeedServer;
  let operating: CallApi;
  let looking: CallApi;
  let document: ApiDocument;
  let reference: string;
  let token: string;
  beforeAll(async () => {
    live = await openLive(backend, { env: { REQUESTS_PER_MINUTE: '1000000' } });
    feeds = await openFeedServer();
    feeds.answer = (request, response) => {
      const topic = request.url?.includes('other') ? 'tundra' : 'lagoon';
      response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(buildRss(makePapers(topic, 2)));
    };
    operating = await enterApi(live, { name: 'ada' });
    looking = await enterApi(live, { name: 'ben', role: 'look' });
    document = (await live.get('/api/v1/openapi.json')).json();
    const { keys, config } = live.outside;
    reference = buildReference(keys, { purpose: 'leave', id: 1 });
    token = `${config.http.publicUrl}/unsubscribe/${buildToken(keys, 'unsubscribe', 1)}`;
    await takeArrival(live.outside, {
      source: 'smtp',
      key: 'a person',
      mailFrom: 'someone@inbox.example',
      rcptTo: [`${reference}@papers.example`],
      raw: Buffer.from(
        `From: someone@inbox.example\r\nSubject: Hello\r\n\r\nA word on ${token} and <mailto:${reference.toUpperCase()}@papers.example>.\r\n`,
      ),
    });
    await live.settle();
  });
  afterAll(async () => {
    await live?.close();
    await feeds?.close();
  });

  /** Two papers that Ada proposed, one of them reported. */
  async function propose() {
    const { store, now } = live.outside;
    const ada = await store.subscribers.findByAddress(ADDRESS);
    const subscriberId = ada?.subscriberId ?? 0;
    for (const paper of makePapers('lagoon', 2)) {
      const at = now();
      await store.transaction(async (tx) => {
        const key = `arxiv:${paper.title}`;
        const id = await tx.proposals.insert({ key, subscriberId, named: null, at });
        await tx.proposals.recordShown(id ?? 0, paper, at);
        await tx.proposals.report({ id: id ?? 0, subscriberId, at });
      });
    }
  }

  it('has a document that is OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(document.openapi).toBe('3.1.0');
    const unsaid = listOperations(document).filter(({ operation }) => !operation.summary);
    expect(unsaid).toEqual([]);
  });

  it('does all that the document says, and answers as it says', async () => {
    const all = listOperations(document);
    const given = examples(feeds.url);
    expect(Object.keys(given).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    const check = createCheck(document);
    for (const [id, example] of Object.entries(given)) {
      const listed = all.find((each) => each.id === id);
      if (!listed) throw new Error(`no ${id}`);
      const answer = await operating(callOf(listed, example));
      const [type = ''] = String(answer.headers['content-type']).split(';');
      const isGood = example.status
        ? answer.statusCode === example.status
        : answer.statusCode < 300;
      expect([id, isGood, isGood || answer.body]).toEqual([id, true, true]);
      const faults = check(listed, { status: answer.statusCode, type, body: answer.body });
      expect([id, faults]).toEqual([id, []]);
      if (answer.headers.location) {
        const look = String(answer.headers.location).replace('/api/v1', '');
        expect([id, (await operating({ path: look })).statusCode]).toEqual([id, 200]);
      }
      if (id === 'postDeliveriesRun') await live.settle();
      if (id === 'getToday') await propose();
    }
  });

  it('shows what somebody wrote without what acts for a reader', async () => {
    const listed = await looking({ path: '/inbound', query: { verdict: 'leave' } });
    const shown = await looking({ path: '/inbound/1' });
    expect(shown.json().text).toContain('A word on');
    const secret = reference.slice(2);
    for (const { body } of [listed, shown]) {
      expect(body).toContain('(hidden)');
      expect(body.toLowerCase()).not.toContain(secret);
      expect(body).not.toContain(token);
    }
  });

  it('gives out no link that acts for a reader', async () => {
    for (const format of ['html', 'text', 'message']) {
      const path = '/editions/2026-03-03/preview';
      const answer = await operating({ path, query: { address: ADDRESS, format } });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('unsubscribe/');
      expect(answer.body).not.toMatch(/(?:preferences|unsubscribe|vote|view)\/\d+\.[\w-]+\./);
    }
  });

  it('writes down who it was', async () => {
    const entries = await live.outside.store.audit.list({}, { most: 1000 });
    const actors = new Set(entries.map(({ actor }) => actor));
    expect([...actors].toSorted()).toEqual(['operator:ada', 'test']);
    const actions = new Set(entries.map(({ action }) => action));
    for (const action of [
      'add',
      'remove',
      'fetch',
      'import',
      'cut',
      'run',
      'try',
      'press',
      'pause',
      'erase',
    ]) {
      expect(actions).toContain(action);
    }
  });

  it('takes no nonsense for a fault of its own', async () => {
    const before = (await live.outside.store.audit.list({}, { most: 1 }))[0]?.id;
    const nonsense = ['\0', '\ud800', '-1', '99999999999999999999', '', "'; --", 'é'.repeat(5_000)];
    for (const listed of listOperations(document)) {
      const { operation, id } = listed;
      const [body] = Object.values(operation.requestBody?.content ?? {});
      const names = Object.keys(body?.schema.properties ?? {});
      const asked = (operation.parameters ?? []).filter((each) => each.in === 'query');
      // What takes nothing would simply be done.
      if (!body && asked.length === 0 && !listed.path.includes('{')) continue;
      for (const word of nonsense) {
        const call = callOf(listed, {
          path: Object.fromEntries(
            [...listed.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [
              name ?? '',
              word === '\ud800' ? 'x' : word.slice(0, 100) || ' ',
            ]),
          ),
          query: Object.fromEntries(asked.map(({ name }) => [name, word])),
          ...(body
            ? {
                body:
                  names.length > 0 ? Object.fromEntries(names.map((name) => [name, word])) : word,
              }
            : {}),
        });
        const { statusCode } = await operating(call);
        expect([id, word.slice(0, 30), statusCode < 500]).toEqual([id, word.slice(0, 30), true]);
      }
    }
    expect((await live.outside.store.audit.list({}, { most: 1 }))[0]?.id).toBe(before);
  });

  it('has every route that there is, and no other', async () => {
    const routes: string[] = [];
    const app = await createApp(live.context, ({ method, url }) => {
      for (const each of [method].flat()) {
        const path = url.replace(/:(\w+)/g, '{$1}');
        if (url.startsWith('/api/v1/') && !['HEAD', 'OPTIONS'].includes(each)) {
          routes.push(`${each} ${path}`);
        }
      }
    });
    await app.close();
    const documented = listOperations(document).map(({ method, path }) => `${method} ${path}`);
    expect(routes.toSorted()).toEqual(documented.toSorted());
  });

  it('would notice an answer that is not as it says', () => {
    const check = createCheck(document);
    const today = listOperations(document).find(({ id }) => id === 'getToday');
    if (!today) throw new Error('no getToday');
    const json = { type: 'application/json', body: '{"date": 3}' };
    expect(check(today, { status: 200, ...json })).not.toEqual([]);
    expect(check(today, { status: 418, ...json })).toEqual(['418 is not declared']);
  });

  it('lets a key that may only look see everything, and change nothing', async () => {
    const given = examples(feeds.url);
    const newest = async () => (await live.outside.store.audit.list({}, { most: 1 }))[0]?.id;
    const before = await newest();
    const rights = { look: 0, operate: 0 };
    for (const listed of listOperations(document)) {
      const right = listed.operation['x-right'];
      if (right === undefined) continue;
      const answer = await looking(callOf(listed, given[listed.id] ?? {}));
      expect([listed.id, answer.statusCode === 403]).toEqual([listed.id, right !== 'look']);
      rights[right as 'look'] += 1;
    }
    expect(await newest()).toBe(before);
    expect(rights.look).toBeGreaterThan(20);
    expect(rights.operate).toBeGreaterThan(20);
  });

  it('tells a stranger nothing but how to get a key', async () => {
    const given = examples(feeds.url);
    for (const call of [callApi(live), callApi(live, 'pr_nonsense')]) {
      for (const listed of listOperations(document)) {
        if (listed.operation.security.length === 0) continue;
        const answer = await call(callOf(listed, given[listed.id] ?? {}));
        expect([listed.id, answer.statusCode]).toEqual([listed.id, 401]);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
        expect(answer.json()).toMatchObject({ status: 401, detail: expect.any(String) });
      }
    }
  });
});
