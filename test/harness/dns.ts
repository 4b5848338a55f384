import { createSocket } from 'node:dgram';
import { type Answer, type DecodedPacket, decode, encode } from 'dns-packet';

/** What a DNS server on the loopback knows, by `TYPE name`; MX as `preference host`. */
export type Zone = Map<string, string[]>;

/** A DNS server that answers from a zone, which may be changed while it runs. */
export interface TestDns {
  /** As DNS_SERVERS takes it. */
  readonly server: string;
  readonly zone: Zone;
  /** True: what is asked stays without any answer. */
  isSilent: boolean;
  close(): void;
}

/** Starts one on a free port. */
export async function openTestDns(records: Readonly<Record<string, string[]>>): Promise<TestDns> {
  const zone: Zone = new Map(Object.entries(records));
  const socket = createSocket('udp4');
  const dns = { server: '', zone, isSilent: false, close: () => void socket.close() };
  socket.on('message', (bytes, { port, address }) => {
    if (dns.isSilent) return;
    const query = decode(bytes) as DecodedPacket;
    const { name = '', type = 'A' } = query.questions?.[0] ?? {};
    const values = zone.get(`${type} ${name.toLowerCase()}`);
    const isKnown = [...zone.keys()].some((key) => key.endsWith(` ${name.toLowerCase()}`));
    const answer = encode({
      type: 'response',
      id: query.id ?? 0,
      flags: isKnown ? 0 : 3,
      questions: query.questions ?? [],
      answers: (values ?? []).map((value) => answerOf(type, name, value)),
    });
    socket.send(answer, port, address);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  dns.server = `127.0.0.1:${socket.address().port}`;
  return dns;
}

function answerOf(type: string, name: string, value: string): Answer {
  const common = { name, ttl: 60 };
  if (type === 'TXT') return { ...common, type, data: value.match(/.{1,255}/g) ?? [''] };
  if (type === 'MX') {
    const [preference, exchange = ''] = value.split(' ');
    return { ...common, type, data: { preference: Number(preference), exchange } };
  }
  return { ...common, type: type as 'A', data: value };
}
