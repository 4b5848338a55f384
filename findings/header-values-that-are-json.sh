#!/usr/bin/env bash
# One would guess: a header field whose value is plain ASCII leaves as it was given, name and value.
# What happens: nodemailer writes a value that has quotes as encoded words (RFC 2047), and changes the
# case of the name, so that X-SMTPAPI: {"unique_args":…} arrives as =?UTF-8?Q?=7B…, and
# X-PM-Metadata-deliveryId as X-Pm-Metadata-Deliveryid.
# Why it matters: vendors of relays read JSON from such fields as it stands, and take the rest of a
# field's name for a key; both are lost without a word. `{ prepared: true, value }` keeps the value,
# nothing keeps the case. Seen with nodemailer 10.6.0, 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-fund --no-audit nodemailer@10.6.0
cat > try.mjs <<'JS'
import { createTransport } from 'nodemailer';
const transport = createTransport({ streamTransport: true, buffer: true });
const value = '{"unique_args":{"delivery":"d7"}}';
const write = async (headers) => {
  const mail = { from: 'a@example.org', to: 'b@example.org', text: 'x', headers };
  return (await transport.sendMail(mail)).message.toString();
};
const plain = await write({ 'X-SMTPAPI': value, 'X-PM-Metadata-deliveryId': 'd7' });
const prepared = await write({ 'X-SMTPAPI': { prepared: true, value } });
const lines = plain.split('\r\n').filter((line) => /^x-(smtpapi|pm-)/i.test(line));
console.log(`nodemailer 10.6.0 writes:\n  ${lines.join('\n  ')}`);
const isEncoded = /^X-SMTPAPI: =\?UTF-8\?Q\?/im.test(plain);
const isRecased = plain.includes('X-Pm-Metadata-Deliveryid: d7');
if (!isEncoded || !isRecased || !prepared.toLowerCase().includes(`x-smtpapi: ${value}`)) process.exit(1);
JS
node try.mjs
