import type { Site } from './site.ts';

/** Whether browsers reach the site by TLS. */
export function isSecure({ outside }: Site): boolean {
  return outside.config.http.publicUrl.startsWith('https://');
}

/** A cookie's name: where there is TLS, one that browsers let no other host set (RFC 6265bis, 4.1.3.2). */
export function nameCookie(site: Site, name: string): string {
  return isSecure(site) ? `__Host-${name}` : name;
}
