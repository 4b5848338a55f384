import { createModels } from '../../src/models/models.ts';
import {
  type Answer,
  type ModelServer,
  sendJson,
  startModels,
  vectorOf,
} from '../harness/model-server.ts';

const prompt = { system: 'You summarise.', user: 'Abstract: Gulls fly. They eat fish. ' };
const SHORT_MS = 300;

describe('an OpenAI-compatible endpoint', () => {
  let server: ModelServer;
  beforeEach(async () => {
    server = await startModels();
  });
  afterEach(() => server.close());
  const open = () => createModels({ url: `${server.url}/`, key: 'hunter2' });
  /** What asking comes to when it answers so. */
  const faultOf = async (answer: Answer, withinMs = 5_000) => {
    server.answer = answer;
    const models = open();
    const told = async (asking: Promise<unknown>) =>
      asking.then(
        () => 'an answer',
        (error: { kind?: string; message: string }) => {
          expect(error.message).not.toMatch(/127\.0\.0\.1|hunter2/);
          return error.kind;
        },
      );
    const faults = [
      await told(models.embed('m', ['a', 'b'], withinMs)),
      await told(models.say('m', prompt, withinMs)),
    ];
    await models.close();
    return faults;
  };

  it('gives vectors in the order of the texts, and words, with what they cost', async () => {
    const models = open();
    const { value, tokens } = await models.embed('small', ['one', 'two', 'three'], 5_000);
    expect(value).toEqual(['one', 'two', 'three'].map((text) => Float32Array.from(vectorOf(text))));
    expect(tokens).toBe(7);
    const said = await models.say('big', prompt, 5_000);
    expect(said).toEqual({ value: 'The authors report: They eat fish.', tokens: 11 });
    expect(
      server.asked.map(({ path, body, authorization }) => [path, body.model, authorization]),
    ).toEqual([
      ['/v1/embeddings', 'small', 'Bearer hunter2'],
      ['/v1/chat/completions', 'big', 'Bearer hunter2'],
    ]);
    await models.close();
  });

  it('may be slow', async () => {
    expect(await faultOf(() => {}, SHORT_MS)).toEqual(['late', 'late']);
    const dripping: Answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
    };
    expect(await faultOf(dripping, SHORT_MS)).toEqual(['late', 'late']);
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['an error beside a 200', { error: { message: 'no' } }],
    ['one text of two', { data: [{ index: 0, embedding: [1, 2] }], choices: [] }],
    ['one twice', { data: [1, 2].map(() => ({ index: 0, embedding: [1, 2] })), choices: [{}] }],
    [
      'two lengths',
      {
        data: [
          [1, 2],
          [1, 2, 3],
        ].map((embedding, index) => ({ index, embedding })),
        choices: null,
      },
    ],
    [
      'nowhere',
      {
        data: [
          [0, 0],
          [0, 0],
        ].map((embedding, index) => ({ index, embedding })),
        choices: [{ message: { content: '  ' } }],
      },
    ],
    [
      'far away',
      {
        data: [
          [1e39, 1],
          [1, 2],
        ].map((embedding, index) => ({ index, embedding })),
        choices: [{ message: { content: null } }],
      },
    ],
  ])('may answer wrong: %s', async (_, value) => {
    expect(await faultOf((__, response) => sendJson(response, value))).toEqual(['wrong', 'wrong']);
  });

  it('may be rude', async () => {
    const page: Answer = (_, response) => response.end('<html>Welcome</html>');
    expect(await faultOf(page)).toEqual(['wrong', 'wrong']);
    const endless: Answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.writable && response.write('x'.repeat(1 << 20)));
      };
      response.on('drain', more);
      more();
    };
    expect(await faultOf(endless, 20_000)).toEqual(['wrong', 'wrong']);
    const cut: Answer = (_, response) => response.socket?.destroy();
    expect(await faultOf(cut)).toEqual(['gone', 'gone']);
    const moved: Answer = (_, response) => {
      response.writeHead(302, { location: `${server.url}/elsewhere` });
      response.end();
    };
    const before = server.asked.length;
    expect(await faultOf(moved)).toEqual(['wrong', 'wrong']);
    expect(server.asked).toHaveLength(before + 2);
    expect(await faultOf((_, response) => sendJson(response, {}, 401))).toEqual([
      'refused',
      'refused',
    ]);
  });

  it('may be busy: it is asked once more after the rest it asks for, unless that is long', async () => {
    let asked = 0;
    const once: Answer = ({ body }, response) => {
      asked += 1;
      if (asked > 1)
        return sendJson(response, {
          data: (body.input ?? []).map((_, index) => ({ index, embedding: [1, 2] })),
          choices: [{ message: { content: 'yes' } }],
        });
      response.writeHead(429, { 'retry-after': '0' });
      response.end();
    };
    expect(await faultOf(once)).toEqual(['an answer', 'an answer']);
    expect(asked).toBe(3);
    const long: Answer = (_, response) => {
      asked += 1;
      response.writeHead(503, { 'retry-after': '3600' });
      response.end();
    };
    asked = 0;
    expect(await faultOf(long)).toEqual(['busy', 'busy']);
    expect(asked).toBe(2);
  });

  it('may be gone', async () => {
    await server.close();
    expect(await faultOf(() => {})).toEqual(['gone', 'gone']);
  });
});
