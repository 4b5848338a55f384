/** Where in a transaction the server spoke. */
export type SmtpStage = 'connect' | 'mail' | 'rcpt' | 'data' | 'body';

/** A server's own words. */
export interface Reply {
  readonly code: number;
  /** RFC 3463 code such as `5.1.1`, where the server gave one. */
  readonly enhancedCode?: string;
  readonly text: string;
}

/** Splits a reply line such as `550 5.1.1 No such user` into its parts. */
export function parseReply(code: number, line: string): Reply {
  const text = line.replace(/^\d{3}[ -]?/, '').trim();
  const enhanced = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1];
  return { code, text: text.slice(0, 1000), ...(enhanced ? { enhancedCode: enhanced } : {}) };
}
