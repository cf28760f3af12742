import { once } from 'node:events'
import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { ChatError } from '@chatapp/protocol'
import { describe, expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, idOf, plans } from './cast.ts'
import { WAITING } from './client.ts'
import { NEVER, tokenOf } from './fake-tokens.ts'

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })

async function ticketOf(url: string, token = tokenOf(alice)): Promise<string> {
  const answer = await fetch(`${url}/api/ws-ticket`, { method: 'POST', ...bearer(token) })
  expect(answer.status).toBe(201)
  const { ticket, expiresIn } = (await answer.json()) as { ticket: string; expiresIn: number }
  expect(expiresIn).toBe(30)
  return ticket
}

function beginUpgrade(url: string, headers: Record<string, string> = {}) {
  const upgrade = request(`${url}/ws`, {
    headers: {
      ...bearer(tokenOf(alice)).headers,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
    },
  })
  return upgrade.end()
}

describe('a socket is opened', () => {
  test('with an Authorization header, and is welcomed first', async () => {
    const { open, messages } = await boot()
    messages.join(plans, [alice])
    const client = await open('/ws', bearer(tokenOf(alice)))
    await client.settled()
    expect(client.frames[0]).toEqual({
      type: 'welcome',
      userId: alice,
      sessionId: idOf(900),
      expiresAt: new Date(NEVER).toISOString(),
    })
  })

  test('however long it takes to learn where its user is a member', async () => {
    const { dial, messages, clock } = await boot()
    messages.join(plans, [alice])
    let asked = 0
    messages.before = async (call) => {
      if (call !== 'standings') return
      asked++
      // Rooms without sockets have been given up by now.
      clock.now += 6_000
      await sleep(50)
    }
    await dial(alice)
    expect(asked).toBe(2)
  })

  test('with the subprotocol pair, and is answered with chatapp alone', async () => {
    const { open } = await boot()
    const protocols = ['chatapp', `bearer.${tokenOf(alice)}`]
    const client = await open('/ws/', { protocols })
    expect(client.ws.protocol).toBe('chatapp')
    await client.next('welcome')
  })

  test('with a ticket, once', async () => {
    const { open, refusal, url } = await boot()
    const ticket = await ticketOf(url)
    const client = await open(`/ws?ticket=${ticket}`)
    await client.next('welcome')
    expect(await refusal(`/ws?ticket=${ticket}`)).toMatchObject({ status: 401 })
  })

  test('and frames that came before the welcome are handled after it', async () => {
    const { open, messages } = await boot()
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<void>()
    messages.before = (call) => {
      if (call !== 'standings') return
      asked.resolve()
      return answer.promise
    }
    const opening = open('/ws', bearer(tokenOf(alice)))
    await asked.promise
    answer.resolve()
    const client = await opening
    client.send({ type: 'message', data: 'at once' })
    await client.next('ack')
    expect(client.frames[0]?.type).toBe('welcome')
  })
})

describe('a socket is refused', () => {
  test('with 401 and a problem document without a token', async () => {
    const { refusal } = await boot()
    const { status, headers, body } = await refusal('/ws')
    expect(status).toBe(401)
    expect(body.code).toBe('unauthenticated')
    expect(headers['content-type']).toBe('application/problem+json')
    expect(headers.connection).toBe('close')
  })

  test.each([
    ['a token that is none', bearer('nonsense')],
    ['an expired token', bearer(tokenOf(alice, { expiresAt: 1000 }))],
    ['another scheme', { headers: { authorization: 'Basic YTpi' } }],
    ['a bearer without chatapp beside it', { protocols: [`bearer.${tokenOf(alice)}`] }],
  ])('with 401 for %s', async (_what, options) => {
    const { refusal } = await boot()
    expect(await refusal('/ws', options)).toMatchObject({ status: 401 })
  })

  test('with 401 for a ticket that is too old, unknown or of an ended session', async () => {
    const { refusal, clock, url, bus } = await boot()
    const old = await ticketOf(url)
    clock.now += 30_000
    const orphan = await ticketOf(url)
    bus.publish('sessions', { type: 'session-ended', userId: alice, sessionId: idOf(900) })
    for (const ticket of [old, orphan, 'unknown', ''])
      expect(await refusal(`/ws?ticket=${ticket}`)).toMatchObject({ status: 401 })
  })

  test('with 401 when the session ends while it is being let in', async () => {
    const { refusal, messages, bus } = await boot()
    messages.before = () =>
      bus.publish('sessions', { type: 'session-ended', userId: alice, sessionId: idOf(900) })
    expect(await refusal('/ws', bearer(tokenOf(alice)))).toMatchObject({ status: 401 })
  })

  test('with 503 when its conversations can not be read', async () => {
    const { refusal, messages } = await boot()
    messages.before = () => {
      throw new ChatError('overloaded', 'The database is away.', { retryAfter: 2 })
    }
    const { status, headers } = await refusal('/ws', bearer(tokenOf(alice)))
    expect(status).toBe(503)
    expect(headers['retry-after']).toBe('2')
  })

  test('with 404 at another path', async () => {
    const { refusal } = await boot()
    expect(await refusal('/elsewhere', bearer(tokenOf(alice)))).toMatchObject({ status: 404 })
  })

  test('with 400 after a broken handshake', async () => {
    const { url } = await boot()
    const upgrade = beginUpgrade(url, { 'sec-websocket-version': '7' })
    const [response] = await once(upgrade, 'response')
    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toBe('application/problem+json')
  })
})

describe('the Origin', () => {
  const config = {
    publicUrl: 'https://chat.example.org',
    allowedOrigins: ['https://elsewhere.example.org'],
  }

  test.each(['https://evil.example', 'null', 'https://chat.example.org.evil.example'])(
    'is refused when foreign: %s',
    async (origin) => {
      const { refusal } = await boot({ config })
      const headers = { authorization: `Bearer ${tokenOf(alice)}`, origin }
      expect(await refusal('/ws', { headers })).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      })
    },
  )

  test('is fine when it is our own, the public one or an allowed one', async () => {
    const { open, url } = await boot({ config })
    for (const origin of [url, config.publicUrl, ...config.allowedOrigins]) {
      const headers = { authorization: `Bearer ${tokenOf(alice)}`, origin }
      await (await open('/ws', { headers })).next('welcome')
    }
  })
})

test('an offer to upgrade to HTTP/2 is passed over and the request is answered', async () => {
  const { url } = await boot()
  const answer = Promise.withResolvers<number | undefined>()
  request(`${url}/healthz`, { headers: { connection: 'Upgrade', upgrade: 'h2c' } }, (response) => {
    response.resume()
    answer.resolve(response.statusCode)
  }).end()
  expect(await answer.promise).toBe(200)
})

test('a client that hangs up while it is being let in leaves nothing behind', async () => {
  const { messages, get, url } = await boot()
  const asked = Promise.withResolvers<void>()
  const answer = Promise.withResolvers<void>()
  messages.before = () => {
    asked.resolve()
    return answer.promise
  }
  const upgrade = beginUpgrade(url)
  upgrade.on('error', () => undefined)
  await asked.promise
  upgrade.destroy()
  answer.resolve()
  await vi.waitFor(async () => {
    const metrics = await (await get('/metrics')).text()
    expect(metrics).toContain('chatapp_gateway_connections 0')
  }, WAITING)
})
