import { type Beacons, createBeacons } from '../../src/beacons/beacons.ts';
import { type FeedServer, openFeedServer } from '../harness/feed-server.ts';

describe('a beacon', () => {
  let elsewhere: FeedServer;
  let beacons: Beacons;

  beforeEach(async () => {
    elsewhere = await openFeedServer();
    beacons = createBeacons({ timeoutMs: 300 });
  });
  afterEach(async () => {
    await beacons.close();
    await elsewhere.close();
  });
  const send = () => beacons.send({ url: `${elsewhere.url}/secret-path` });

  it('is taken by an answer of 2xx alone, and follows no redirect', async () => {
    const answers = [];
    for (const status of [200, 204, 301, 404, 500]) {
      elsewhere.answer = (_request, response) => {
        response.writeHead(status, { location: `${elsewhere.url}/other` }).end();
      };
      answers.push(await send());
    }
    expect(answers.map(({ isTaken }) => isTaken)).toEqual([true, true, false, false, false]);
    expect(answers[2]?.words).toBe('HTTP 301, and redirects are not followed');
    expect(elsewhere.requests).toHaveLength(5);
  });

  it('waits for nobody who does not answer, and never rejects', async () => {
    elsewhere.answer = () => {};
    expect(await send()).toEqual({ isTaken: false, words: 'no answer within 0.3 s' });
    // One that begins an answer and never ends it has answered.
    elsewhere.answer = (_request, response) => {
      response.writeHead(200).write('x');
    };
    expect(await send()).toMatchObject({ isTaken: true });
    await elsewhere.close();
    // A connection that was kept breaks, a new one is refused.
    const { isTaken, words } = await send();
    expect(isTaken).toBe(false);
    expect(words).toMatch(/^(ECONNREFUSED|UND_ERR_SOCKET)$/);
  });

  it('tells nothing of its address', async () => {
    const answer = await beacons.send({ url: 'http://no-such-host.invalid/secret-path' });
    expect(answer.isTaken).toBe(false);
    expect(answer.words).not.toMatch(/secret-path|no-such-host/);
  });
});
