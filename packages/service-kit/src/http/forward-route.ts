import type { IncomingHttpHeaders } from 'node:http'
import { PassThrough, Readable } from 'node:stream'
import { ChatError, type Route } from '@chatapp/protocol'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { FORWARDED_HEADERS, SERVICE_TOKEN_HEADER } from '../calls/service-token.ts'
import type { CallAnswer, Targets } from '../calls/targets.ts'
import { scopeHeaders, scopeOf } from '../request-scope.ts'
import { answerIn } from '../tracing.ts'
import { admit, type Binding, toFastifyPath } from './bind-route.ts'
import { FORM_TYPES } from './media.ts'
import type { HttpServer } from './server.ts'

interface Forwarding {
  targets: Targets
  serviceToken: string
}

/** Serves routes by asking the service that owns them; refuses by itself what that would refuse unread. */
export async function forwardRoutes(
  binding: Binding,
  routes: Route[],
  forwarding: Forwarding,
): Promise<void> {
  await binding.app.register(async (scope: HttpServer) => {
    passBodiesOn(scope)
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: toFastifyPath(route.path),
        config: { route },
        ...(route.upload && { bodyLimit: route.upload.maxBytes }),
        onRequest: (request) => admit(binding, route, request),
        handler: (request, reply) =>
          answerIn(scopeOf(request, route.id), `${route.method} ${route.path}`, () =>
            forward(forwarding, request, reply),
          ),
      })
    }
  })
}

/** JSON and forms are short and can be sent again; an upload runs through, counted. */
function passBodiesOn(scope: HttpServer): void {
  scope.removeAllContentTypeParsers()
  const whole = ['application/json', ...FORM_TYPES]
  scope.addContentTypeParser(whole, { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )
  scope.addContentTypeParser(/^image\//, (request, payload, done) => {
    const most = request.routeOptions.bodyLimit
    if (Number(request.headers['content-length']) > most) return done(tooLarge())
    done(null, payload.pipe(limitTo(most)))
  })
}

async function forward(
  { targets, serviceToken }: Forwarding,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { method, url, raw } = request
  // By `passBodiesOn` it is one of these.
  const body = request.body as Buffer | Readable | undefined
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort(new Error('the caller has gone')))
  const answer = await targets.exchange({
    request: {
      // Routes are bound with methods that HTTP clients know.
      method: method as 'GET',
      path: url,
      headers: { ...requestHeaders(raw.headers, body), ...callerHeaders(request, serviceToken) },
      body: body ?? null,
    },
    repeat: repeatOf(method, body),
    signal: gone.signal,
    read: async (whole) => whole,
  })
  reply.code(answer.statusCode).headers(answerHeaders(answer))
  if (!EMPTY.has(answer.statusCode)) return reply.send(answer.body)
  await answer.body.dump()
  return reply.send()
}

const EMPTY = new Set([204, 304])

function repeatOf(method: string, body: Buffer | Readable | undefined) {
  if (body instanceof Readable) return 'never'
  return method === 'GET' || method === 'HEAD' ? 'safe' : 'unserved'
}

/** They are about one connection, not about the message (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const OURS = new Set<string>([
  ...FORWARDED_HEADERS,
  'forwarded',
  'x-request-id',
  SERVICE_TOKEN_HEADER,
])

/** The length of what is sent whole follows from it. */
function requestHeaders(
  headers: IncomingHttpHeaders,
  body: Buffer | Readable | undefined,
): IncomingHttpHeaders {
  const kept = Object.entries(withoutHopByHop(headers)).filter(([name]) => !OURS.has(name))
  const { 'content-length': length, ...rest }: IncomingHttpHeaders = Object.fromEntries(kept)
  return body instanceof Readable && length !== undefined
    ? { ...rest, 'content-length': length }
    : rest
}

function callerHeaders(
  { ip, host, protocol }: FastifyRequest,
  serviceToken: string,
): Record<string, string> {
  return {
    ...scopeHeaders(),
    'x-forwarded-for': ip,
    'x-forwarded-host': host,
    'x-forwarded-proto': protocol,
    [SERVICE_TOKEN_HEADER]: serviceToken,
  }
}

const answerHeaders = ({ headers }: CallAnswer) => {
  const { date: _ours, ...rest } = withoutHopByHop(headers)
  return rest
}

function withoutHopByHop<T extends IncomingHttpHeaders>(headers: T): IncomingHttpHeaders {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)),
  )
}

function limitTo(most: number): PassThrough {
  let size = 0
  return new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > most) done(tooLarge())
      else done(null, chunk)
    },
  })
}

function tooLarge(): ChatError {
  return new ChatError('too-large', 'The body is longer than this path takes.')
}
