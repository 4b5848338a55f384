import { CookieJar } from 'tough-cookie';

/** The cookies of one fetch: they live from its first request to its last redirect. */
export interface CookiesOfFetch {
  /** What to send to an address of what its own site set before. */
  headerFor(url: URL): { readonly cookie?: string };
  /** Keeps what an answer set; what is no cookie, or another site's, is passed over. */
  keep(url: URL, setCookie: string | readonly string[] | undefined): void;
}

/**
 * Opens a jar for one fetch. Journal software (seen: OJS) answers whoever comes without its
 * cookie by a redirect to the same page that sets it, and so for ever. Source: RFC 6265.
 */
export function openCookies(): CookiesOfFetch {
  const jar = new CookieJar();
  return {
    headerFor(url) {
      const cookie = jar.getCookieStringSync(url.href);
      return cookie === '' ? {} : { cookie };
    },
    keep(url, setCookie = []) {
      for (const line of [setCookie].flat()) {
        jar.setCookieSync(line, url.href, { ignoreError: true });
      }
    },
  };
}
