import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';
import type { Queue as BullQueue } from 'bullmq';

/** What is asked of one of the board's own routes. */
export interface BoardRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
}

/** Bull Board as plain parts, for whoever serves it: it only reads. */
export interface Board {
  /** The page, for an address that it stands under. */
  page(basePath: string): string;
  /** The paths of the page below that address. */
  readonly pagePaths: readonly string[];
  /** A folder with the page's scripts and styles, served as `/static/`. */
  readonly folder: string;
  /** What its script asks for: GET alone. */
  readonly routes: readonly {
    readonly path: string;
    answer(request: BoardRequest): Promise<{ readonly status: number; readonly body: unknown }>;
  }[];
}

/** Its page asks Google for a font, and styles its first moment in place: we serve it without. */
const FOREIGN = /<link[^>]+https?:[^>]*>|<style>[\s\S]*?<\/style>| style="[^"]*"/g;

/** What Redis says of its machine; the page does not show it. */
const DETAILS = '/api/redis/stats';

/** Builds Bull Board over queues, read only: no route of it that changes anything is there. */
export function createBoard(queues: readonly BullQueue[]): Board {
  const parts: Partial<Parts> = {};
  const set =
    <Name extends keyof Parts>(name: Name) =>
    (value: Parts[Name]) => {
      parts[name] = value;
      return adapter;
    };
  const adapter: IServerAdapter = {
    setQueues: set('queues'),
    setViewsPath: set('views'),
    setStaticPath: (_route, folder) => set('folder')(folder),
    setEntryRoute: set('entry'),
    setErrorHandler: set('onError'),
    setApiRoutes: set('routes'),
    setUIConfig: set('config'),
  };
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: {
      uiConfig: {
        boardTitle: 'Queue',
        hideDocsLink: true,
        hideRedisDetails: true,
        showWorkers: false,
        locale: { lng: 'en-US' },
        miscLinks: [{ text: 'To the desk', url: '/admin' }],
      },
    },
  });
  return assemble(parts as Parts);
}

interface Parts {
  readonly queues: BullBoardQueues;
  readonly views: string;
  readonly folder: string;
  readonly entry: AppViewRoute;
  readonly onError: Parameters<IServerAdapter['setErrorHandler']>[0];
  readonly routes: AppControllerRoute[];
  readonly config: UIConfig;
}

function assemble({ queues, views, folder, entry, onError, routes, config }: Parts): Board {
  const template = readFileSync(join(views, 'index.ejs'), 'utf8').replace(FOREIGN, '');
  return {
    page(basePath) {
      const { params } = entry.handler({ basePath, uiConfig: config });
      const values = params as Readonly<Record<string, string>>;
      return template.replace(/<%[=-] (\w+) %>/g, (_, name: string) => values[name] ?? '');
    },
    pagePaths: [entry.route].flat(),
    folder,
    routes: routes
      .filter(({ method, route }) => [method].flat().includes('get') && route !== DETAILS)
      .flatMap(({ route, handler }) =>
        [route].flat().map((path) => ({
          path,
          async answer({ params, query }: BoardRequest) {
            const request = { queues, uiConfig: config, params, query, body: {}, headers: {} };
            try {
              const { status = 200, body } = await handler(request);
              return { status, body };
            } catch (error) {
              const { status = 500, body } = onError(error as Error);
              return { status, body };
            }
          },
        })),
      ),
  };
}
