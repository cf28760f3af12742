import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { createTestDatabase, hasRedis, rawSocket, spawnProduct, spawnSplit } from '@chatapp/dev-env'
import { expect, test } from 'vitest'

interface Span {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: Attribute[]
  links?: { traceId: string; spanId: string }[]
}
interface Attribute {
  key: string
  value: { stringValue?: string }
}
interface Export {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[]
}

/** As much of an OpenTelemetry collector as takes spans. */
async function startCollector() {
  const spans: (Span & { of: string | undefined })[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { resourceSpans } = (await json(request)) as Export
    if (request.url === '/v1/traces')
      for (const { resource, scopeSpans } of resourceSpans) {
        const of = attributeOf(resource, 'service.name')
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, of }))))
      }
    response.setHeader('content-type', 'application/json').end('{}')
  }
  const server = createServer((request, response) => void take(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address with a port.
  const { port } = server.address() as AddressInfo
  return {
    spans,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

const attributeOf = ({ attributes }: Pick<Span, 'attributes'>, name: string) =>
  attributes.find(({ key }) => key === name)?.value.stringValue

const poster =
  (url: string) =>
  (path: string, body: object, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CALLER = '00f067aa0ba902b7'

test('a request and its statements are spans of the caller’s trace, without anything people wrote', async () => {
  await using collector = await startCollector()
  await using product = await spawnProduct({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOBBY: 'off' },
  })
  const post = poster(product.url)
  const credentials = { username: 'alice', password: 'a pass phrase for tests' }
  const { accessToken } = await (await post('/api/users/register', credentials)).json()
  const made = await post(
    '/api/conversations',
    { kind: 'group', title: 'Secret plans', userIds: [] },
    {
      authorization: `Bearer ${accessToken}`,
      traceparent: `00-${TRACE}-${CALLER}-01`,
      'x-request-id': 'from-the-caller',
    },
  )
  expect(made.status).toBe(201)
  expect(await product.stop()).toBe(0)

  const ours = collector.spans.filter((span) => span.traceId === TRACE)
  const [request] = ours.filter((span) => span.name === 'POST /api/conversations')
  expect(request?.parentSpanId).toBe(CALLER)
  expect(request && attributeOf(request, 'chatapp.request_id')).toBe('from-the-caller')
  const statements = ours.filter((span) => span.parentSpanId === request?.spanId)
  expect(statements.map((span) => span.name)).toContain('insert')
  expect(JSON.stringify(collector.spans)).not.toMatch(/Secret plans|pass phrase/)
})

test.skipIf(!hasRedis())(
  'between services a trace goes on, and a message on a socket is linked to its batch',
  async () => {
    await using collector = await startCollector()
    await using database = await createTestDatabase()
    await using split = await spawnSplit(database, {
      ...{ gateways: 1, services: 1 },
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
    })
    const [url = ''] = split.urls
    const post = poster(url)
    const password = 'a pass phrase for tests'
    const register = async (username: string) =>
      (await post('/api/users/register', { username, password })).json()
    const { accessToken } = await register('alice')
    const { user: bob } = await register('bob')
    const authorization = `Bearer ${accessToken}`
    const group = { kind: 'group', title: 'Secret plans', userIds: [bob.id] }
    const traceparent = `00-${TRACE}-${CALLER}-01`
    const made = await post('/api/conversations', group, { authorization, traceparent })
    const { id: conversationId } = await made.json()
    const socket = rawSocket(url, accessToken)
    await socket.next('welcome')
    socket.send({ type: 'message', conversationId, clientId: 'c1', data: 'A secret' })
    await socket.next('ack')
    await socket[Symbol.asyncDispose]()
    await split.drain()

    const ours = collector.spans.filter(({ traceId }) => traceId === TRACE)
    const at = (of: string, name: string) =>
      ours.find((span) => span.of === `chatapp-${of}` && span.name === name)
    const passedOn = at('gateway', 'POST /api/conversations')
    const answered = at('messages', 'POST /api/conversations')
    expect(passedOn?.parentSpanId).toBe(CALLER)
    expect(answered?.parentSpanId).toBe(passedOn?.spanId)
    expect(at('users', 'users.profiles')?.parentSpanId).toBe(answered?.spanId)

    const frame = collector.spans.find(({ name }) => name === 'socket message')
    const [batch, served] = ['gateway', 'messages'].map((of) =>
      collector.spans.find((span) => span.name === 'messages.send' && span.of === `chatapp-${of}`),
    )
    expect(batch?.links).toMatchObject([{ traceId: frame?.traceId, spanId: frame?.spanId }])
    expect(served?.parentSpanId).toBe(batch?.spanId)
    expect(JSON.stringify(collector.spans)).not.toMatch(/A secret|Secret plans|pass phrase/)
  },
  120_000,
)
