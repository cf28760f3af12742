import {
  type AnswerOf,
  type BodyInput,
  type ParamsInput,
  type QueryInput,
  type Route,
  type RouteId,
  routes,
} from '@chatapp/protocol'
import { isUnauthenticated } from './errors.ts'
import { type RequestContext, type RequestInput, request } from './request.ts'
import type { Tokens } from './tokens.ts'

type Routes = typeof routes
type Params<R extends Route> = R extends { params: unknown } ? { params: ParamsInput<R> } : object
type Query<R extends Route> = R extends { query: unknown } ? { query?: QueryInput<R> } : object
type Body<R extends Route> = R extends { body: unknown } ? { body: BodyInput<R> } : object
type Upload<R extends Route> = R extends { upload: unknown } ? { mediaType: string } : object

/** What a route needs: `params` and `body` where it has them, `query` and `signal` as wished. */
export type CallInput<Id extends RouteId> = Params<Routes[Id]> &
  Query<Routes[Id]> &
  Body<Routes[Id]> &
  Upload<Routes[Id]> & { signal?: AbortSignal }
type CallArguments<Id extends RouteId> =
  Partial<CallInput<Id>> extends CallInput<Id> ? [input?: CallInput<Id>] : [input: CallInput<Id>]

export type Answer<Id extends RouteId> = AnswerOf<Routes[Id]>
export type QueryFor<Id extends RouteId> = QueryInput<Routes[Id]>
export type BodyFor<Id extends RouteId> = BodyInput<Routes[Id]>

/**
 * Calls any route of the protocol by its id.
 *
 * @throws {RequestError} the server refused; `code`, `errors` and `requestId` say why
 * @throws {NetworkError} no answer came
 * @example const page = await client.call('getHistory', { params: { conversationId }, query: { limit: 20 } })
 */
export type Call = <Id extends RouteId>(id: Id, ...input: CallArguments<Id>) => Promise<Answer<Id>>

export function createCall(context: RequestContext, tokens: Tokens): Call {
  return async (id, ...[input]) => {
    const route: Route = routes[id]
    const answer = await answerTo(context, tokens, { route, input: { ...input } })
    // The registry's own schema of this route has parsed it.
    return answer as Answer<typeof id>
  }
}

interface Wanted {
  route: Route
  input: RequestInput
}

async function answerTo(
  context: RequestContext,
  tokens: Tokens,
  { route, input }: Wanted,
): Promise<unknown> {
  if (route.auth === 'none') return request(context, route, { ...input, accessToken: null })
  const accessToken = await tokens.access()
  try {
    return await request(context, route, { ...input, accessToken })
  } catch (error) {
    if (!isUnauthenticated(error)) throw error
    const next = await tokens.replace(accessToken)
    return request(context, route, { ...input, accessToken: next })
  }
}
