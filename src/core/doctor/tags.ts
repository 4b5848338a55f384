/**
 * Reads a list of tags such as `v=DKIM1; k=rsa; p=…` (RFC 6376, 3.2), which DMARC has, too.
 * Undefined where it is none, or names a tag twice. Names in lower case, blanks around values gone.
 */
export function parseTags(text: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  const parts = text.split(';').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  for (const part of parts) {
    const [, name, value] = /^([a-z][a-z0-9_]*)\s*=\s*(.*)$/is.exec(part) ?? [];
    const known = name?.toLowerCase();
    if (known === undefined || value === undefined || tags.has(known)) return undefined;
    tags.set(known, value.trim());
  }
  return tags;
}
