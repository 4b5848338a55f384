import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A message that the server accepted. */
export interface Received {
  readonly to: string;
  readonly from: string;
  readonly source: string;
  readonly email: Email;
}

/** A real SMTP server on the loopback that keeps what it accepted and refuses what it is told to. */
export interface SmtpSink {
  readonly url: string;
  readonly received: Received[];
  /** Answers RCPT TO of an address with this code from now on; without a code, accepts it again. */
  refuse(address: string, code?: number): void;
  /** Is asked after the whole body was read, before the 250. */
  beforeAnswer: (to: string) => Promise<void>;
  close(): Promise<void>;
}

/** Starts a sink on a free port. */
export async function openSmtpSink(): Promise<SmtpSink> {
  const refused = new Map<string, number>();
  const received: Received[] = [];
  const sink: SmtpSink = {
    url: '',
    received,
    refuse(address, code) {
      if (code === undefined) refused.delete(address);
      else refused.set(address, code);
    },
    beforeAnswer: async () => {},
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, callback) {
      const code = refused.get(address);
      if (code === undefined) callback();
      else
        callback(
          Object.assign(new Error(code === 552 ? '5.2.2 mailbox full' : '5.1.1 no such mailbox'), {
            responseCode: code,
          }),
        );
    },
    onData(stream, session, callback) {
      const { mailFrom, rcptTo } = session.envelope;
      const to = rcptTo[0]?.address ?? '';
      text(stream)
        .then(async (source) => {
          const from = mailFrom === false ? '' : mailFrom.address;
          const email = await PostalMime.parse(source);
          await sink.beforeAnswer(to);
          received.push({ to, from, source, email });
          callback();
        })
        .catch(callback);
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(sink, { url: `smtp://127.0.0.1:${port}` });
}
