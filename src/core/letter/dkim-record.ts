/** The longest character-string of a TXT record (RFC 1035, 3.3). */
const LONGEST_STRING = 255;

/**
 * A TXT record that publishes the public half of a DKIM key (RFC 6376, 3.6.1; RFC 8463, 4),
 * as a line of a zone file: one owner name, one or more quoted strings that are read as one.
 */
export function buildDkimRecord(of: {
  readonly selector: string;
  readonly domain: string;
  readonly type: 'rsa' | 'ed25519';
  /** RSA: the whole SubjectPublicKeyInfo; Ed25519: the bare 32 bytes. */
  readonly publicKey: Uint8Array;
}): { readonly name: string; readonly value: string; readonly line: string } {
  const name = `${of.selector}._domainkey.${of.domain}`;
  const value = `v=DKIM1; k=${of.type}; p=${Buffer.from(of.publicKey).toString('base64')}`;
  const strings = value.match(new RegExp(`.{1,${LONGEST_STRING}}`, 'g')) ?? [];
  const quoted = strings.map((each) => `"${each}"`).join(' ');
  return { name, value, line: `${name}. IN TXT ${strings.length > 1 ? `( ${quoted} )` : quoted}` };
}
