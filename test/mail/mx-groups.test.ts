import { createSocket } from 'node:dgram';
import { type DecodedPacket, decode, encode } from 'dns-packet';
import { createMxGroups } from '../../src/mail/relay/mx-groups.ts';

/** A DNS server on the loopback that knows these mail servers. */
async function openDns(exchanges: Record<string, [number, string][]>) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { port, address }) => {
    const query = decode(bytes) as DecodedPacket;
    const name = query.questions?.[0]?.name ?? '';
    asked.push(name);
    const known = exchanges[name];
    if (known?.length === 0) return;
    const answer = encode({
      type: 'response',
      id: query.id ?? 0,
      flags: known ? 0 : 3,
      questions: query.questions ?? [],
      answers: (known ?? []).map(([preference, exchange]) => ({
        type: 'MX',
        name,
        ttl: 60,
        data: { preference, exchange },
      })),
    });
    socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return { server: `127.0.0.1:${socket.address().port}`, asked, close: () => socket.close() };
}

describe('the group of a domain', () => {
  let dns: Awaited<ReturnType<typeof openDns>>;
  beforeAll(async () => {
    dns = await openDns({
      'gmail.example': [
        [20, 'alt1.mx.big-provider.co.uk'],
        [5, 'mx.Big-Provider.co.uk'],
      ],
      'shop.example': [
        [10, 'a.filter.example.org'],
        [10, 'b.other.example.org'],
      ],
      'null.example': [[0, '.']],
      'silent.example': [],
    });
  });
  afterAll(() => dns.close());

  it('is the registrable domain of its most preferred mail server', async () => {
    const groups = createMxGroups([dns.server]);
    expect(await groups.groupOf('gmail.example')).toBe('big-provider.co.uk');
    expect(await groups.groupOf('shop.example')).toBe('example.org');
  });

  it('is the domain itself where there is no answer, or none that helps', async () => {
    const groups = createMxGroups([dns.server]);
    for (const domain of ['unknown.example', 'null.example', 'silent.example']) {
      expect(await groups.groupOf(domain)).toBe(domain);
    }
  }, 15_000);

  it('is asked for once an hour', async () => {
    const groups = createMxGroups([dns.server]);
    dns.asked.length = 0;
    await Promise.all(Array.from({ length: 50 }, () => groups.groupOf('gmail.example')));
    await groups.groupOf('gmail.example');
    expect(dns.asked).toEqual(['gmail.example']);
  });
});
