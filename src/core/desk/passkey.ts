/** Passkeys as browsers make and show them (Web Authentication, level 3): what they are asked, and what they answer. */
import { z } from 'zod';

/** For whom a passkey is made: a name of the web, and the address that its pages have. */
export interface PasskeySite {
  readonly id: string;
  readonly origin: string;
}

/** The site of an address; undefined where browsers make none: over plain http, or for an IP address. */
export function passkeySiteOf(publicUrl: string): PasskeySite | undefined {
  const { protocol, hostname, origin } = new URL(publicUrl);
  const isName = !/^[\d.]+$|^\[/.test(hostname);
  const isSafe = protocol === 'https:' || hostname === 'localhost';
  return isName && isSafe ? { id: hostname, origin } : undefined;
}

/** How long a browser waits for its owner, and a challenge is good. */
export const CHALLENGE_MS = 5 * 60_000;
/** ES256, EdDSA, RS256: what devices have (RFC 9053, RFC 8812). */
const ALGORITHMS = [-7, -8, -257];

/** What a browser is asked in order to make one. */
export function buildCreateOptions(given: {
  readonly site: PasskeySite;
  readonly siteName: string;
  readonly challenge: string;
  readonly operator: { readonly handle: string; readonly name: string };
  readonly known: readonly string[];
}) {
  const { site, siteName, challenge, operator, known } = given;
  return {
    rp: { id: site.id, name: siteName },
    user: { id: operator.handle, name: operator.name, displayName: operator.name },
    challenge,
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_MS,
    attestation: 'none',
    excludeCredentials: known.map((id) => ({ type: 'public-key', id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  };
}

/** What a browser is asked in order to show one: whichever its owner chooses. */
export function buildGetOptions({ site, challenge }: { site: PasskeySite; challenge: string }) {
  return { rpId: site.id, challenge, timeout: CHALLENGE_MS, userVerification: 'required' };
}

const text = z.string().max(20_000);
const credential = { id: text, rawId: text, type: z.literal('public-key') };

/** What a browser answers that made one. */
const madePasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(z.string().max(20)).max(10).default([]),
  }),
});

/** What a browser answers that shows one. */
const shownPasskey = z.object({
  ...credential,
  response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
});

/** Reads what the form of a page carries; undefined where it is no such answer. */
export function readMade(answer: string): z.infer<typeof madePasskey> | undefined {
  return madePasskey.safeParse(parse(answer)).data;
}

/** The same of one that is shown. */
export function readShown(answer: string): z.infer<typeof shownPasskey> | undefined {
  return shownPasskey.safeParse(parse(answer)).data;
}

function parse(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}
