import {
  ERRORS,
  type ErrorCode,
  outboundFrameSchema,
  problemSchema,
  type Route,
} from '@chatapp/protocol'
import { expect } from 'vitest'
import type { z } from 'zod'

export interface Request {
  token?: string | undefined
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  headers?: Record<string, string>
}

export interface WireAnswer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any
  headers: Headers
}

/** Calls a route by hand, and fails when the answer departs from the protocol. */
export async function callRoute(
  url: string,
  route: Route,
  request: Request = {},
): Promise<WireAnswer> {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  )
  const query = request.query ? `?${new URLSearchParams(request.query)}` : ''
  const answer = await callPath(url, `${route.method} ${path}${query}`, request)
  assertAnswer(route, answer)
  return answer
}

/** `GET /path`, whatever is there. */
export async function callPath(
  url: string,
  call: string,
  { token, body, headers }: Request = {},
): Promise<WireAnswer> {
  const [method = 'GET', path = '/'] = call.split(' ')
  const isRaw = typeof body === 'string' || body instanceof Uint8Array
  const answer = await fetch(url + path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json')
  return { status: answer.status, body: isJson ? JSON.parse(text) : text, headers: answer.headers }
}

function assertAnswer(route: Route, { status, body, headers }: WireAnswer): void {
  if (status >= 400) {
    assertProblem({ status, body, headers })
    const general: ErrorCode[] = ['invalid', 'rate-limited', 'unauthenticated']
    expect([...general, ...route.errors], `${route.id} answered ${body.code}`).toContain(body.code)
    return
  }
  const schema = route.answers[status]
  expect(schema, `${route.id} answered ${status}`).toBeDefined()
  if (route.download) {
    expect(headers.get('content-type')).toBe(route.download)
    return
  }
  if (schema) assertExactly(schema, body)
  else expect(body).toBe('')
}

export function assertProblem({ status, body, headers }: WireAnswer): void {
  expect(headers.get('content-type')).toContain('application/problem+json')
  assertExactly(problemSchema, body)
  expect(body.status).toBe(status)
  expect(ERRORS[body.code as ErrorCode].status).toBe(status)
  expect(headers.get('x-request-id')).toBe(body.requestId)
}

export const assertFrame = (frame: unknown) => assertExactly(outboundFrameSchema, frame)

/** Parses, and nothing is there that the schema does not know. */
function assertExactly(schema: z.ZodType, value: unknown): void {
  const result = schema.safeParse(value)
  if (!result.success)
    expect.fail(`${result.error.message} in ${JSON.stringify(value).slice(0, 500)}`)
  expect(value).toEqual(result.data)
}
