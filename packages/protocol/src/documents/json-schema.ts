import { z } from 'zod'
import { bytesSchema } from '../primitives.ts'

/** A JSON Schema as the documents have it; a reference points into `components.schemas`. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  default?: unknown
  const?: unknown
  enum?: unknown[]
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: JsonSchema | JsonSchema[]
  prefixItems?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  propertyNames?: JsonSchema
  additionalProperties?: boolean | JsonSchema
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
}

/** What a client sends is strict; to what it gets, fields may be added. */
export type Direction = 'input' | 'output'

interface SchemaOptions {
  /** OpenAPI 3.1 speaks draft 2020-12, AsyncAPI 3.0 draft 7. */
  target: 'draft-2020-12' | 'draft-7'
}

export interface SchemaCollection {
  /** The schemas with a name of their own, by that name. */
  components: Record<string, JsonSchema>
  add(schema: z.ZodType, direction: Direction): JsonSchema
}

/** Gathers the schemas of one document, so that what has a name is written once. */
export function createSchemaCollection({ target }: SchemaOptions): SchemaCollection {
  const components: Record<string, JsonSchema> = {}

  function name(id: string, schema: JsonSchema): void {
    const known = components[id]
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`Schema ${id} differs between requests and answers: give each its own name.`)
    components[id] = schema
  }

  return {
    components,
    add(schema, direction) {
      if (schema === bytesSchema) return { type: 'string', format: 'binary' }
      const made = z.toJSONSchema(schema, {
        target,
        io: direction,
        override: ({ jsonSchema }) => tidy(jsonSchema as JsonSchema, direction),
      })
      const { $schema: _, $defs, definitions, ...own } = withComponentReferences(made)
      for (const [id, part] of Object.entries($defs ?? definitions ?? {})) name(id, part)
      return own
    },
  }
}

interface MadeSchema extends JsonSchema {
  $schema?: string
  $defs?: Record<string, JsonSchema>
  definitions?: Record<string, JsonSchema>
}

function withComponentReferences(made: unknown): MadeSchema {
  const text = JSON.stringify(made)
  return JSON.parse(text, (key, value) =>
    key === '$ref' ? value.replace(/^#\/(\$defs|definitions)\//, '#/components/schemas/') : value,
  )
}

function tidy(schema: JsonSchema, direction: Direction): void {
  // A whole number in a query string is read from text; a format says more than its long pattern.
  if (schema.type === 'integer' || schema.format !== undefined) delete schema.pattern
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if (direction === 'output' && schema.additionalProperties === false)
    delete schema.additionalProperties
}
