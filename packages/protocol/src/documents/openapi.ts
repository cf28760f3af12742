import { problemSchema } from '../errors.ts'
import type { Route } from '../http/route.ts'
import { routes } from '../http/routes.ts'
import { restIntroduction } from './introduction.ts'
import { createSchemaCollection } from './json-schema.ts'
import { errorResponses } from './openapi-errors.ts'
import { describeOperation } from './openapi-operation.ts'
import { describePages } from './openapi-pages.ts'
import type { OpenApiDocument } from './openapi-types.ts'
import { type TagName, tags } from './tags.ts'

export interface DocumentInfo {
  /** The version of the software that serves this contract. */
  version: string
  /** Where it is served, like `https://chat.example.com`. */
  serverUrl?: string
}

/** The OpenAPI 3.1 document of the REST side. Without `serverUrl` its paths are relative to itself. */
export function createOpenApiDocument({ version, serverUrl = '/' }: DocumentInfo): OpenApiDocument {
  const schemas = createSchemaCollection({ target: 'draft-2020-12' })
  schemas.add(problemSchema, 'output')
  const paths: OpenApiDocument['paths'] = {}
  for (const route of Object.values<Route>(routes)) {
    const operation = describeOperation(route, schemas)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'ChatApp REST',
      version,
      description: restIntroduction,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: serverUrl }],
    tags: Object.entries(tags).map(([name, description]) => ({
      name: name as TagName,
      description,
    })),
    security: [{ accessToken: [] }],
    paths: { ...paths, ...describePages() },
    components: {
      schemas: schemas.components,
      responses: errorResponses(),
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The `accessToken` of a session: `Authorization: Bearer <accessToken>`.',
        },
      },
    },
  }
}
