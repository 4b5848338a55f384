import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** How our Message-IDs look in the logs of mail servers: Postfix in angle brackets, Exim without. */
const OURS = /\bd\.[0-9a-z]{1,11}\.[0-9a-f]{16}@[\w.-]+/g;

/** The Message-IDs of ours in a mail server's log, each once. Rejects where the file cannot be read. */
export async function readMessageIds(path: string): Promise<string[]> {
  const found = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    for (const [id] of line.matchAll(OURS)) found.add(`<${id}>`);
  }
  return [...found];
}
