import { createHash } from 'node:crypto'
import {
  ChatError,
  createAsyncApiDocument,
  createOpenApiDocument,
  type DocumentInfo,
} from '@chatapp/protocol'
import type { HttpServer } from '@chatapp/service-kit'
import { renderPage } from './page.ts'
import { STYLE } from './style.ts'

/** Serves the contract at /openapi.json and /asyncapi.json, and to read at /docs. */
export function serveDocuments(app: HttpServer, info: DocumentInfo): void {
  const openApi = createOpenApiDocument(info)
  const asyncApi = createAsyncApiDocument(info)
  serve(app, '/openapi.json', { type: 'application/json', text: JSON.stringify(openApi) })
  serve(app, '/asyncapi.json', { type: 'application/json', text: JSON.stringify(asyncApi) })
  serve(app, '/docs', {
    type: 'text/html; charset=utf-8',
    text: renderPage({ openApi, asyncApi }),
    headers: { 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer' },
  })
}

/** The page runs nothing and loads nothing; its one style sheet is known by its hash. */
const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

interface Prepared {
  type: string
  text: string
  headers?: Record<string, string>
}

function serve(app: HttpServer, url: string, { type, text, headers = {} }: Prepared): void {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
  app.get(url, async (request, reply) => {
    // An update of the server is seen at once; until then nothing is sent twice.
    reply.headers({ etag, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
    if (names(request.headers['if-none-match'], etag)) return reply.code(304).send()
    return reply.headers(headers).type(type).send(text)
  })
  app.route({
    method: ['POST', 'PUT', 'PATCH', 'DELETE'],
    url,
    onRequest: async (_request, reply) => {
      reply.header('allow', 'GET, HEAD')
      throw new ChatError('method-not-allowed', 'This path takes GET, HEAD.')
    },
    handler: () => undefined,
  })
}

function names(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
