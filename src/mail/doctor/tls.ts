import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { Certificate } from '../../core/doctor/certificate.ts';

/** Whom a certificate must be for, and by which authority beside the known ones. */
export interface Trust {
  readonly host: string;
  /** In PEM, instead of the authorities that Node knows. */
  readonly ca?: string | undefined;
}

/**
 * Encrypts a connection and tells of the server's certificate. It goes through with one that is
 * not to be trusted, so that its dates can be told: whoever calls says nothing secret over it then.
 */
export function openTls(
  socket: Socket,
  { host, ca }: Trust,
): Promise<{ socket: TLSSocket; certificate: Certificate }> {
  return new Promise((resolve, reject) => {
    const secured = connect({
      socket,
      host,
      ...(isIP(host) ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
    });
    secured.once('secureConnect', () => {
      secured.removeListener('error', reject);
      resolve({ socket: secured, certificate: certificateOf(secured) });
    });
    secured.once('error', reject);
    secured.once('close', () => reject(new Error('the connection was closed')));
  });
}

/** What a server showed in its handshake. */
export function certificateOf(socket: TLSSocket): Certificate {
  // Node's types say Error; it is the code of one (node:tls, authorizationError).
  const fault = socket.authorizationError as Error | string | undefined;
  return {
    endsAt: new Date(socket.getPeerCertificate().valid_to),
    fault: socket.authorized ? undefined : String(fault ?? 'it is not trusted'),
  };
}
