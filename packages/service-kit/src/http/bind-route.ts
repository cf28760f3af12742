import type { IncomingHttpHeaders } from 'node:http'
import {
  type AnswerOf,
  type BodyOf,
  ChatError,
  type ParamsOf,
  parseInput,
  type QueryOf,
  type Route,
} from '@chatapp/protocol'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { scopeOf } from '../request-scope.ts'
import type { Caller, TokenVerifier } from '../tokens.ts'
import { answerIn } from '../tracing.ts'
import { readBearer } from './authenticate.ts'
import { refuseOtherMedia } from './media.ts'
import type { HttpServer } from './server.ts'

/** A parsed request; `caller` is set on routes with `auth: 'token'`. */
export interface Call<R extends Route> {
  params: ParamsOf<R>
  query: QueryOf<R>
  body: BodyOf<R>
  caller: R['auth'] extends 'token' ? Caller : undefined
  ip: string
  userAgent: string | null
  requestId: string
  /** As they came; nothing of them has been parsed. */
  headers: IncomingHttpHeaders
  /** The origin at which we were called, as far as we or a trusted proxy can tell. */
  calledAt: string
}

/** An answer under another status than the route's first one, or with headers of its own. */
export class Answer<T> {
  readonly status: number
  readonly body: T
  readonly headers: Record<string, string>
  constructor(status: number, body: T, headers: Record<string, string> = {}) {
    this.status = status
    this.body = body
    this.headers = headers
  }
}

export type Handler<R extends Route> = (call: Call<R>) => Promise<AnswerOf<R> | Answer<AnswerOf<R>>>

/** Asked before anything else, and once more when the caller is known; throws to refuse. */
export type Guard = (
  request: FastifyRequest,
  route: Route,
  caller: Caller | undefined,
) => Promise<void>

export interface Binding {
  app: HttpServer
  tokens: TokenVerifier
  guard?: Guard
}

const NOTHING = z.strictObject({})
const callers = new WeakMap<FastifyRequest, Caller>()

/** Serves a route of the protocol: authenticates, then parses, then handles. */
export function bindRoute<R extends Route>(binding: Binding, route: R, handle: Handler<R>): void {
  const statuses = Object.keys(route.answers).map(Number)
  const firstStatus = statuses.includes(201) ? 201 : (statuses[0] ?? 200)
  binding.app.route({
    method: route.method,
    url: toFastifyPath(route.path),
    config: { route },
    ...(route.upload && { bodyLimit: route.upload.maxBytes }),
    onRequest: (request) => admit(binding, route, request),
    handler: async (request, reply) => {
      const scope = scopeOf(request, route.id)
      const answer = await answerIn(scope, `${route.method} ${route.path}`, async () =>
        handle(parseCall(route, request)),
      )
      const { status, body, headers } =
        answer instanceof Answer ? answer : new Answer(firstStatus, answer)
      return reply.code(status).headers(headers).send(body)
    },
  })
}

/** What is refused before a body is read: too much, unknown callers, media of a wrong kind. */
export async function admit(
  { guard, tokens }: Binding,
  route: Route,
  request: FastifyRequest,
): Promise<void> {
  await guard?.(request, route, undefined)
  if (route.auth === 'none') return refuseOtherMedia(route, request)
  const caller = await callerOf(tokens, request)
  callers.set(request, caller)
  await guard?.(request, route, caller)
  refuseOtherMedia(route, request)
}

/** Answers 405 with `Allow` to every other method of the bound paths. */
export function refuseOtherMethods(binding: Binding, routes: Route[]): void {
  const byPath = Map.groupBy(routes, (route) => route.path)
  for (const [path, served] of byPath) {
    const allowed = served.map((route) => route.method as string)
    if (allowed.includes('GET')) allowed.push('HEAD')
    const method = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
      (m) => !allowed.includes(m),
    )
    binding.app.route({
      method,
      url: toFastifyPath(path),
      onRequest: async (request, reply) => {
        if (served.every((route) => route.auth === 'token')) await callerOf(binding.tokens, request)
        reply.header('allow', allowed.join(', '))
        throw new ChatError('method-not-allowed', `This path takes ${allowed.join(', ')}.`)
      },
      handler: () => undefined,
    })
  }
}

const callerOf = (tokens: TokenVerifier, request: FastifyRequest) =>
  tokens.verify(readBearer(request.headers.authorization))

function parseCall<R extends Route>(route: R, request: FastifyRequest): Call<R> {
  const parsed = {
    params: parseInput(route.params ?? NOTHING, request.params),
    query: parseInput(route.query ?? NOTHING, request.query),
    body: route.body
      ? parseInput(route.body, request.body)
      : void parseInput(NOTHING, request.body ?? {}),
    caller: callers.get(request),
    ip: request.ip,
    userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
    requestId: request.id,
    headers: request.headers,
    calledAt: `${request.protocol}://${request.host}`,
  }
  return parsed as unknown as Call<R>
}

export const toFastifyPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1')
