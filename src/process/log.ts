import { type DestinationStream, type Logger, pino } from 'pino';
import { rights } from '../core/reader/keys.ts';

export type { Logger } from 'pino';

/** A log of JSON lines on standard error; addresses and tokens are never given to it, and cut out where a URL or an error carries one. */
export function createLog(level: string, to: DestinationStream = standardError()): Logger {
  return pino(
    {
      level,
      base: null,
      serializers: {
        err: (error: Error) => ({
          type: error.name,
          message: hideSecrets(error.message),
          stack: hideSecrets(error.stack ?? ''),
        }),
      },
    },
    to,
  );
}

function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: false });
}

/** Takes the credentials of URLs out of a text. */
export function hideCredentials(text: string): string {
  return text.replace(/\/\/[^\s/@]+@/g, '//…@');
}

const tokenPaths = new RegExp(`/(${rights.join('|')}|taste)/[^\\s/?#"']+`, 'g');

/** Nobody reads more of a line. */
const LONGEST = 4_000;

/** Takes addresses, credentials of URLs and the tokens of our links out of a text, of which the beginning is kept. */
export function hideSecrets(text: string): string {
  return hideCredentials(text.slice(0, LONGEST))
    .replace(tokenPaths, '/$1/…')
    .replace(/[^\s<>"',;:()]+/g, (word) => (/.@./.test(word) ? '…@…' : word));
}
