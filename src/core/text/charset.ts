import { readWindows } from './windows.ts';

// Control characters but tab, line feed and carriage return; and the two that are no characters.
const FORBIDDEN = /(?![\t\n\r\u0080-\u009f])\p{Cc}|[\ufffe\uffff]/gu;

/**
 * Decodes a feed's bytes. What is valid UTF-8 is UTF-8 whatever it claims to be; else the
 * claim counts (byte order mark, header, XML declaration: RFC 7303 section 3), else
 * windows-1252. Never throws; characters that XML 1.0 forbids become spaces.
 */
export function decodeBytes(bytes: Uint8Array, contentType = ''): string {
  const claimed = claimedCharset(bytes, contentType);
  // These are not told from UTF-8 by their bytes: seven bits, or zeros between letters.
  const mustBelieve = /^(utf-16|iso-2022)/.test(claimed ?? '');
  const text =
    (mustBelieve ? undefined : decodeAs('utf-8', bytes)) ?? decodeClaimed(claimed, bytes);
  return text.replace(FORBIDDEN, ' ');
}

function decodeClaimed(claimed: string | undefined, bytes: Uint8Array): string {
  const known = claimed === undefined || claimed === 'utf-8' ? 'windows-1252' : claimed;
  const text = decodeAs(known, bytes) ?? new TextDecoder('windows-1252').decode(bytes);
  return readWindows(text);
}

function decodeAs(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function claimedCharset(bytes: Uint8Array, contentType: string): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0x3c && second === 0) return 'utf-16le';
  if (first === 0 && second === 0x3c) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const claim =
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType)?.[1] ??
    /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1];
  // Without a byte order mark or zeros it cannot be UTF-16, whatever it says.
  return claim && !/^utf-?16/i.test(claim) ? claim.toLowerCase() : undefined;
}

/** Undoes UTF-8 that was read as Latin-1 and written again ("RamÃ­rez"); leaves all other text alone. */
export function repairEncoding(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text)) return text;
  const bytes = Buffer.from(text, 'latin1');
  const isLatin1 = bytes.toString('latin1') === text;
  return (isLatin1 ? decodeAs('utf-8', bytes) : undefined) ?? text;
}
