import { z } from 'zod';
import {
  type Answered,
  type Collect,
  type DocumentedOperation,
  describeFaults,
  describeOperation,
  describeRoute,
} from './describe.ts';
import { guide } from './guide.ts';
import type { Operation } from './operation.ts';
import { feedbackRoute, otherRoutes } from './other-routes.ts';
import { type JsonSchema, toJsonSchema } from './schemas.ts';

/** The whole document. */
export interface ApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, Answered>>;
  };
}

/** What the document says of the service that it is of. */
export interface DocumentOptions {
  readonly version: string;
  readonly site: { readonly name: string };
  readonly http: { readonly publicUrl: string };
  readonly inbound: { readonly webhookSecrets: readonly string[] };
}

const problemShape = z
  .object({
    type: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const goingOnShape = z
  .object({ status: z.literal('going_on'), message: z.string() })
  .meta({ id: 'GoingOn' });

/**
 * The OpenAPI 3.1 document of the API, made of the operations and of the very schemas that
 * validate what they take and say what they give.
 */
export function buildDocument(
  groups: Readonly<Record<string, readonly Operation[]>>,
  { version, site, http, inbound }: DocumentOptions,
): ApiDocument {
  const shapes: Record<string, JsonSchema> = {};
  const collect: Collect = (schema, io) => {
    const made = toJsonSchema(schema, io);
    Object.assign(shapes, made.shapes);
    return made.schema;
  };
  collect(problemShape, 'output');
  collect(goingOnShape, 'output');
  const others = inbound.webhookSecrets.length > 0 ? [...otherRoutes, feedbackRoute] : otherRoutes;
  const documented = [
    ...others.map((route) => describeRoute(route, collect)),
    ...Object.entries(groups).flatMap(([tag, operations]) =>
      operations.map((operation) => describeOperation(operation, tag, collect)),
    ),
  ];
  const paths: Record<string, Record<string, DocumentedOperation>> = {};
  for (const { path, method, operation } of documented) {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.0',
    info: { title: `${site.name}: API`, version, description: tellGuide() },
    servers: [{ url: http.publicUrl.replace(/\/$/, '') }],
    tags: [...new Set(documented.flatMap(({ operation }) => operation.tags))].map((name) => ({
      name,
    })),
    paths,
    components: {
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'bearer',
          description: '"paperround operators key add NAME --operator WHO" makes one.',
        },
      },
      responses: describeFaults(),
      schemas: Object.fromEntries(Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

/** In Markdown, as a description is read. */
function tellGuide(): string {
  return guide.map(({ heading, text }) => `## ${heading}\n\n${text}`).join('\n\n');
}
