import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What was asked of an endpoint: a path, and the body. */
export interface Asked {
  readonly path: string;
  readonly body: {
    readonly model: string;
    readonly input?: readonly string[];
    readonly messages?: readonly { readonly role: string; readonly content: string }[];
  };
  readonly authorization: string | undefined;
}

export type Answer = (asked: Asked, response: ServerResponse) => void;

/** An endpoint on this machine that speaks as OpenAI's does, well or badly. */
export interface ModelServer {
  readonly url: string;
  readonly asked: Asked[];
  answer: Answer;
  close(): Promise<void>;
}

export async function startModels(answer: Answer = answerWell): Promise<ModelServer> {
  const asked: Asked[] = [];
  const held = { answer };
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const { url: path = '', headers } = request;
      const one = { path, body: JSON.parse(text), authorization: headers.authorization };
      asked.push(one);
      held.answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    asked,
    get answer() {
      return held.answer;
    },
    set answer(next) {
      held.answer = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Eight figures of a text, the same each time. */
export function vectorOf(text: string): number[] {
  return [...createHash('sha256').update(text).digest().subarray(0, 8)].map((byte) => byte - 100);
}

/** Vectors in an order of its own, a sentence of the abstract, words of the titles. */
export const answerWell: Answer = (asked, response) => sendJson(response, answerTo(asked));

/** The same, and tells not what it cost. */
export const answerFree: Answer = (asked, response) => {
  sendJson(response, { ...answerTo(asked), usage: undefined });
};

function answerTo({ path, body }: Asked) {
  if (path === '/v1/embeddings') {
    const data = (body.input ?? []).map((text, index) => ({ index, embedding: vectorOf(text) }));
    return { data: data.toReversed(), usage: { total_tokens: 7 } };
  }
  return {
    choices: [{ message: { role: 'assistant', content: sayWell(body.messages ?? []) } }],
    usage: { total_tokens: 11 },
  };
}

function sayWell(messages: NonNullable<Asked['body']['messages']>): string {
  const [system = '', user = ''] = messages.map(({ content }) => content);
  if (system.startsWith('You name')) return `${/^\w+ \w+/.exec(user)?.[0]} research`;
  const abstract = user.split('Abstract: ')[1] ?? '';
  return `The authors report: ${/\.\s(.*?[\w%])\. /.exec(abstract)?.[1]}.`;
}
