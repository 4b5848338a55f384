import { FeedError } from '../core/feed/feed.ts';

/** Says in one plain sentence what went wrong while an address was fetched. */
export function toFeedError(cause: unknown, address: string, signal?: AbortSignal): FeedError {
  if (cause instanceof FeedError) return cause;
  const host = URL.canParse(address) ? new URL(address).hostname : address;
  const { name, code, message } = readError(cause);
  const isLate = name === 'TimeoutError' || causeName(cause) === 'TimeoutError';
  if (signal?.aborted) return new FeedError('cancelled', 'The fetch was cancelled.', { cause });
  if (isLate || /TIMEOUT|ETIMEDOUT/.test(code)) {
    return new FeedError('timeout', `${host} did not answer in time.`, { cause });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new FeedError('too-large', `The answer from ${host} is too large.`, { cause });
  }
  if (/^(Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/.test(code)) {
    return new FeedError('malformed', `The packed answer from ${host} is damaged.`, { cause });
  }
  const why = code === 'ENOTFOUND' ? 'there is no such host' : code || message;
  return new FeedError('network', `${host} could not be reached: ${why}.`, { cause });
}

/** Also errors of Node's own realm, which are no `Error` of a test's. */
function readError(cause: unknown): { name: string; code: string; message: string } {
  const text = (name: string) => {
    const value: unknown =
      typeof cause === 'object' && cause ? Reflect.get(cause, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { name: text('name'), code: text('code'), message: text('message') || String(cause) };
}

function causeName(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'cause' in error ? readError(error.cause).name : '';
}
