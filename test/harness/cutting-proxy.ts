import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a database that can be cut between what was carried out and its answer. */
export interface CuttingProxy {
  readonly url: string;
  /** Connections that were cut so far. */
  readonly cuts: number;
  /**
   * Asked once for each piece of the wire that names a prepared statement or says `commit`, by that
   * word. True cuts the connection when the server has answered it, before the answer is heard.
   */
  cutsAfter: (word: string) => boolean;
  /** `at once` cuts when the statement went out: the server still carries it out. */
  moment: 'after the answer' | 'at once';
  close(): Promise<void>;
}

/** Opens one before the database of a `postgres:` URL, which hears of these words. */
export async function openCuttingProxy(
  url: string,
  words: readonly string[],
): Promise<CuttingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let cuts = 0;
  // In the protocol both a statement's name and a simple query end with NUL.
  const marks = words.map((word) => ({ word, bytes: Buffer.from(`${word}\0`) }));
  const server = createServer((client) => {
    const database = connect(Number(target.port), target.hostname);
    let isDeaf = false;
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        // What has been asked is carried out: to the server this is a client that went away.
        database.end();
      });
    }
    const cut = () => {
      cuts += 1;
      client.destroy();
    };
    client.on('data', (piece: Buffer) => {
      database.write(piece);
      const said = marks.find(({ bytes }) => piece.includes(bytes));
      if (isDeaf || !said || !proxy.cutsAfter(said.word)) return;
      isDeaf = true;
      if (proxy.moment === 'at once') cut();
    });
    database.on('data', (piece: Buffer) => {
      if (!isDeaf) client.write(piece);
      else if (!client.destroyed) cut();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const own = new URL(url);
  own.port = String(port);
  const proxy: CuttingProxy = {
    url: own.href,
    get cuts() {
      return cuts;
    },
    cutsAfter: () => false,
    moment: 'after the answer',
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
