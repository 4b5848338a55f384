import { z } from 'zod';

/** What is sealed of a webhook: its address may be as good as a password. */
export interface Endpoint {
  readonly url: string;
  /** The newest first; one that was replaced signs beside it until its time is over. */
  readonly secrets: readonly { readonly secret: string; readonly until?: string | undefined }[];
}

const endpoint = z.object({
  url: z.string(),
  secrets: z.array(z.object({ secret: z.string(), until: z.string().optional() })).min(1),
});

/** So long a receiver has to change over to a new secret. */
const CHANGE_OVER_MS = 24 * 3_600_000;
/** Standard Webhooks: 24 to 64 bytes. */
export const SECRET_BYTES = 32;

/** Writes an endpoint as it is sealed. */
export function buildEndpoint(given: Endpoint): string {
  return JSON.stringify(given);
}

/** Reads it back. */
export function parseEndpoint(text: string): Endpoint {
  return endpoint.parse(JSON.parse(text));
}

/** A secret as Standard Webhooks writes one. */
export function buildSecret(bytes: Buffer): string {
  return `whsec_${bytes.toString('base64')}`;
}

/** The secrets that sign at a time. */
export function secretsAt({ secrets }: Endpoint, at: Date): string[] {
  const isGood = (until: string | undefined) => until === undefined || new Date(until) > at;
  return secrets.filter(({ until }) => isGood(until)).map(({ secret }) => secret);
}

/** Puts a new secret first; those before sign for a day more. */
export function changeSecret({ url, secrets }: Endpoint, secret: string, at: Date): Endpoint {
  const until = new Date(at.getTime() + CHANGE_OVER_MS).toISOString();
  const [newest] = secrets;
  return { url, secrets: [{ secret }, ...(newest ? [{ secret: newest.secret, until }] : [])] };
}

const LONGEST_URL = 2000;

/** What is wrong with an address; undefined where nothing is. Plain http is for private networks alone. */
export function findUrlFault(text: string, mayBePrivate: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.length > LONGEST_URL) return 'is no address such as https://example.org/hook';
  if (url.username || url.password) return 'has a user or a password in it: sign instead';
  if (url.protocol === 'https:' || (mayBePrivate && url.protocol === 'http:')) return undefined;
  return url.protocol === 'http:'
    ? 'must be https: what is told would be open to all on the way (ALLOW_PRIVATE_WEBHOOKS lets http through)'
    : 'must begin with https://';
}

/** An address as it may be shown: where it goes, without the path, which may be a secret. */
export function showUrl(text: string): string {
  const { origin, pathname, search } = new URL(text);
  return pathname.length > 1 || search ? `${origin}/…` : origin;
}

const NAME = /^[a-z0-9][a-z0-9._-]{0,39}$/;

/** What is wrong with the name of a webhook; undefined where nothing is. */
export function findWebhookNameFault(name: string): string | undefined {
  if (NAME.test(name)) return undefined;
  return `"${name}" cannot be a name: 1 to 40 small letters, digits, dots, dashes and underscores, the first a letter or digit`;
}
