import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '@chatapp/protocol'
import { bindRoute } from '@chatapp/service-kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { boot } from './boot.ts'
import { alice, plans } from './cast.ts'
import { tokenOf } from './fake-tokens.ts'

const authorized = { headers: { authorization: `Bearer ${tokenOf(alice)}` } }

const service = (name: string, check: () => Promise<void> = () => Promise.resolve()) => ({
  name,
  check,
  bind: () => undefined,
})

describe('readiness', () => {
  test('names every service that was checked', async () => {
    const { get } = await boot({ services: [service('users'), service('messages')] })
    const answer = await get('/readyz/')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      status: 'ready',
      checks: { users: 'ok', messages: 'ok' },
    })
  })

  test('names the one that fails, and keeps the reason to itself', async () => {
    const fails = service('messages', () => Promise.reject(new Error('postgres://secret')))
    const { get } = await boot({ services: [service('users'), fails] })
    const answer = await get('/readyz')
    expect(answer.status).toBe(503)
    const problem = await answer.text()
    expect(JSON.parse(problem)).toMatchObject({ code: 'overloaded' })
    expect(problem).toContain('messages')
    expect(problem).not.toContain('secret')
    expect((await get('/healthz')).status).toBe(200)
  })

  test('does not wait long for what it serves without', async () => {
    const silent = { name: 'notifications', check: () => new Promise<void>(() => undefined) }
    const { get } = await boot({ services: [service('users')], helpers: [silent] })
    const askedAt = performance.now()
    const answer = await get('/readyz')
    expect(await answer.json()).toEqual({
      status: 'ready',
      checks: { users: 'ok', notifications: 'away' },
    })
    // The limit is 1 s, and a probe gives up after 5 s.
    expect(performance.now() - askedAt).toBeLessThan(3_000)
  })
})

test('metrics count what happened', async () => {
  const { get, dial, messages } = await boot()
  messages.join(plans, [alice])
  const client = await dial(alice)
  client.send({ type: 'message', conversationId: plans, data: 'hi' })
  client.send('nonsense')
  await client.settled()
  const text = await (await get('/metrics')).text()
  expect(text).toContain('chatapp_gateway_connections 1')
  expect(text).toContain('chatapp_gateway_frames_total{type="message"} 1')
  expect(text).toContain('chatapp_gateway_frames_total{type="bad"} 1')
  expect(text).toContain('chatapp_gateway_sends_total{outcome="stored"} 1')
  expect(text).toContain('chatapp_gateway_deliveries_total 1')
  expect(text).toContain('chatapp_gateway_ack_seconds_count 1')
})

test('metrics are for near ones who ask for themselves, or for who has the token', async () => {
  const statusOf = async (chat: Awaited<ReturnType<typeof boot>>, headers = {}) =>
    (await chat.get('/metrics', { headers })).status
  const open = await boot()
  expect(await statusOf(open)).toBe(200)
  expect(await statusOf(open, { 'x-forwarded-for': '203.0.113.7' })).toBe(404)
  expect(await statusOf(open, { forwarded: 'for=203.0.113.7' })).toBe(404)
  const guarded = await boot({ config: { metricsToken: 'a-token-for-prometheus' } })
  expect(await statusOf(guarded)).toBe(404)
  expect(await statusOf(guarded, { authorization: 'Bearer another-token-12345' })).toBe(404)
  const right = { authorization: 'Bearer a-token-for-prometheus' }
  expect(await statusOf(guarded, { ...right, 'x-forwarded-for': '203.0.113.7' })).toBe(200)
})

describe('paths', () => {
  test('below /api that are unknown ask for a token first', async () => {
    const { get } = await boot()
    expect((await get('/api/nothing')).status).toBe(401)
    const known = await get('/api/nothing', authorized)
    expect(known.status).toBe(404)
    expect(await known.json()).toMatchObject({ code: 'not-found' })
    expect((await get('/nothing')).status).toBe(404)
  })

  test('that are bound refuse other methods', async () => {
    const { get } = await boot()
    const answer = await get('/api/ws-ticket', authorized)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe('POST')
    expect((await get('/api/ws-ticket')).status).toBe(401)
    expect((await get('/healthz', { method: 'DELETE' })).status).toBe(405)
  })

  test('of services are served here', async () => {
    const { get } = await boot({
      services: [
        {
          ...service('messages'),
          bind: (binding) =>
            bindRoute(binding, routes.unsendMessage, async ({ params }) => params as never),
        },
      ],
    })
    const init = { method: 'PUT', ...authorized }
    const answer = await get('/api/messages/unsent/one/', init)
    expect(await answer.json()).toEqual({ messageId: 'one' })
    expect((await get('/api/messages/unsent/one', authorized)).status).toBe(405)
    expect((await get('/api/messages/unsent/one', { method: 'PUT' })).status).toBe(401)
  })

  test('of the socket explain themselves to plain requests', async () => {
    const { get } = await boot()
    const answer = await get('/ws')
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid' })
  })
})

describe('security headers', () => {
  test('are on every answer', async () => {
    const { get } = await boot()
    for (const path of ['/', '/healthz', '/api/nothing', '/nothing']) {
      const { headers } = await get(path)
      expect(headers.get('content-security-policy')).toContain("default-src 'self'")
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('strict-transport-security')).toBeNull()
    }
    expect((await get('/api/nothing')).headers.get('cache-control')).toBe('no-store')
  })

  test('ask for HTTPS only where people use it', async () => {
    const { get } = await boot({ config: { publicUrl: 'https://chat.example.org' } })
    const { headers } = await get('/healthz')
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000')
  })

  test('let pages of allowed origins in, and no others', async () => {
    const { get } = await boot({ config: { allowedOrigins: ['https://elsewhere.example.org'] } })
    const ask = (origin: string, method = 'GET') =>
      get('/api/nothing', { method, headers: { origin } })
    const preflight = await ask('https://elsewhere.example.org', 'OPTIONS')
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
    const answer = await ask('https://elsewhere.example.org')
    expect(answer.status).toBe(401)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://elsewhere.example.org')
    const foreign = await ask('https://evil.example')
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('the web client', () => {
  async function webRoot(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'chatapp-web-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'index.html'), '<title>the client</title>')
    await writeFile(join(folder, 'sw.js'), '// worker')
    await writeFile(join(folder, 'assets', 'main-4f2a.js'), '// plain')
    await writeFile(join(folder, 'assets', 'main-4f2a.js.gz'), 'zipped')
    return folder
  }

  test('is one page for all of its paths', async () => {
    const { get } = await boot({ webRoot: await webRoot() })
    for (const path of [
      '/',
      '/sign-in',
      '/register',
      '/settings',
      '/settings/integrations',
      '/activity',
      '/search',
      `/c/${plans}`,
      `/c/${plans}/7`,
    ]) {
      const answer = await get(path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toContain('text/html')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain('the client')
    }
    for (const path of ['/api/c/x', '/api', '/elsewhere', '/assets/none.js', '/../package.json'])
      expect((await get(path)).status).toBeGreaterThanOrEqual(401)
  })

  test('says itself to people that nothing is at an address', async () => {
    const { get } = await boot({ webRoot: await webRoot() })
    const accepting = (accept: string) => ({ headers: { accept } })
    const page = await get('/elsewhere', accepting('text/html,*/*;q=0.8'))
    expect(page.status).toBe(404)
    expect(await page.text()).toContain('the client')
    const problem = await get('/elsewhere', accepting('*/*'))
    expect(problem.status).toBe(404)
    expect(problem.headers.get('content-type')).toContain('problem+json')
    expect((await get('/api/elsewhere', accepting('text/html'))).status).toBe(401)
  })

  test('has hashed files that are kept and others that are asked for again', async () => {
    const { get } = await boot({ webRoot: await webRoot() })
    const hashed = await get('/assets/main-4f2a.js', { headers: { 'accept-encoding': 'identity' } })
    expect(await hashed.text()).toBe('// plain')
    expect(hashed.headers.get('cache-control')).toContain('immutable')
    const worker = await get('/sw.js')
    expect(worker.headers.get('cache-control')).toBe('no-cache')
  })

  test('is not there until it is built, and a page says so', async () => {
    const { get } = await boot()
    const answer = await get('/')
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(await answer.text()).toContain('ChatApp is running')
  })
})

test('documents are mounted by who composes the process', async () => {
  const { get } = await boot({ documents: (app) => void app.get('/docs', async () => 'read me') })
  expect(await (await get('/docs')).text()).toBe('read me')
})
