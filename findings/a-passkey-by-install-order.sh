#!/usr/bin/env bash
# One would guess: whether a passkey's signature is verified does not hang on the order in which npm
# installed two packages that know nothing of each other, as each finds the versions that it asks for.
# What happens: where mailauth was there first, its older @peculiar/asn1-schema keeps the top of the tree,
# and npm gives each package of @simplewebauthn/server a copy of its own of the newer one. A schema that is
# written down in one copy is not known in another: every ES256 sign-in throws, though ranges are met and
# adding the passkey works. Both asked for at once, it verifies.
# Why it matters: a project that adds passkeys later has this tree, in its lock file too, and tests that only
# add a passkey pass. Seen with @simplewebauthn/server 14.0.3 and mailauth 4.13.3 on Node 20.20.2 and npm
# 11.19.1, 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > sign-in.mjs <<'JS'
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { verifyAuthenticationResponse } from '@simplewebauthn/server';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const { x, y } = publicKey.export({ format: 'jwk' });
// RFC 9053, 7.1: an EC2 key for ES256 on P-256.
const coordinate = (label, text) => [label, 0x58, 32, ...Buffer.from(text, 'base64url')];
const key = Uint8Array.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, ...coordinate(0x21, x), ...coordinate(0x22, y)]);

const rp = 'example.org';
const challenge = Buffer.alloc(32, 7).toString('base64url');
const client = Buffer.from(
  JSON.stringify({ type: 'webauthn.get', challenge, origin: `https://${rp}`, crossOrigin: false }),
);
const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
// Present and verified; it counts its first use.
const authenticator = Buffer.concat([sha256(rp), Buffer.from([5, 0, 0, 0, 1])]);
const signature = sign('sha256', Buffer.concat([authenticator, sha256(client)]), privateKey);
const id = Buffer.alloc(16, 9).toString('base64url');
try {
  const { verified } = await verifyAuthenticationResponse({
    response: {
      id, rawId: id, type: 'public-key', clientExtensionResults: {},
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authenticator.toString('base64url'),
        signature: signature.toString('base64url'),
      },
    },
    expectedChallenge: challenge, expectedOrigin: `https://${rp}`, expectedRPID: rp,
    credential: { id, publicKey: key, counter: 0 },
  });
  console.log(`verified: ${verified}`);
} catch (error) {
  console.log(error.message);
}
JS
try_tree() {
  mkdir "$1"
  cp sign-in.mjs "$1/"
  cd "$1"
  npm init -y >/dev/null
  shift
  for packages in "$@"; do
    # shellcheck disable=SC2086
    npm install --silent --no-fund --no-audit $packages
  done
  node sign-in.mjs
  cd "$folder"
}
echo "node $(node --version), npm $(npm --version), @simplewebauthn/server 14.0.3, mailauth 4.13.3"
together=$(try_tree together '@simplewebauthn/server@14.0.3 mailauth@4.13.3')
later=$(try_tree later mailauth@4.13.3 @simplewebauthn/server@14.0.3)
echo "installed together: $together"
echo "passkeys added later: $later"
[ "$together" = 'verified: true' ] || { echo 'changed: together'; exit 1; }
case $later in
  *'Cannot get schema for'*) ;;
  *) echo 'changed: later'; exit 1 ;;
esac
