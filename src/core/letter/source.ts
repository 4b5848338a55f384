/** A message that is kept one sign a byte, as people read it. */
export function readSource({ source }: { readonly source: string }): string {
  return Buffer.from(source, 'latin1').toString('utf8');
}
