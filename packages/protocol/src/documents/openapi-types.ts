import type { JsonSchema } from './json-schema.ts'
import type { TagName } from './tags.ts'

/** As much of OpenAPI 3.1 as the document uses. */
export interface OpenApiDocument {
  openapi: '3.1.1'
  info: {
    title: string
    version: string
    description: string
    license: { name: string; identifier: string }
  }
  servers: { url: string }[]
  tags: { name: TagName; description: string }[]
  security: Record<string, string[]>[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: {
    schemas: Record<string, JsonSchema>
    responses: Record<string, OpenApiResponse>
    securitySchemes: Record<string, Record<string, string>>
  }
}

export interface OpenApiOperation {
  operationId: string
  tags: TagName[]
  summary: string
  description?: string
  /** Set, and empty, where no access token is needed. */
  security?: []
  parameters?: OpenApiParameter[]
  requestBody?: { required: true; content: Record<string, OpenApiMediaType> }
  responses: Record<string, OpenApiResponse | OpenApiReference>
}

export interface OpenApiParameter {
  name: string
  in: 'path' | 'query'
  required: boolean
  description?: string
  schema: JsonSchema
}

export interface OpenApiMediaType {
  schema: JsonSchema
  examples?: Record<string, { value: unknown }>
}

export interface OpenApiReference {
  $ref: string
}

export interface OpenApiResponse {
  description: string
  headers?: Record<string, { description: string; schema: JsonSchema }>
  content?: Record<string, OpenApiMediaType>
}
