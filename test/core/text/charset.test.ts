import * as fc from 'fast-check';
import { decodeBytes, repairEncoding } from '../../../src/core/text/charset.ts';

const declared = (charset: string, text: string) =>
  `<?xml version="1.0" encoding="${charset}"?>${text}`;

describe('decodeBytes', () => {
  it('reads UTF-8 whatever header and declaration say', () => {
    const bytes = Buffer.from(declared('iso-8859-1', 'Müller'), 'utf8');
    expect(decodeBytes(bytes, 'text/xml; charset=windows-1251')).toContain('Müller');
  });

  it('believes the declaration, and the header before it, where it is not UTF-8', () => {
    const latin = Buffer.from(declared('iso-8859-1', 'Müller'), 'latin1');
    expect(decodeBytes(latin)).toContain('Müller');
    expect(decodeBytes(latin, 'text/xml; charset="utf-8"')).toContain('Müller');
    const russian = Buffer.concat([
      Buffer.from(declared('utf-8', '')),
      Buffer.from([0xcc, 0xe8, 0xf0]),
    ]);
    expect(decodeBytes(russian, 'text/xml; charset=windows-1251')).toContain('Мир');
  });

  it('reads UTF-16 with and without its mark', () => {
    const text = declared('utf-16', 'Ωmega');
    const little = Buffer.from(text, 'utf16le');
    expect(decodeBytes(little)).toContain('Ωmega');
    expect(decodeBytes(Buffer.concat([Buffer.from([0xff, 0xfe]), little]))).toBe(text);
    expect(decodeBytes(Buffer.from(text, 'utf8'))).toContain('Ωmega');
  });

  it('takes windows-1252 for a charset that it does not know, and a mark for nothing', () => {
    expect(decodeBytes(Buffer.from([0x93, 0x41, 0x94]), 'text/xml; charset=x-klingon')).toBe('“A”');
    expect(decodeBytes(Buffer.from('\ufeffA'))).toBe('A');
  });

  it('puts spaces for characters that XML forbids', () => {
    expect(decodeBytes(Buffer.from('a\u0000b\u000bc\td\n\ufffe'))).toBe('a b c\td\n ');
  });

  it('never throws', () => {
    void fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (bytes, charset) => {
        expect(typeof decodeBytes(bytes, `text/xml; charset=${charset}`)).toBe('string');
      }),
    );
  });
});

describe('repairEncoding', () => {
  it('undoes UTF-8 that was read as Latin-1', () => {
    expect(repairEncoding('Aurora RamÃ­rez')).toBe('Aurora Ramírez');
  });

  it.each(['Ramírez', 'Ãngel', '5 Â° or ≤ 5Â°', 'plain', '日本'])('leaves %s alone', (text) => {
    expect(repairEncoding(text)).toBe(text);
  });
});
