/** One request as a service takes it. */
export interface Wire {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Signed as Standard Webhooks says. */
  readonly secret?: string;
}

/** A request of JSON. */
export function jsonWire(url: string, content: object): Wire {
  return { method: 'POST', url, contentType: 'application/json', body: JSON.stringify(content) };
}
