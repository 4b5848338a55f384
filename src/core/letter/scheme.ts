/** What a reader's program is set to. */
export type Scheme = 'light' | 'dark';

/** A mail as a program that is set to one of light and dark shows it, whatever the browser here is set to. */
export function forceScheme(html: string, scheme: Scheme): string {
  const other = scheme === 'dark' ? 'light' : 'dark';
  return html
    .replace(new RegExp(`\\(prefers-color-scheme:\\s*${scheme}\\)`, 'g'), 'all')
    .replace(new RegExp(`\\(prefers-color-scheme:\\s*${other}\\)`, 'g'), 'not all')
    .replaceAll(/(color-scheme(?:"\s+content="|:\s*))light dark/g, `$1${scheme}`);
}
