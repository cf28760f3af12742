import type { IncomingHttpHeaders } from 'node:http'
import type { HttpServer } from '@chatapp/service-kit'
import staticFiles from '@fastify/static'
import { frontPage } from './front-page.ts'

/** Paths of the web client, all answered with its one page. */
const CLIENT_PATHS = [
  ...['/', '/c/*', '/settings', '/settings/integrations', '/search', '/activity'],
  ...['/sign-in', '/register', '/forgot-password', '/reset-password', '/verify-email'],
]
const HASHED = /\/assets\/[^/]+$/

/** Serves the built web client, or without one a page that says what runs here. */
export async function serveWebClient(app: HttpServer, webRoot: string | undefined): Promise<void> {
  if (webRoot === undefined) {
    app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(frontPage))
    return
  }
  await app.register(staticFiles, {
    root: webRoot,
    wildcard: false,
    index: false,
    cacheControl: false,
    // Takes the .br or .gz beside a file, where the build has made one.
    preCompressed: true,
    setHeaders(reply, path) {
      const isHashed = HASHED.test(path)
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  for (const path of CLIENT_PATHS) app.get(path, (_request, reply) => reply.sendFile('index.html'))
  app.get('/*', (request, reply) => {
    if (!isForPeople(request)) return reply.callNotFound()
    return reply.code(404).sendFile('index.html')
  })
}

/** Who goes to an address that is none gets a page that says so, and what is no browser a problem. */
function isForPeople({ url, headers }: { url: string; headers: IncomingHttpHeaders }): boolean {
  return !url.startsWith('/api') && headers.accept?.includes('text/html') === true
}
