import type { IncomingMessage } from 'node:http'
import { ChatError } from '@chatapp/protocol'
import proxyAddr from '@fastify/proxy-addr'
import { createTokenCheck } from '../calls/service-token.ts'
import type { Registry } from '../metrics.ts'
import type { HttpServer } from './server.ts'

interface MetricsOptions {
  metrics: Registry
  token: string | undefined
}

/** What Prometheus reads is not for the public: it tells how many people use this server, and how. */
export function serveMetrics(app: HttpServer, { metrics, token }: MetricsOptions): void {
  const isRight = createTokenCheck(`Bearer ${token}`)
  app.get('/metrics', async ({ raw, headers }, reply) => {
    if (!(token === undefined ? isNear(raw) : isRight(headers.authorization)))
      throw new ChatError('not-found', 'There is nothing at this path.')
    return reply.type(metrics.contentType).send(await metrics.metrics())
  })
}

const isPrivate = proxyAddr.compile(['loopback', 'linklocal', 'uniquelocal'])

/** On this machine or in its private network, and not passed on for somebody else: as it came. */
function isNear({ socket, rawHeaders }: IncomingMessage): boolean {
  const isPassedOn = rawHeaders.some((name, i) => i % 2 === 0 && PASSED_ON.test(name))
  const peer = socket.remoteAddress
  return peer !== undefined && !isPassedOn && isPrivate(peer, 0)
}

const PASSED_ON = /^(x-forwarded-for|forwarded)$/i
