import { ACCEPTED, type Route } from '@chatapp/protocol'
import { errorOfAnswer, NetworkError, UnexpectedAnswer } from './errors.ts'

export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export interface RequestInput {
  params?: Record<string, string> | undefined
  query?: Record<string, string | number | undefined> | undefined
  body?: unknown
  /** Of a body that is not JSON. */
  mediaType?: string | undefined
  signal?: AbortSignal | undefined
}

export interface RequestContext {
  url: string
  fetch: Fetch
  /** Aborts when the client closes. */
  closing: AbortSignal
}

/** Longer than any answer should take; a phone that changes networks may else wait for minutes. */
const REQUEST_TIMEOUT_MS = 30_000

/** Sends one request and parses its answer with the schema that the route has for the status. */
export async function request(
  context: RequestContext,
  route: Route,
  { accessToken, ...input }: RequestInput & { accessToken: string | null },
): Promise<unknown> {
  const response = await fetchAnswer(context, route, { ...input, accessToken })
  const schema = route.answers[response.status]
  if (schema === undefined) throw await errorOfAnswer(response)
  if (schema === null) return undefined
  const answer = schema.safeParse(await answerOf(route, response))
  if (answer.success) return answer.data
  throw new UnexpectedAnswer(`${route.id}: the answer is not as the protocol says`, {
    cause: answer.error,
  })
}

async function fetchAnswer(
  context: RequestContext,
  route: Route,
  { accessToken, ...input }: RequestInput & { accessToken: string | null },
): Promise<Response> {
  const headers = new Headers({ accept: ACCEPTED })
  if (accessToken !== null) headers.set('authorization', `Bearer ${accessToken}`)
  if (input.body !== undefined) headers.set('content-type', input.mediaType ?? 'application/json')
  const signals = [context.closing, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]
  try {
    return await context.fetch(addressOf(context.url, route, input), {
      method: route.method,
      headers,
      signal: AbortSignal.any(input.signal ? [...signals, input.signal] : signals),
      ...(input.body === undefined ? {} : { body: bodyOf(route, input.body) }),
    })
  } catch (cause) {
    throw new NetworkError(`${route.method} ${route.path}: no answer`, { cause })
  }
}

function addressOf(url: string, route: Route, input: RequestInput): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = input.params?.[name]
    if (value === undefined) throw new TypeError(`${route.id} needs the parameter ${name}`)
    return encodeURIComponent(value)
  })
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) query.set(name, String(value))
  }
  return `${url}${path}${query.size > 0 ? `?${query}` : ''}`
}

/** A route that takes uploads gets the bytes as they are. */
function bodyOf({ upload }: Route, body: unknown): BodyInit {
  // The route's own schema has only bytes there.
  return upload ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body)
}

async function answerOf({ download }: Route, response: Response): Promise<unknown> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(await response.arrayBuffer())
  } catch (cause) {
    throw new NetworkError('the answer broke off', { cause })
  }
  if (download) return bytes
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new UnexpectedAnswer('the answer is not JSON', { cause })
  }
}
