import fc from 'fast-check';
import { hearReply, readReply } from '../../../src/core/letter/reply.ts';

const inLatin1 = (text: string) => Buffer.from(text).toString('latin1');
/** A line's text: anything but what ends a line. */
const lineText = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.replace(/[\r\n]/g, ' '));
/** A reply as RFC 5321, 4.2 has it, with its code and the texts of its lines. */
const wellFormed = fc
  .tuple(
    fc.integer({ min: 200, max: 599 }),
    fc.array(lineText, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\r\n', '\n'),
  )
  .map(([code, texts, end]) => ({
    code,
    texts,
    written: texts
      .map((text, at) => `${code}${at < texts.length - 1 ? '-' : ' '}${inLatin1(text)}${end}`)
      .join(''),
  }));

const nonsense = [
  '2',
  '2nd try please',
  '20 minutes',
  '2500 x',
  '999 what',
  '600 5.1.1 x',
  '199 x',
  '100 go on',
  '5000 x',
  '400000 x',
  '550x',
  '550\tx',
  '250_fine',
  ' 250 fine',
  '-250 fine',
  '+250 fine',
  '2.5 fine',
  '0x250 fine',
  '２５０ fine',
  '250-a\r\n550 b',
  '250-a\r\n451 b',
  '250-a\r\nb',
  '250-a\r\n',
  '250-a\r\n250x',
  '99999999999 what',
  '9'.repeat(400),
  '2'.repeat(400),
  'HTTP/1.1 200 OK',
  '',
  '\0',
  '\x00250 fine',
  '25\x00 fine',
  'thanks',
];

describe('a reply of a server', () => {
  it('is read whole, however many lines it has and wherever it is split', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, fc.nat(), ({ code, texts, written }, next, place) => {
        const all = written + next.written;
        const heard = readReply(all);
        if (!heard || !('reply' in heard)) return false;
        expect(heard.reply.code).toBe(code);
        expect(heard.rest).toBe(next.written);
        const text = texts
          .map((each) => each.trim())
          .filter(Boolean)
          .join(' ');
        expect(heard.reply.text).toBe(text);
        // What has no end yet is waited for.
        return readReply(written.slice(0, place % written.length)) === undefined;
      }),
      { numRuns: 500 },
    );
  });

  it.each(nonsense)('is not %j', (said) => {
    const heard = readReply(`${said}\r\n`);
    expect(heard).toEqual({ nonsense: expect.any(String) });
  });

  it('is none where its lines have two codes, or anything but a blank or hyphen behind them', () => {
    const code = fc.integer({ min: 200, max: 599 });
    fc.assert(fc.property(code, code, (a, b) => a === b || isNonsense(`${a}-x\r\n${b} y\r\n`)));
    fc.assert(
      fc.property(code, fc.string({ minLength: 1, unit: 'binary-ascii' }), (a, text) => {
        return /^[ \r\n-]/.test(text) || isNonsense(`${a}${text}\r\n`);
      }),
    );
  });

  it('is none where its code does not begin with 2 to 5, or has not three digits', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (code) => {
        const isCode = /^[2-5]\d\d$/.test(String(code));
        return isCode || isNonsense(`${code} 5.1.1 x\r\n`);
      }),
      { examples: [[0], [199], [600], [999], [20], [2500]] },
    );
  });

  it('is never taken for another by any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (written) => {
        const heard = readReply(written);
        if (!heard || 'nonsense' in heard) return true;
        return /^[2-5]\d\d(?=[ \r\n-])/.test(written);
      }),
      { numRuns: 1_000 },
    );
  });

  it('may have no text, and keeps what a text begins with', () => {
    const read = (said: string) => readReply(said);
    expect(read('250\r\n')).toEqual({ reply: { code: 250, text: '' }, rest: '' });
    expect(read('250-\r\n250\r\n')).toEqual({ reply: { code: 250, text: '' }, rest: '' });
    expect(read('550 123 Main Street\r\n')).toMatchObject({ reply: { text: '123 Main Street' } });
    expect(read(inLatin1('550 déjà\r\n'))).toMatchObject({ reply: { text: 'déjà' } });
    expect(read(inLatin1('550-5.1.1 voilà\r\n550 5.1.1 là\r\n'))).toMatchObject({
      reply: { code: 550, enhancedCode: '5.1.1', text: '5.1.1 voilà 5.1.1 là' },
    });
  });

  it('is cut where it is long, and given up where it does not end', () => {
    expect(readReply(`550 ${'x'.repeat(5_000)}\r\n`)).toMatchObject({
      reply: { text: 'x'.repeat(1_000) },
    });
    expect(readReply('x'.repeat(70_000))).toEqual({ nonsense: 'x'.repeat(1_000) });
    expect(readReply('250-x\r\n'.repeat(10_000))).toHaveProperty('nonsense');
  });
});

const isNonsense = (written: string) => 'nonsense' in (readReply(written) ?? {});

/**
 * What issue and standard say of a code (RFC 5321, 4.2): its first digit counts, but for those of
 * a greeting, of QUIT and of AUTH, and for a 3yz that answers anything but DATA.
 */
function model(stage: 'mail' | 'rcpt' | 'data' | 'body', code: number): 'yes' | 'no' | 'astray' {
  if (code >= 400 && code <= 599) return 'no';
  if (stage === 'data') return code >= 300 && code !== 334 ? 'yes' : 'astray';
  return code < 300 && ![220, 221, 235].includes(code) ? 'yes' : 'astray';
}

describe('what a reply says', () => {
  it.each(['mail', 'rcpt', 'data', 'body'] as const)('to %s, for every code', (stage) => {
    for (let code = 200; code <= 599; code += 1) {
      expect([code, hearReply(stage, { code, text: '' })]).toEqual([code, model(stage, code)]);
    }
  });
});
