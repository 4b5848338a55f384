import { z } from 'zod';

/** A JSON Schema (draft 2020-12), as far as it is looked into here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly format?: string;
  readonly $ref?: string;
  readonly [key: string]: unknown;
}

/** Where the document keeps a shape that has a name. */
export const refOf = (id: string) => `#/components/schemas/${id}`;

/**
 * The JSON Schema of what a zod schema takes ('input') or gives ('output'), and the shapes
 * with names that it refers to.
 */
export function toJsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
): { schema: JsonSchema; shapes: Readonly<Record<string, JsonSchema>> } {
  // Inside of another, a schema that has a name becomes a reference, too.
  const whole = z.toJSONSchema(z.object({ root: schema }), {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') {
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
      }
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // What is added later must not break who reads an answer today.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const moved = JSON.parse(JSON.stringify(whole).replaceAll('"#/$defs/', `"${refOf('')}`)) as {
    properties: { root: JsonSchema };
    $defs?: Record<string, JsonSchema & { id?: string }>;
  };
  const shapes = Object.entries(moved.$defs ?? {}).map(([name, { id: _, ...rest }]) => [
    name,
    rest,
  ]);
  return { schema: moved.properties.root, shapes: Object.fromEntries(shapes) };
}
