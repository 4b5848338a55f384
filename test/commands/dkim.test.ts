import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDkimKeys } from '../../src/commands/dkim.ts';
import { createSigner, readDkimKey } from '../../src/mail/dkim.ts';
import { verifyDkim } from '../harness/dkim.ts';

describe('paperround dkim', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paperround-dkim-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const order = {
    domain: 'news.example',
    types: ['rsa', 'ed25519'] as const,
    selector: undefined,
    now: new Date('2026-03-03T12:00:00Z'),
  };

  it('makes keys that sign, and records by which that is verified', async () => {
    const { data, lines } = await makeDkimKeys({ ...order, folder });
    const made = data as { selector: string; path: string; name: string; value: string }[];
    expect(made.map(({ selector }) => selector)).toEqual(['r202603', 'e202603']);
    // A record's strings are joined without a blank between them.
    const published = new Map(
      lines
        .filter((line) => line.includes(' IN TXT '))
        .map((line) => [
          line.split('. ')[0] ?? '',
          [...line.matchAll(/"([^"]*)"/g)].map(([, text]) => text).join(''),
        ]),
    );
    expect([...published]).toEqual(made.map(({ name, value }) => [name, value]));
    const keys = await Promise.all(
      made.map(async ({ selector, path }) => readDkimKey(selector, await readFile(path, 'utf8'))),
    );
    const sign = createSigner('news.example', keys);
    const message = 'From: a@news.example\r\nSubject: x\r\n\r\nx\r\n';
    const signed = (await sign(message)) + message;
    const results = await verifyDkim(Buffer.from(signed, 'latin1'), published);
    expect(results.map(({ status }) => status.result)).toEqual(['pass', 'pass']);
    for (const { path } of made) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(lines.at(-1)).toBe(
      `DKIM_KEYS='${made.map(({ selector, path }) => `${selector}=${path}`).join(' ')}'`,
    );
  });

  it('overwrites nothing, and asks which domain signs', async () => {
    await makeDkimKeys({ ...order, folder });
    await expect(makeDkimKeys({ ...order, folder })).rejects.toThrow('EEXIST');
    const nobody = { ...order, folder, domain: 'paperround.invalid' };
    await expect(makeDkimKeys(nobody)).rejects.toThrow('which domain signs?');
    await expect(makeDkimKeys({ ...order, folder, selector: '../x' })).rejects.toThrow(
      'is no selector',
    );
  });
});
