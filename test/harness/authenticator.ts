import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** What a page asks a browser. */
interface Options {
  readonly challenge: string;
  readonly rp?: { readonly id: string };
  readonly rpId?: string;
}

/** What may be wrong with an answer: the page that it was given on, or a device that did not ask its owner. */
interface Wrong {
  readonly origin?: string;
  readonly isUnverified?: boolean;
  readonly counter?: number;
}

/** A device that keeps one passkey, and answers as a browser sends it on (Web Authentication, level 3). */
export interface Authenticator {
  create(options: string, wrong?: Wrong): string;
  show(options: string, wrong?: Wrong): string;
}

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest();

/** Makes one for pages of an origin. */
export function createAuthenticator(origin: string): Authenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  let count = 0;
  const dataOf = (
    rpId: string,
    { isUnverified = false, counter }: Wrong,
    more = Buffer.alloc(0),
  ) => {
    const known = more.length > 0 ? HAS_CREDENTIAL : 0;
    const flags = USER_PRESENT | (isUnverified ? 0 : USER_VERIFIED) | known;
    const counted = Buffer.alloc(4);
    count += 1;
    counted.writeUInt32BE(counter ?? count);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counted, more]);
  };
  const clientData = (type: string, challenge: string, wrong: Wrong) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: wrong.origin ?? origin }));
  const answer = (response: Readonly<Record<string, Buffer>>) => {
    const texts = Object.entries(response).map(([name, bytes]) => [name, toText(bytes)]);
    const named = { id: toText(id), rawId: toText(id), type: 'public-key' };
    return JSON.stringify({ ...named, response: Object.fromEntries(texts) });
  };
  return {
    create(options, wrong = {}) {
      const { challenge, rp } = JSON.parse(options) as Options;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      // COSE_Key of ES256: kty 2, alg -7, crv 1, x, y (RFC 9053, 7.1).
      const key = [hex('a5010203262001215820'), fromText(x), hex('225820'), fromText(y)];
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, ...key]);
      const data = dataOf(rp?.id ?? '', wrong, credential);
      // {"fmt": "none", "attStmt": {}, "authData": bytes}
      const head = hex('a363666d74646e6f6e656761747453746d74a068617574684461746158');
      const attestationObject = Buffer.concat([head, Buffer.from([data.length]), data]);
      const clientDataJSON = clientData('webauthn.create', challenge, wrong);
      return answer({ clientDataJSON, attestationObject });
    },
    show(options, wrong = {}) {
      const { challenge, rpId = '' } = JSON.parse(options) as Options;
      const authenticatorData = dataOf(rpId, wrong);
      const clientDataJSON = clientData('webauthn.get', challenge, wrong);
      const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)]);
      const signature = sign('sha256', signed, privateKey);
      return answer({ clientDataJSON, authenticatorData, signature });
    },
  };
}

const hex = (text: string) => Buffer.from(text, 'hex');
const toText = (bytes: Buffer) => bytes.toString('base64url');
const fromText = (text: string) => Buffer.from(text, 'base64url');
