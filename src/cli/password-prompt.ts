import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

/**
 * A new password: typed twice without showing it, or the first line of standard input where
 * that is no terminal. Never an argument, which other users of the machine could see. Throws
 * where the two differ.
 */
export async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    const [line = ''] = (await text(process.stdin)).split(/\r?\n/);
    return line;
  }
  const password = await ask('Password: ');
  if (password !== (await ask('Once more: '))) throw new Error('the two passwords differ');
  return password;
}

async function ask(question: string): Promise<string> {
  // What the terminal would echo goes nowhere.
  const output = new Writable({ write: (_piece, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output, terminal: true });
  process.stderr.write(question);
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
