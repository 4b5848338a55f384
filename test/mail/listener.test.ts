import { connect } from 'node:net';
import nodemailer from 'nodemailer';
import { openListener } from '../../src/mail/listener.ts';

const options = {
  host: '127.0.0.1',
  port: 0,
  judge: async () => 'ours' as const,
  onError: () => {},
};
const envelope = { from: '', to: ['x@in.example'] };

async function withListener<Result>(
  take: Parameters<typeof openListener>[0]['take'],
  work: (port: number) => Promise<Result>,
): Promise<Result> {
  const listener = await openListener({ ...options, take });
  return work(listener.port).finally(() => listener.close());
}

const send = (port: number, raw: string) =>
  nodemailer.createTransport({ host: '127.0.0.1', port }).sendMail({ raw, envelope });

describe('the listener', () => {
  it('says 451 where the mail could not be kept, so that the other side keeps it', async () => {
    const take = async () => {
      throw new Error('the database is away');
    };
    const failure = await withListener(take, (port) => send(port, 'x')).catch((error) => error);
    expect(failure.responseCode).toBe(451);
    expect(failure.message).not.toContain('database');
  });

  it('gives the same bytes the same key, and others another', async () => {
    const keys: string[] = [];
    const take = async ({ key }: { key: string }) => keys.push(key);
    await withListener(take, async (port) => {
      for (const raw of ['Subject: a\r\n\r\na', 'Subject: a\r\n\r\na', 'Subject: b\r\n\r\nb']) {
        await send(port, raw);
      }
    });
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('takes nothing of a connection that breaks before the end', async () => {
    let taken = 0;
    const take = async () => {
      taken += 1;
    };
    await withListener(take, async (port) => {
      const socket = connect(port, '127.0.0.1');
      const lines = ['EHLO x', 'MAIL FROM:<>', 'RCPT TO:<x@in.example>', 'DATA'];
      for await (const answer of socket) {
        if (/^354/m.test(String(answer))) break;
        const line = lines.shift();
        if (line && /^[23]\d\d /m.test(String(answer))) socket.write(`${line}\r\n`);
      }
      socket.write('Subject: half');
      socket.destroy();
    });
    expect(taken).toBe(0);
  });

  it('offers no sign-in', async () => {
    const socket = await withListener(
      async () => {},
      async (port) => {
        const asking = connect(port, '127.0.0.1');
        let said = '';
        for await (const answer of asking) {
          said += answer;
          if (/^220/.test(String(answer))) asking.write('EHLO x\r\n');
          else break;
        }
        return said;
      },
    );
    expect(socket).toContain('SIZE 5242880');
    expect(socket).not.toMatch(/AUTH|STARTTLS/);
  });
});
