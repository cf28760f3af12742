import { errorReference } from './openapi-errors.ts'
import type { OpenApiOperation } from './openapi-types.ts'

/** What is served beside the routes, as text for people and programs. */
const PAGES = {
  '/metrics': ['getMetrics', 'Figures for Prometheus', 'text/plain'],
  '/docs': ['readDocs', 'This contract as a page to read', 'text/html'],
  '/openapi.json': ['getOpenApi', 'This document', 'application/json'],
  '/asyncapi.json': ['getAsyncApi', 'The WebSocket side, as AsyncAPI 3.0', 'application/json'],
} as const

export function describePages(): Record<string, Record<string, OpenApiOperation>> {
  const pages = Object.entries(PAGES).map(([path, [operationId, summary, mediaType]]) => {
    const schema = { type: mediaType === 'application/json' ? 'object' : 'string' }
    const operation: OpenApiOperation = {
      operationId,
      tags: ['operations'],
      summary,
      security: [],
      responses: {
        200: { description: 'The text.', content: { [mediaType]: { schema } } },
        405: errorReference('method-not-allowed'),
      },
    }
    return [path, { get: operation }]
  })
  return Object.fromEntries(pages)
}
