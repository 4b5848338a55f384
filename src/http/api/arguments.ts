import type { FastifyRequest } from 'fastify';
import { ArgumentError, type ArgumentFault } from '../../commands/faults.ts';
import type { Operator } from '../../core/desk/operator.ts';
import { commandOf, type Operation, pathNames } from './operation.ts';
import { type JsonSchema, toJsonSchema } from './schemas.ts';

/** An argument as it is offered from afar. */
export interface Offered {
  /** As whoever calls names it, and as the command does. */
  readonly name: string;
  readonly argument: string;
  readonly place: 'path' | 'query' | 'body';
  readonly isRequired: boolean;
  readonly schema: JsonSchema;
}

/** Every argument of an operation, those of the path first. */
export function listOffered(operation: Operation): Offered[] {
  const { path, names = {}, fixed = {}, hidden = [], holder, body } = operation;
  const { schema } = toJsonSchema(commandOf(operation).args, 'input');
  const theirs = new Map(Object.entries(names).map(([name, argument]) => [argument, name]));
  const inPath = pathNames(path);
  const kept = new Set([...Object.keys(fixed), ...hidden, holder, body?.argument]);
  const isQuery = operation.method !== 'POST' || body !== undefined;
  return Object.entries(schema.properties ?? {})
    .filter(([argument]) => !kept.has(argument))
    .map(([argument, property]) => {
      const name = theirs.get(argument) ?? argument;
      const isPath = inPath.includes(name);
      const place = isPath ? 'path' : isQuery ? 'query' : 'body';
      const isRequired = isPath || (schema.required ?? []).includes(argument);
      return { name, argument, place, isRequired, schema: property } as const;
    })
    .sort((a, b) => Number(b.place === 'path') - Number(a.place === 'path'));
}

/** Reads the arguments out of a request; their command judges them. Throws an ArgumentError for what is not offered. */
export function readArguments(
  { operation, offered }: { operation: Operation; offered: readonly Offered[] },
  request: FastifyRequest,
  asker: Operator,
): Record<string, unknown> {
  const { fixed = {}, holder, body: text } = operation;
  const sent = text ? {} : bodyOf(request);
  const places = {
    path: request.params as Record<string, unknown>,
    query: request.query as Record<string, unknown>,
    body: sent,
  };
  refuseUnknown(places, offered);
  refuseUnreadable({
    ...places.path,
    ...places.query,
    ...sent,
    ...(text ? { body: request.body } : {}),
  });
  const read = offered.flatMap(({ name, argument, place, schema }) => {
    const value = Object.hasOwn(places[place], name) ? places[place][name] : undefined;
    if (value === undefined) return [];
    return [[argument, place === 'body' ? value : readText(value, schema)] as const];
  });
  return {
    ...Object.fromEntries(read),
    ...fixed,
    ...(holder ? { [holder]: asker.name } : {}),
    ...(text ? { [text.argument]: typeof request.body === 'string' ? request.body : '' } : {}),
  };
}

/** Faults under the names by which whoever called knows the arguments. */
export function nameFaults(error: ArgumentError, offered: readonly Offered[]): ArgumentError {
  const renamed = error.faults.map(({ field, message }) => {
    const [first = '', ...rest] = field.split('.');
    const known = offered.find(({ argument }) => argument === first);
    return { field: [known?.name ?? first, ...rest].join('.'), message };
  });
  return new ArgumentError(renamed);
}

function bodyOf({ body }: FastifyRequest): Record<string, unknown> {
  if (body === undefined || body === null) return {};
  if (typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new ArgumentError([{ field: 'body', message: 'must be a JSON object' }]);
}

function refuseUnknown(
  places: Readonly<Record<'query' | 'body', Readonly<Record<string, unknown>>>>,
  offered: readonly Offered[],
): void {
  const faults: ArgumentFault[] = (['query', 'body'] as const).flatMap((place) => {
    const known = offered.filter((each) => each.place === place).map(({ name }) => name);
    return Object.keys(places[place])
      .filter((name) => !known.includes(name))
      .map((field) => {
        const all = known.length > 0 ? `: it takes ${known.join(', ')}` : ': it takes nothing';
        return { field, message: `is not known in the ${place}${all}` };
      });
  });
  if (faults.length > 0) throw new ArgumentError(faults);
}

/** What no database keeps as text is a mistake of whoever sent it, wherever it stands. */
function refuseUnreadable(given: Readonly<Record<string, unknown>>): void {
  const message = 'must be text without NUL and half characters';
  const faults = Object.entries(given).flatMap(([field, value]) =>
    isReadable(value) ? [] : [{ field, message }],
  );
  if (faults.length > 0) throw new ArgumentError(faults);
}

function isReadable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\0') && !/\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).flat().every(isReadable);
}

/** A text of a path or a query as its schema wants it; what it does not want is left for the command to refuse. */
function readText(value: unknown, schema: JsonSchema): unknown {
  if (schema.type === 'array') return [value].flat();
  if (typeof value !== 'string') return value;
  if (schema.type === 'integer' || schema.type === 'number') {
    return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  if (schema.type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
