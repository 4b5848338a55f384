import type { DocumentedOperation } from './describe.ts';
import type { JsonSchema } from './schemas.ts';

/** What stands for a value by its name, where its type alone says too little. */
const byName: Readonly<Record<string, unknown>> = {
  address: 'ada@example.org',
  to: 'me@example.org',
  edition: '2026-03-03',
  date: '2026-03-03',
  until: '2026-12-24',
  feed: 'arxiv:cs.CL+cs.LG',
  name: 'reefs',
  what: '2026-03-03',
  as: 'accepted',
  reason: 'they asked by mail',
  source: 'our list of 2024, double opt-in',
  topics: ['reward models'],
  failed: true,
  key: 'cron',
  subscriber: 12,
  delivery: 12,
  resend: 3,
  id: 7,
  format: 'text',
};

/** What an example says although it need not. */
const told = ['edition', 'failed', 'topics', 'to', 'until', 'reason'];

const files: Readonly<Record<string, string>> = {
  'text/csv': 'readers.csv',
  'text/plain': 'papers.txt',
  'text/x-opml': 'feeds.opml',
};

/** A call of an operation as one types it, with `$KEY` for the key. */
export function buildExample(
  server: string,
  { path, method, operation }: { path: string; method: string; operation: DocumentedOperation },
): string {
  const { parameters = [], requestBody, security } = operation;
  const [body] = Object.entries(requestBody?.content ?? {});
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => String(byName[name] ?? name));
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.required)
    .map(({ name, schema }): [string, string] => [name, String(exampleOf(name, schema))]);
  const search = query.length > 0 ? `?${new URLSearchParams(query)}` : '';
  const isOnce = parameters.some(({ name }) => name === 'Idempotency-Key');
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${server}${filled}${search}'`,
    ...(security.length > 0 ? ['-H "authorization: Bearer $KEY"'] : []),
    ...(isOnce ? ['-H "idempotency-key: $(uuidgen)"'] : []),
    ...(body ? [`-H 'content-type: ${body[0]}'`, tellBody(body[0], body[1].schema)] : []),
  ].join(' \\\n  ');
}

function tellBody(type: string, schema: JsonSchema): string {
  const file = files[type];
  if (file) return `--data-binary @${file}`;
  const { properties, required = [] } = schema;
  if (!properties) return '-d @body.json';
  const names = Object.keys(properties);
  const asked = names.filter((name) => required.includes(name));
  const shown = asked.length > 0 ? asked : names.filter((name) => told.includes(name));
  const values = shown.map((name) => [name, exampleOf(name, properties[name] ?? {})]);
  return `-d '${JSON.stringify(Object.fromEntries(values))}'`;
}

function exampleOf(name: string, schema: JsonSchema): unknown {
  const [first] = schema.enum ?? [];
  if (first !== undefined) return schema.enum?.includes(byName[name]) ? byName[name] : first;
  if (byName[name] !== undefined) return byName[name];
  if (schema.type === 'integer' || schema.type === 'number') return 1;
  if (schema.type === 'boolean') return true;
  return schema.type === 'array' ? [] : '...';
}
