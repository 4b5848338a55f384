import type { FastifyInstance } from 'fastify';
import type { ApiAnswer, ApiField, ApiOperation, ApiPage } from '../../core/desk/api-page.ts';
import type { Site } from '../site.ts';
import type { DocumentedOperation } from './describe.ts';
import type { ApiDocument } from './document.ts';
import { buildExample } from './example.ts';
import { guide } from './guide.ts';
import { type JsonSchema, refOf } from './schemas.ts';

/** `/api`: the document as a page, for people. */
export function registerApiPage(app: FastifyInstance, site: Site, document: ApiDocument): void {
  const view = viewDocument(document);
  const make = async () => site.renderPage('api', view, site.frame('API'));
  app.get('/api', async (request, reply) => {
    await site.shared.answer(request, reply, { key: '/api', make });
    return reply;
  });
}

/** What the page shows of a document: all of it. */
export function viewDocument(document: ApiDocument): ApiPage {
  const [server] = document.servers;
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0],
      view: viewOperation({ path, method: method.toUpperCase(), operation }, server?.url ?? ''),
    })),
  );
  return {
    documentLink: '/api/v1/openapi.json',
    guide,
    groups: document.tags.map(({ name }) => ({
      name,
      operations: operations.filter(({ tag }) => tag === name).map(({ view }) => view),
    })),
    shapes: Object.entries(document.components.schemas).map(([name, schema]) => ({
      name,
      fields: fieldsOf(schema),
    })),
  };
}

function viewOperation(
  given: { path: string; method: string; operation: DocumentedOperation },
  server: string,
): ApiOperation {
  const { path, method, operation } = given;
  const { operationId: id, summary, description, parameters = [], requestBody } = operation;
  const [body] = Object.entries(requestBody?.content ?? {});
  return {
    id,
    method,
    path,
    summary,
    ...(description ? { description } : {}),
    ...(operation['x-right'] ? { right: operation['x-right'] } : {}),
    parameters: parameters.map(({ name, in: place, required, schema, description: said }) => {
      const where = place === 'path' ? 'in the path' : place === 'header' ? 'header' : 'query';
      return viewField({ name, schema, notes: [where, required && place !== 'path'], said });
    }),
    ...(body ? { body: { type: body[0], fields: fieldsOf(body[1].schema) } } : {}),
    answers: Object.entries(operation.responses).flatMap(([status, answered]) =>
      answered.$ref === undefined && 'content' in answered
        ? Object.entries(answered.content ?? {}).map(([type, { schema }]) =>
            viewAnswer(status, type, schema),
          )
        : [],
    ),
    example: buildExample(server, given),
  };
}

function viewAnswer(status: string, type: string, schema: JsonSchema): ApiAnswer {
  if (type !== 'application/json') return { status, what: type, fields: [] };
  const { text, link } = tellType(schema);
  const fields = schema.$ref ? [] : fieldsOf(schema);
  return { status, what: text, ...(link ? { link } : {}), fields };
}

/** The values of an object, or of every kind of it. */
function fieldsOf({ properties, required = [], anyOf, oneOf }: JsonSchema): ApiField[] {
  const kinds = anyOf ?? oneOf;
  if (kinds) {
    return kinds.flatMap((kind, at) =>
      fieldsOf(kind).map((field) => ({
        ...field,
        note: [`kind ${at + 1}`, field.note].filter(Boolean).join(', '),
      })),
    );
  }
  return Object.entries(properties ?? {}).map(([name, schema]) =>
    viewField({
      name,
      schema,
      notes: [required.includes(name) ? undefined : 'may be absent'],
      said: schema.description,
    }),
  );
}

function viewField(given: {
  name: string;
  schema: JsonSchema;
  notes: readonly (string | boolean | undefined)[];
  said: string | undefined;
}): ApiField {
  const { name, schema, said } = given;
  const { text, link } = tellType(schema);
  const notes = given.notes.flatMap((note) => {
    if (note === true) return ['required'];
    return typeof note === 'string' ? [note] : [];
  });
  if (schema.default !== undefined) notes.push(`else ${JSON.stringify(schema.default)}`);
  return {
    name,
    type: text,
    ...(link ? { link } : {}),
    ...(notes.length > 0 ? { note: notes.join(', ') } : {}),
    ...(said ? { description: said } : {}),
  };
}

const words: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'true or false',
  object: 'object',
  null: 'null',
};

/** A type in words, and where the page has its shape. */
function tellType(schema: JsonSchema): { text: string; link?: string } {
  if (schema.$ref) {
    const name = schema.$ref.slice(refOf('').length);
    return { text: name, link: `#shape-${name}` };
  }
  const kinds = schema.anyOf ?? schema.oneOf;
  if (kinds) {
    const told = kinds.map(tellType);
    const link = told.find((kind) => kind.link)?.link;
    return { text: told.map(({ text }) => text).join(' or '), ...(link ? { link } : {}) };
  }
  if (schema.type === 'array') {
    const { text, link } = tellType(schema.items ?? {});
    return { text: `list of ${text}`, ...(link ? { link } : {}) };
  }
  if (schema['const'] !== undefined) return { text: JSON.stringify(schema['const']) };
  if (schema.enum) return { text: schema.enum.map(String).join(', ') };
  if (schema.format === 'date-time') return { text: 'moment' };
  if (schema.format === 'date') return { text: 'date' };
  return { text: words[String(schema.type)] ?? 'anything' };
}
