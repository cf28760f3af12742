import type { IncomingHttpHeaders } from 'node:http'
import { ChatError } from '@chatapp/protocol'
import proxyAddr from '@fastify/proxy-addr'
import { createTokenCheck } from '../calls/service-token.ts'
import type { Registry } from '../metrics.ts'
import type { HttpServer } from './server.ts'

interface MetricsOptions {
  metrics: Registry
  token: string | undefined
}

interface Reader {
  /** Who is at the other end of the connection, whatever headers say. */
  peer: string | undefined
  headers: IncomingHttpHeaders
}

/** What Prometheus reads is not for the public: it tells how many people use this server, and how. */
export function serveMetrics(app: HttpServer, { metrics, token }: MetricsOptions): void {
  const isRight = createTokenCheck(`Bearer ${token}`)
  app.get('/metrics', async ({ socket, headers }, reply) => {
    const reader = { peer: socket.remoteAddress, headers }
    if (!(token === undefined ? isNear(reader) : isRight(headers.authorization)))
      throw new ChatError('not-found', 'There is nothing at this path.')
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

const isPrivate = proxyAddr.compile(['loopback', 'linklocal', 'uniquelocal'])

/** On this machine or in its private network, and not passed on for somebody else. */
function isNear({ peer, headers }: Reader): boolean {
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined
  return peer !== undefined && !isPassedOn && isPrivate(peer, 0)
}
