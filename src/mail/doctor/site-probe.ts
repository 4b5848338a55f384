import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Certificate } from '../../core/doctor/certificate.ts';
import type { Answered, SiteFacts } from '../../core/doctor/judge-site.ts';
import { certificateOf } from './tls.ts';

/** A public address, and where DNS says it is. */
export interface SiteTarget {
  /** https, without a trailing slash. */
  readonly url: string;
  readonly addresses: readonly string[];
  readonly ca?: string | undefined;
  /** Where plain http listens. */
  readonly plainPort: number;
  readonly withinMs: number;
}

const MOST_BYTES = 4_000_000;

/** Asks the public address as a reader would, at the first of its addresses that answers. Never rejects. */
export async function probeSite(target: SiteTarget): Promise<Omit<SiteFacts, 'addresses'>> {
  const silent: Answered = { kind: 'silent', reason: 'it has no address' };
  let first: Looked = { answer: silent, certificate: undefined };
  let at = '';
  // IPv4 first: a machine without IPv6 cannot say whether that address works.
  for (at of [...target.addresses].sort((a, b) => isIP(a) - isIP(b))) {
    first = await look(target, at, `${target.url}/api/v1/openapi.json`);
    if (first.answer.kind === 'answered' || first.certificate) break;
  }
  const { certificate, answer: document } = first;
  if (document.kind === 'silent' || certificate?.fault) {
    return { certificate, document, health: silent, plain: silent };
  }
  const { hostname } = new URL(target.url);
  const [health, plain] = await Promise.all([
    look(target, at, `${target.url}/healthz`),
    look(target, at, `http://${hostname}:${target.plainPort}/`),
  ]);
  return { certificate, document, health: health.answer, plain: plain.answer };
}

interface Looked {
  readonly answer: Answered;
  readonly certificate: Certificate | undefined;
}

async function look(target: SiteTarget, address: string, at: string): Promise<Looked> {
  const url = new URL(at);
  const isTls = url.protocol === 'https:';
  let certificate: Certificate | undefined;
  const answer = new Promise<Answered>((resolve, reject) => {
    const asked = (isTls ? requestTls : requestPlain)({
      host: address,
      port: url.port || (isTls ? 443 : 80),
      path: url.pathname,
      headers: { host: url.host, 'user-agent': 'Paperround-doctor' },
      agent: false,
      signal: AbortSignal.timeout(target.withinMs),
      ...(isTls && !isIP(url.hostname) ? { servername: url.hostname } : {}),
      ...(target.ca === undefined ? {} : { ca: target.ca }),
      // Its dates are told even where it is not trusted; nothing secret is asked.
      rejectUnauthorized: false,
    });
    asked.on('socket', (socket) => {
      if (isTls) {
        socket.once('secureConnect', () => {
          certificate = certificateOf(socket as TLSSocket);
        });
      }
    });
    asked.once('error', reject);
    asked.once('response', (response) => {
      readAnswer(response).then(resolve, reject);
    });
    asked.end();
  });
  const answered = await answer.catch(
    (error: Error): Answered => ({ kind: 'silent', reason: tell(error, target) }),
  );
  return { answer: answered, certificate };
}

async function readAnswer(response: IncomingMessage): Promise<Answered> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MOST_BYTES) break;
    pieces.push(piece);
  }
  const date = new Date(response.headers.date ?? '');
  return {
    kind: 'answered',
    status: response.statusCode ?? 0,
    location: response.headers.location,
    date: Number.isNaN(date.getTime()) ? undefined : date,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

function tell(error: Error, { withinMs }: SiteTarget): string {
  return error.name === 'TimeoutError' || error.name === 'AbortError'
    ? `no answer within ${withinMs / 1000} s`
    : error.message;
}
