import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { commands } from '../../../src/commands/commands.ts';
import { listOffered } from '../../../src/http/api/arguments.ts';
import type { DocumentedOperation } from '../../../src/http/api/describe.ts';
import { buildDocument } from '../../../src/http/api/document.ts';
import { commandOf, pathNames } from '../../../src/http/api/operation.ts';
import { operationGroups } from '../../../src/http/api/operations.ts';
import { viewDocument } from '../../../src/http/api/page.ts';
import { toJsonSchema } from '../../../src/http/api/schemas.ts';

const document = buildDocument(operationGroups, {
  version: '1.2.3',
  site: { name: 'Papers' },
  http: { publicUrl: 'https://papers.example.org/' },
  inbound: { webhookSecrets: ['whsec_x'] },
});
const operations = Object.values(operationGroups).flat();
const documented = Object.values(document.paths).flatMap((methods) => Object.values(methods));

/**
 * What is for whoever has a shell, and why: they make operators, it is a file of their disk, or it is a
 * reader's alone, such as an address by which somebody writes into their digest.
 */
const forTheShell = [
  'alerts read',
  'alerts show',
  'alerts make',
  'alerts end',
  'alerts unread',
  'evaluate',
  'backup',
  'restored',
  'operators add',
  'operators factor add',
  'operators factor remove',
  'operators password',
  'operators role',
  'operators remove',
  'preview source',
  'subscribers csv',
];

describe('the document of the API', () => {
  it('is OpenAPI 3.1, also with the hook for feedback', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
    );
    expect([valid, errors]).toEqual([true, undefined]);
    expect(document.servers).toEqual([{ url: 'https://papers.example.org' }]);
    expect(document.paths['/hooks/feedback']).toBeDefined();
  });

  it('has every command, but those for the shell', () => {
    const offered = new Set(operations.map(({ command }) => command as string));
    const missing = Object.keys(commands).filter((name) => !offered.has(name));
    expect(missing.toSorted()).toEqual(forTheShell.toSorted());
  });

  it('names each operation once', () => {
    const ids = documented.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('takes every name of a path from the arguments of its command', () => {
    for (const operation of operations) {
      const inPath = listOffered(operation).filter(({ place }) => place === 'path');
      expect([operation.path, inPath.map(({ name }) => name).toSorted()]).toEqual([
        operation.path,
        pathNames(operation.path).toSorted(),
      ]);
      const known = toJsonSchema(commandOf(operation).args, 'input').schema.properties ?? {};
      const { fixed = {}, hidden = [], holder, body } = operation;
      const spoken = [...Object.keys(fixed), ...hidden, holder, body?.argument];
      for (const name of spoken) if (name) expect(known).toHaveProperty(name);
    }
  });

  it('refers to nothing that it does not have', () => {
    const text = JSON.stringify(document);
    for (const [, kind = '', name = ''] of text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(document.components[kind as 'schemas']).toHaveProperty(name);
    }
    expect(text).not.toContain('$defs');
  });

  it('asks for a key and tells every problem where one may be', () => {
    const statuses = ({ responses }: DocumentedOperation) => Object.keys(responses);
    for (const operation of documented.filter(({ security }) => security.length > 0)) {
      expect(statuses(operation)).toEqual(expect.arrayContaining(['401', '429', '500']));
      if (operation['x-right'] !== 'look') expect(statuses(operation)).toContain('403');
    }
  });

  it('is shown to people as a whole', () => {
    const view = viewDocument(document);
    const shown = view.groups.flatMap(({ operations: all }) => all);
    expect(shown.map(({ id }) => id).toSorted()).toEqual(
      documented.map(({ operationId }) => operationId).toSorted(),
    );
    expect(shown.filter(({ answers }) => answers.length === 0)).toEqual([]);
    const names = view.shapes.map(({ name }) => `#shape-${name}`);
    const links = JSON.stringify(view).match(/#shape-\w+/g) ?? [];
    expect([...new Set(links)].filter((link) => !names.includes(link))).toEqual([]);
    const resend = shown.find(({ id }) => id === 'postResends');
    expect(resend?.example).toContain("curl -X POST 'https://papers.example.org/api/v1/resends'");
  });
});

describe('a schema as JSON Schema', () => {
  const shape = z.object({ at: z.date(), count: z.int() }).meta({ id: 'Shaped' });

  it('has moments as text, and shapes with a name apart', () => {
    const { schema, shapes } = toJsonSchema(z.array(shape), 'output');
    expect(schema).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Shaped' } });
    expect(shapes).toEqual({
      Shaped: {
        type: 'object',
        properties: { at: { type: 'string', format: 'date-time' }, count: { type: 'integer' } },
        required: ['at', 'count'],
      },
    });
  });

  it('says of what is taken which may be left out', () => {
    const { schema } = toJsonSchema(z.object({ a: z.string(), b: z.int().default(3) }), 'input');
    expect(schema.required).toEqual(['a']);
    expect(schema.properties?.['b']).toMatchObject({ default: 3 });
  });
});
