import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import type { Place, ServiceName } from '../../src/core/channels/place.ts';

/** One request that a service got. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a service answers a request: its status and text, and what of it stands in the channel. */
interface Said {
  readonly status: number;
  readonly text: string;
  readonly stands?: string;
}

/** One team's services on the loopback, which take, cut, refuse and answer as the real ones do. */
export interface TeamServer {
  readonly url: string;
  readonly got: Got[];
  /** What people see there, in order. */
  readonly stands: string[];
  /** Answers in the place of the service where it is set. */
  answer: ((request: Got, response: ServerResponse) => void) | undefined;
  place(service: ServiceName): Place;
  close(): Promise<void>;
}

const json = (status: number, content: object, stands?: string): Said => ({
  status,
  text: JSON.stringify(content),
  ...(stands === undefined ? {} : { stands }),
});
const plain = (status: number, said: string, stands?: string): Said => ({
  status,
  text: said,
  ...(stands === undefined ? {} : { stands }),
});

// Sources: each row of `src/core/channels/services.ts`.
const paths: readonly (readonly [RegExp, (got: Got, known: Map<string, Said>) => Said])[] = [
  [/^\/services\//, answerSlack],
  [/^\/hooks\//, answerMattermost],
  [/^\/powerautomate\//, answerTeams],
  [/^\/api\/webhooks\//, answerDiscord],
  [/^\/api\/v1\/messages/, answerZulip],
  [/^\/_matrix\//, answerMatrix],
  [/^\/hook$/, () => plain(204, '', 'event')],
];

function answerSlack({ body }: Got): Said {
  const { text: notification, blocks = [] } = JSON.parse(body);
  if (!notification && blocks.length === 0) return plain(400, 'no_text');
  if (blocks.length > 50 || blocks[0]?.text?.text?.length > 150)
    return plain(400, 'invalid_blocks');
  if (JSON.stringify(blocks).length > 12_000) return plain(400, 'msg_blocks_too_long');
  return plain(200, 'ok', `${notification} ${JSON.stringify(blocks)}`);
}

function answerMattermost({ body }: Got): Said {
  const { text: message = '' } = JSON.parse(body);
  if (!message) return json(400, { id: 'web.incoming_webhook.text.app_error' });
  // A longer one becomes several posts, cut anywhere.
  if ([...message].length > 16_383) return plain(200, 'ok', 'cut in two');
  return plain(200, 'ok', message);
}

function answerTeams({ body }: Got): Said {
  const { attachments } = JSON.parse(body);
  const wrapped = JSON.stringify(JSON.stringify(attachments)).length;
  // What is too large fails later, and nobody who posted hears of it.
  return attachments && wrapped <= 28_672 ? plain(202, '', body) : plain(202, '');
}

function answerDiscord({ path, body }: Got): Said {
  const { content = '', embeds = [], allowed_mentions: allowed } = JSON.parse(body);
  const sizes = embeds.map(
    (e: Record<string, string>) => `${e['title']}${e['description']}`.length,
  );
  const isTooLong =
    content.length > 2_000 ||
    embeds.length > 10 ||
    embeds.some((e: Record<string, string>) => (e['description'] ?? '').length > 4_096) ||
    sizes.reduce((sum: number, size: number) => sum + size, 0) > 6_000;
  if (isTooLong) return json(400, { code: 50035, message: 'Invalid Form Body' });
  if (!path.includes('wait=true')) return plain(204, '', body);
  const pings = allowed?.parse?.length === 0 ? '' : ' PINGS';
  return json(200, { id: '1' }, `${embeds[0]?.title} ${embeds[0]?.description}${pings}`);
}

function answerZulip({ headers, body }: Got): Said {
  const given = new URLSearchParams(body);
  const content = given.get('content') ?? '';
  if (headers['authorization'] !== `Basic ${btoa('bot@zulip.example:a-key-of-zulip')}`) {
    return json(401, { result: 'error', code: 'INVALID_API_KEY', msg: '' });
  }
  if (/@_?\*\*(all|everyone|channel|topic)\*\*/.test(content)) {
    return json(400, { result: 'error', code: 'BAD_REQUEST', msg: 'no permission' });
  }
  // What is longer is cut without a word.
  return json(200, { result: 'success', id: 1 }, `${given.get('to')}: ${content.slice(0, 10_000)}`);
}

function answerMatrix({ method, path, headers, body }: Got, known: Map<string, Said>): Said {
  if (headers['authorization'] !== 'Bearer a-key-of-matrix') {
    return json(401, { errcode: 'M_UNKNOWN_TOKEN', soft_logout: false });
  }
  if (method !== 'PUT') return json(405, { errcode: 'M_UNRECOGNIZED' });
  if (Buffer.byteLength(body) > 65_000) return json(413, { errcode: 'M_TOO_LARGE' });
  const before = known.get(path);
  // The same name is the same event: nothing more stands.
  if (before) return { status: before.status, text: before.text };
  const said = json(200, { event_id: `$${known.size}` }, JSON.parse(body).formatted_body);
  known.set(path, said);
  return said;
}

const places: Readonly<Record<ServiceName, Omit<Place, 'url'> & { readonly path: string }>> = {
  slack: { path: '/services/T00000000/B00000000/a-secret-of-slack' },
  mattermost: { path: '/hooks/abcdefghijklmnopqrstuvwxyz' },
  teams: {
    path: '/powerautomate/automations/direct/workflows/1/triggers/manual/paths/invoke?sig=a-sig',
  },
  discord: { path: '/api/webhooks/1234567890/a-token-of-discord' },
  zulip: {
    path: '',
    user: 'bot@zulip.example',
    key: 'a-key-of-zulip',
    room: 'reading',
    topic: 'papers',
  },
  matrix: { path: '', key: 'a-key-of-matrix', room: '!room:matrix.example' },
  webhook: { path: '/hook' },
};

/** Opens them. */
export async function openTeamServer(): Promise<TeamServer> {
  const known = new Map<string, Said>();
  const server = createServer(async (request, response) => {
    const got = await read(request);
    team.got.push(got);
    if (team.answer) {
      team.answer(got, response);
      return;
    }
    const [, service] = paths.find(([path]) => path.test(got.path)) ?? [];
    const { status, text: said, stands } = service?.(got, known) ?? plain(404, 'no_service');
    if (stands !== undefined) team.stands.push(stands);
    response.writeHead(status).end(said);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const team: TeamServer = {
    url,
    got: [],
    stands: [],
    answer: undefined,
    place: (service) => {
      const { path, ...rest } = places[service];
      return { url: `${url}${path}`, ...rest };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return team;
}

/** Throws unless a request is signed with a secret as Standard Webhooks says. */
export function verifySigned(secret: string, { body, headers }: Got): void {
  new Webhook(secret).verify(body, headers);
}

async function read(request: IncomingMessage): Promise<Got> {
  const body = await text(request);
  const { method = '', url: path = '' } = request;
  return { method, path, headers: request.headers as Record<string, string>, body };
}
