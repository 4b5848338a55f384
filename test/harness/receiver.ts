import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';
import { type FeedServer, openFeedServer } from './feed-server.ts';

/** An event as a receiver reads it. */
export interface HeardEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One post that a receiver got, before it was judged. */
export interface Heard {
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly type: string;
  readonly data: {
    readonly webhook: string;
    readonly batch: number;
    readonly previous: number | null;
    readonly events: readonly HeardEvent[];
  };
}

/** Somebody elsewhere on the loopback who is told events, and answers as a test says. */
export interface Receiver {
  readonly url: string;
  readonly heard: Heard[];
  /** What the next posts are answered with. */
  answer: (response: ServerResponse, heard: Heard) => void;
  /** Reads every post with a secret; throws for one that is not signed with it. */
  verify(secret: string): void;
  /** Ids of all events, as often as they were told. */
  events(): HeardEvent[];
  close(): Promise<void>;
}

/** Opens a receiver that takes everything. */
export async function openReceiver(): Promise<Receiver> {
  const server: FeedServer = await openFeedServer();
  const heard: Heard[] = [];
  const receiver: Receiver = {
    url: `${server.url}/a-path-that-is-a-secret`,
    heard,
    answer: (response) => response.writeHead(204).end(),
    verify(secret) {
      for (const { body, headers } of heard) new Webhook(secret).verify(body, headers);
    },
    events: () => heard.flatMap(({ data }) => data.events),
    close: () => server.close(),
  };
  server.answer = async (request, response) => {
    const post = await read(request);
    heard.push(post);
    receiver.answer(response, post);
  };
  return receiver;
}

async function read(request: IncomingMessage): Promise<Heard> {
  const body = await text(request);
  const headers = request.headers as Record<string, string>;
  const { type, data } = JSON.parse(body) as Pick<Heard, 'type' | 'data'>;
  return { key: headers['webhook-id'] ?? '', headers, body, type, data };
}
