import { STATUS_CODES } from 'node:http';
import type { z } from 'zod';
import { listOffered, type Offered } from './arguments.ts';
import { answersOf, isChange, type Operation, rightOfOperation } from './operation.ts';
import type { OtherRoute } from './other-routes.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { type JsonSchema, refOf } from './schemas.ts';

/** What the document says of one operation (OpenAPI 3.1, 4.8.10). */
export interface DocumentedOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-right'?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answered | { readonly $ref: string }>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

/** One answer of an operation. */
export interface Answered {
  readonly $ref?: undefined;
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Content;
}

const bearer = [{ key: [] }];
const ref = (id: string): JsonSchema => ({ $ref: refOf(id) });

/** Makes a JSON Schema, and keeps the shapes that it refers to. */
export type Collect = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;

/** One operation, and where it stands in the document. */
export interface Described {
  readonly path: string;
  readonly method: string;
  readonly operation: DocumentedOperation;
}

/** What the document says of a route that is no door to a command. */
export function describeRoute(route: OtherRoute, collect: Collect): Described {
  const { path, method, tag, summary, description, status, body, answers, right } = route;
  const { type = 'application/json' } = route;
  const faults = [
    ...(body ? ([400, 413, 415] as const) : []),
    ...(right ? ([401] as const) : []),
    ...(right === 'operate' ? ([403] as const) : []),
    429,
    500,
  ] as const;
  const operation = {
    operationId: idOf(method, path.replace('/api/v1', '')),
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    security: right ? bearer : [],
    ...(right ? { 'x-right': right } : {}),
    ...(body ? { requestBody: { required: true, content: json(collect(body, 'input')) } } : {}),
    responses: {
      [status]: {
        description: 'Done.',
        content: { [type]: { schema: collect(answers, 'output') } },
      },
      ...referToFaults(faults),
    },
  };
  return { path, method, operation };
}

/** What the document says of an operation. */
export function describeOperation(operation: Operation, tag: string, collect: Collect): Described {
  const { method, path, summary, description } = operation;
  const offered = listOffered(operation);
  const inBody = offered.filter(({ place }) => place === 'body');
  const content = describeBody(operation, inBody);
  const parameters = describeParameters(operation, offered);
  const right = rightOfOperation(operation);
  const documented: DocumentedOperation = {
    operationId: idOf(method, path),
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    security: bearer,
    'x-right': right,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content
      ? {
          requestBody: {
            required: operation.body !== undefined || inBody.some(({ isRequired }) => isRequired),
            content,
          },
        }
      : {}),
    responses: {
      ...describeAnswers(operation, collect),
      ...referToFaults([
        400,
        401,
        ...(right === 'look' && !isChange(operation) ? [] : ([403] as const)),
        404,
        ...(isChange(operation) ? ([409] as const) : []),
        ...(content ? ([413, 415] as const) : []),
        422,
        429,
        500,
      ]),
    },
  };
  return { path: `/api/v1${path}`, method, operation: documented };
}

function describeParameters(operation: Operation, offered: readonly Offered[]): Parameter[] {
  const own = offered
    .filter(({ place }) => place !== 'body')
    .map(({ name, place, isRequired, schema: { description, ...schema } }) => ({
      name,
      in: place === 'path' ? ('path' as const) : ('query' as const),
      required: isRequired,
      ...(description ? { description } : {}),
      schema,
    }));
  if (!isChange(operation)) return own;
  const once: Parameter = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Under one key the same request is done once in 24 hours.',
    schema: { type: 'string', maxLength: 202 },
  };
  return [...own, once];
}

function describeBody({ body }: Operation, inBody: readonly Offered[]): Content | undefined {
  if (body) return { [body.type]: { schema: { type: 'string' } } };
  if (inBody.length === 0) return undefined;
  const required = inBody.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return json({
    type: 'object',
    properties: Object.fromEntries(inBody.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  });
}

function describeAnswers(operation: Operation, collect: Collect): Record<string, Answered> {
  const { status = 200, text, look, isLong, command } = operation;
  const content: Content = text
    ? { [text.type]: { schema: { type: 'string' } } }
    : json(collect(answersOf(operation), 'output'));
  const headers = look
    ? { Location: { description: 'Where to look.', schema: { type: 'string' } } }
    : undefined;
  const later = { description: 'It goes on.', ...(headers ? { headers } : {}) };
  if (status === 202) return { 202: { ...later, content } };
  const done = {
    description: status === 201 ? 'Made.' : 'Done.',
    ...(status === 201 && headers ? { headers } : {}),
    content,
  };
  if (isLong) return { [status]: done, 202: { ...later, content: json(ref('GoingOn')) } };
  if (command === 'deliveries run') return { [status]: done, 202: { ...later, content } };
  return { [status]: done };
}

const faultStatuses = [400, 401, 403, 404, 409, 413, 415, 422, 429, 500] as const;
type FaultStatus = (typeof faultStatuses)[number];
/** `NotFound` for 404. */
const faultName = (status: FaultStatus) => (STATUS_CODES[status] ?? '').replace(/[^a-zA-Z]/g, '');

/** Every problem that an operation may answer with, by its name. */
export function describeFaults(): Record<string, Answered> {
  const content: Content = { [PROBLEM_TYPE]: { schema: ref('Problem') } };
  const wait = { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' } } };
  return Object.fromEntries(
    faultStatuses.map((status) => [
      faultName(status),
      {
        description: `${STATUS_CODES[status]}.`,
        ...(status === 429 ? { headers: wait } : {}),
        content,
      },
    ]),
  );
}

function referToFaults(statuses: readonly FaultStatus[]): Record<string, { $ref: string }> {
  return Object.fromEntries(
    statuses.map((status) => [status, { $ref: `#/components/responses/${faultName(status)}` }]),
  );
}

function json(schema: JsonSchema): Content {
  return { 'application/json': { schema } };
}

/** `getFeedsName` for `GET /feeds/{name}`. */
function idOf(method: string, path: string): string {
  const words = path.split(/[^a-zA-Z0-9]+/).filter(Boolean);
  return `${method.toLowerCase()}${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
