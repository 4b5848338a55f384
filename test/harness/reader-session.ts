import type { Live } from './live.ts';

/** A browser in which a reader is signed in. */
export interface ReaderBrowser {
  get(path: string): ReturnType<Live['get']>;
  /** Sends a form of our own page. */
  post(path: string, fields?: Record<string, string>): ReturnType<Live['post']>;
  readonly cookie: string;
  /** Where signing in led. */
  readonly next: string;
}

/** Signs a reader in by the link that is mailed for it. */
export async function signReaderIn(
  live: Live,
  address: string,
  next = '/propose',
): Promise<ReaderBrowser> {
  await live.post('/sign-in', { address, next });
  await live.settle();
  const begun = await live.post(live.linkTo('session', address));
  const cookie = String(begun.headers['set-cookie']).split(';')[0] ?? '';
  return {
    cookie,
    next: String(begun.headers['location']),
    get: (path) => live.get(path, { headers: { cookie } }),
    post: (path, fields = {}) => live.post(path, fields, { cookie }),
  };
}
