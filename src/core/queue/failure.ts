/**
 * What a job failed with, so that any queue can keep it: a text of PostgreSQL holds neither NUL nor
 * half a surrogate pair, and a job whose failure cannot be kept is run again and again.
 */
export function keepableFailure(thrown: unknown): Error {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const [message, stack] = [keepableText(error.message), keepableText(error.stack ?? '')];
  if (message === error.message && stack === (error.stack ?? '')) return error;
  const kept = new Error(message, { cause: error });
  kept.name = error.name;
  kept.stack = stack;
  return kept;
}

function keepableText(text: string): string {
  return text.replace(/\0|\p{Surrogate}/gu, '\ufffd');
}
