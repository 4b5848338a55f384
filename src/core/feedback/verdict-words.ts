import { ignored } from './classify.ts';

/** Verdicts on what came back, in words. */
export const verdictWords: Readonly<Record<string, string>> = {
  bounce: 'a message failed',
  complaint: 'a message was called spam',
  leave: 'a reader left',
  person: 'a person wrote',
  events: 'events of a webhook',
  unknown: 'not understood',
  ...ignored,
};
