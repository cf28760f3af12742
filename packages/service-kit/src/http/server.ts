import { BODY_MAX_BYTES, ChatError } from '@chatapp/protocol'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  LogController,
} from 'fastify'
import {
  createTokenCheck,
  FORWARDED_HEADERS,
  SERVICE_TOKEN_HEADER,
} from '../calls/service-token.ts'
import { createId } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { TokenVerifier } from '../tokens.ts'
import { readBearer } from './authenticate.ts'
import { FORM_TYPES } from './media.ts'
import { toChatError, toProblem } from './problem.ts'

export type HttpServer = FastifyInstance

interface HttpServerOptions {
  log: Logger
  tokens: TokenVerifier
  /**
   * Whose X-Forwarded headers are believed: of these hops, or of who knows the token that services
   * have among themselves.
   */
  trustProxy?: boolean | string[] | { serviceToken: string }
}

/** A Fastify instance that answers every failure with a problem document. */
export function createHttpServer({
  log,
  tokens,
  trustProxy = false,
}: HttpServerOptions): HttpServer {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MAX_BYTES,
    trustProxy: hopsOf(trustProxy),
    requestIdHeader: false,
    genReqId: (raw) => acceptRequestId(raw.headers['x-request-id']) ?? createId(),
    requestTimeout: 30_000,
    connectionTimeout: 0,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => sendProblem(reply, error, request.id),
  })
  acceptJson(app)
  acceptImages(app)
  acceptForms(app)
  if (typeof trustProxy === 'object' && 'serviceToken' in trustProxy)
    forgetForwarding(app, trustProxy.serviceToken)
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.setErrorHandler((error, request, reply) => {
    const shown = toChatError(error)
    if (shown.code === 'internal')
      request.log.error({ err: error, requestId: request.id }, 'request failed')
    sendProblem(reply, shown, request.id)
  })
  app.setNotFoundHandler(async (request) => {
    if (request.url.startsWith('/api'))
      await tokens.verify(readBearer(request.headers.authorization))
    throw new ChatError('not-found', 'There is nothing at this path.')
  })
  return app
}

function hopsOf(trust: NonNullable<HttpServerOptions['trustProxy']>) {
  if (typeof trust === 'boolean' || Array.isArray(trust)) return trust
  return (_address: string, hop: number) => hop === 0
}

/** Anybody can write these headers; only a gateway's are looked at. */
function forgetForwarding(app: FastifyInstance, serviceToken: string): void {
  const isRight = createTokenCheck(serviceToken)
  app.addHook('onRequest', async ({ raw: { headers } }) => {
    if (isRight(headers[SERVICE_TOKEN_HEADER])) return
    for (const name of FORWARDED_HEADERS) delete headers[name]
  })
}

function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Many clients name the type of a body that they do not send.
    if (body.length === 0) return done(null, undefined)
    // It calls back; the promise in its type is for parsers of another kind.
    void parseJson(request, body as string, done)
  })
}

/** Each as long as its route allows; bindRoute refuses them on all others. */
function acceptImages(app: FastifyInstance): void {
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
}

/** What they say is not looked at; bindRoute refuses them where the route does not take them. */
function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(FORM_TYPES, { parseAs: 'buffer' }, (_request, _body, done) =>
    done(null, undefined),
  )
}

function sendProblem(reply: FastifyReply, error: unknown, requestId: string): void {
  const shown = toChatError(error)
  if (shown.retryAfter !== undefined) reply.header('retry-after', String(shown.retryAfter))
  reply
    .code(shown.status)
    .header('x-request-id', requestId)
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(shown, requestId)))
}

function acceptRequestId(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : undefined
}
