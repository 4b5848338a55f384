import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';

/**
 * Where in a session the server stands: before the handshake of TLS, before its answer, at the
 * first byte of a body, or after its dot.
 */
export type Phase = 'tls' | 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'body' | 'dot';

/**
 * What the server does instead of its usual answer: answers otherwise, ends the connection,
 * says nothing more, or says one byte at a time and never a whole line.
 */
export type Act = { readonly reply: string } | 'close' | 'hang' | 'drip';

export interface Moment {
  readonly phase: Phase;
  /** The recipient of the open transaction, else empty. */
  readonly to: string;
  /** Counted from 1. */
  readonly connection: number;
}

/** One DATA that the server let begin, and what it read of it. */
export interface Transaction {
  readonly connection: number;
  readonly to: string;
  /** Every byte that came after the 354, or the first of them where only those are kept. */
  body: string;
  isAccepted: boolean;
}

/** One connection's life, on the clock of `performance.now()`. */
export interface Session {
  readonly openedAt: number;
  endedAt?: number;
}

/** A raw SMTP server that follows a script: what it read is the truth that the ledger is held to. */
export interface ScriptedSmtp {
  readonly url: string;
  readonly transactions: Transaction[];
  /** Every command line that came, in that order. */
  readonly commands: string[];
  /** Connections so far. */
  readonly connections: number;
  /** Their lives: that of connection 1 stands at 0. */
  readonly sessions: readonly Session[];
  /** Asked at every step; undefined means the usual answer. */
  script: (moment: Moment) => Act | undefined | Promise<Act | undefined>;
  /** Addresses for which the server said 250 after the dot, in that order. */
  accepted(): string[];
  /** Says this on every connection, asked or not. */
  say(words: string): void;
  /** Ends every connection, so that none is idle. */
  hangUp(): void;
  close(): Promise<void>;
}

const DRIP_EVERY_MS = 50;
const usual: Record<Phase, string> = {
  tls: '',
  greeting: '220 script.example ready',
  ehlo: '250-script.example\r\n250-SIZE 10000000\r\n250 8BITMIME',
  mail: '250 2.1.0 fine',
  rcpt: '250 2.1.5 fine',
  data: '354 go on',
  body: '',
  dot: '250 2.0.0 taken',
};

/** The first line is the server's name: what is offered stands behind it (RFC 5321, 4.1.1.1). */
const PIPELINING_EHLO = usual.ehlo.replace('\r\n', '\r\n250-PIPELINING\r\n');

export interface ScriptedOptions {
  readonly pipelining?: boolean;
  /** Asks for a body also where it took no recipient. */
  readonly isCareless?: boolean;
  /** Bounds what is kept of each body. */
  readonly keepBytes?: number;
  /** Speaks TLS from the first byte, with this certificate for 127.0.0.1. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/** Starts a scripted server on a free port of the loopback. */
export async function openScriptedSmtp(options: ScriptedOptions = {}): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>();
  const transactions: Transaction[] = [];
  const sessions: Session[] = [];
  const commands: string[] = [];
  // Replies go out line by line: to commands in one write each but the first would wait 40 ms.
  const server = createServer({ noDelay: true }, (socket) => {
    const session: Session = { openedAt: performance.now() };
    const connection = sessions.push(session);
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      session.endedAt = performance.now();
    });
    socket.on('error', () => socket.destroy());
    if (options.tls) void secure(socket, connection, options.tls);
    else serve(socket, connection);
  });

  /** The handshake, or what the script has in its place. */
  async function secure(socket: Socket, connection: number, tls: { key: string; cert: string }) {
    const act = await scripted.script({ phase: 'tls', to: '', connection });
    if (act === undefined) {
      const inside = new TLSSocket(socket, { isServer: true, ...secureWith(tls) });
      inside.on('error', () => socket.destroy());
      serve(inside, connection);
    } else if (typeof act === 'string') obey(socket, act, DRIPPED_RECORD);
  }

  function serve(socket: Socket, connection: number): void {
    let to = '';
    let unread = '';
    let isBusy = true;
    let isOver = false;
    let open: Transaction | undefined;
    let isSenderTaken = false;
    let isReaderTaken = false;

    /** Takes a step: the reply that went out, or undefined where the session is over. */
    const step = async (phase: Phase): Promise<string | undefined> => {
      const act = await scripted.script({ phase, to, connection });
      if (typeof act === 'string') {
        obey(socket, act, DRIPPED_REPLY);
        isOver = true;
        return undefined;
      }
      const offers = phase === 'ehlo' && options.pipelining;
      const reply = act?.reply ?? (offers ? PIPELINING_EHLO : usual[phase]);
      if (reply) socket.write(`${reply}\r\n`);
      return reply;
    };
    const readCommand = async (): Promise<boolean> => {
      const end = unread.indexOf('\r\n');
      if (end < 0) return false;
      const line = unread.slice(0, end);
      unread = unread.slice(end + 2);
      commands.push(Buffer.from(line, 'latin1').toString('utf8'));
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'RSET') socket.write('250 2.0.0 fine\r\n');
      else if (verb === 'STAR') {
        // What follows is a handshake and no line: only a script says more than this.
        const act = await scripted.script({ phase: 'tls', to, connection });
        socket.write(act ? '220 2.0.0 go on\r\n' : '502 5.5.1 no TLS here\r\n');
        if (typeof act === 'string') obey(socket, act, DRIPPED_RECORD);
      } else if (verb === 'QUIT') socket.end('221 2.0.0 bye\r\n');
      else if (verb === 'RCPT') {
        to = /<(.*)>/.exec(line)?.[1] ?? '';
        if (isSenderTaken) isReaderTaken = (await step('rcpt'))?.startsWith('2') === true;
        else socket.write('503 5.5.1 from whom?\r\n');
      } else if (verb === 'DATA') {
        if (!isReaderTaken && !options.isCareless) socket.write('503 5.5.1 to whom?\r\n');
        else if ((await step('data'))?.startsWith('3')) {
          open = { connection, to, body: unread, isAccepted: false };
          transactions.push(open);
        }
      } else if (verb === 'MAIL') {
        isReaderTaken = false;
        isSenderTaken = (await step('mail'))?.startsWith('2') === true;
      } else await step('ehlo');
      return true;
    };
    let isBodySeen = false;
    const readBody = async (transaction: Transaction): Promise<boolean> => {
      if (!isBodySeen && unread !== '') {
        isBodySeen = true;
        await step('body');
        return true;
      }
      const dot = unread.startsWith('.\r\n') ? 0 : unread.indexOf('\r\n.\r\n') + 2;
      if (dot < 2 && !unread.startsWith('.\r\n')) return false;
      unread = unread.slice(dot + 3);
      if (options.keepBytes !== undefined) {
        // A copy: a slice would hold on to the whole.
        const kept = Buffer.from(transaction.body.slice(0, options.keepBytes), 'latin1');
        transaction.body = kept.toString('latin1');
      }
      open = undefined;
      isBodySeen = false;
      transaction.isAccepted = (await step('dot'))?.startsWith('2') === true;
      return true;
    };
    const readOn = async () => {
      if (isBusy) return;
      isBusy = true;
      while (!isOver && (await (open ? readBody(open) : readCommand())));
      isBusy = false;
    };
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      if (open) open.body += chunk.toString('latin1');
      void readOn();
    });
    void step('greeting').then(() => {
      isBusy = false;
      return readOn();
    });
  }

  const scripted: ScriptedSmtp = {
    url: '',
    transactions,
    sessions,
    commands,
    get connections() {
      return sessions.length;
    },
    script: () => undefined,
    accepted: () => transactions.filter(({ isAccepted }) => isAccepted).map(({ to }) => to),
    say(words) {
      for (const socket of sockets) socket.write(words);
    },
    hangUp() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      scripted.hangUp();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.defineProperty(scripted, 'url', {
    value: `${options.tls ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
  });
}

const DRIPPED_REPLY = Buffer.from('2');
/** The head of a handshake's record of 16 KB (RFC 8446, 5.1), of which no more than zeros follow. */
const DRIPPED_RECORD = Buffer.from([0x16, 0x03, 0x03, 0x40, 0x00, 0x00]);

/** Ends the connection, says nothing more, or these bytes one at a time and the last of them for ever. */
function obey(socket: Socket, act: Exclude<Act, object>, dripped: Buffer): void {
  if (act === 'close') {
    socket.destroy();
    return;
  }
  // Read on, or its end would not be heard of.
  socket.removeAllListeners('data');
  socket.resume();
  if (act === 'hang') return;
  let at = 0;
  const timer = setInterval(() => {
    socket.write(dripped.subarray(at, at + 1));
    at = Math.min(at + 1, dripped.length - 1);
  }, DRIP_EVERY_MS);
  socket.on('close', () => clearInterval(timer));
}

const secureWith = (tls: { key: string; cert: string }) => ({
  secureContext: createSecureContext(tls),
});
