import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { spawnProduct } from '@chatapp/dev-env'
import { expect, test } from 'vitest'

interface Span {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: { key: string; value: { stringValue?: string } }[]
}
interface Export {
  resourceSpans: { scopeSpans: { spans: Span[] }[] }[]
}

/** As much of an OpenTelemetry collector as takes spans. */
async function startCollector() {
  const spans: Span[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { resourceSpans } = (await json(request)) as Export
    if (request.url === '/v1/traces')
      spans.push(...resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)))
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

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const CALLER = '00f067aa0ba902b7'

test('a request and its statements are spans of the caller’s trace, without anything people wrote', async () => {
  await using collector = await startCollector()
  await using product = await spawnProduct({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOBBY: 'off' },
  })
  const post = (path: string, body: object, headers = {}) =>
    fetch(product.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
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
  expect(request?.attributes).toContainEqual({
    key: 'chatapp.request_id',
    value: { stringValue: 'from-the-caller' },
  })
  const statements = ours.filter((span) => span.parentSpanId === request?.spanId)
  expect(statements.map((span) => span.name)).toContain('insert')
  expect(JSON.stringify(collector.spans)).not.toMatch(/Secret plans|pass phrase/)
})
