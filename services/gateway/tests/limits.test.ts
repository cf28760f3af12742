import { routes } from '@chatapp/protocol'
import { bindRoute } from '@chatapp/service-kit'
import { describe, expect, test, vi } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, idOf } from './cast.ts'
import { WAITING } from './client.ts'
import { tokenOf } from './fake-tokens.ts'

const config = { rateLimits: true }
const message = (clientId: string) => ({ type: 'message', clientId, data: 'hi' })

describe('with rate limits', () => {
  test('too many frames are refused one by one, and named', async () => {
    const { dial, clock } = await boot({ config })
    const client = await dial(alice)
    for (let i = 0; i < 310; i++) client.send(message(`c${i}`))
    await vi.waitFor(() => expect(client.ofType('error')).toHaveLength(10), WAITING)
    expect(client.ofType('error')[0]).toMatchObject({
      code: 'rate-limited',
      retryable: true,
      clientId: 'c300',
    })
    expect(client.ofType('ack')).toHaveLength(300)
    clock.now += 5000
    client.send(message('later'))
    await vi.waitFor(() => expect(client.ofType('ack')).toHaveLength(301), WAITING)
  })

  test('a flood closes with 4429 and the neighbours go on', async () => {
    const { dial } = await boot({ config })
    const [a, b] = [await dial(alice), await dial(bob)]
    for (let i = 0; i < 2000; i++) a.send({ type: 'ping' })
    expect(await a.end()).toMatchObject({ code: 4429 })
    await b.settled()
  })

  test('a user sends no more by using several sockets and REST', async () => {
    const bind: Parameters<typeof boot>[0] = {
      config,
      services: [
        {
          name: 'messages',
          check: () => Promise.resolve(),
          bind: (binding) =>
            bindRoute(binding, routes.sendMessage, () => Promise.reject(new Error('not reached'))),
        },
      ],
    }
    const { dial, get } = await boot(bind)
    const sockets = [await dial(alice), await dial(alice)]
    for (let i = 0; i < 200; i++) for (const socket of sockets) socket.send(message(`c${i}`))
    await vi.waitFor(() => {
      const answers = sockets.flatMap((s) => [...s.ofType('ack'), ...s.ofType('error')])
      expect(answers).toHaveLength(400)
    }, WAITING)
    expect(sockets.flatMap((socket) => socket.ofType('ack'))).toHaveLength(300)
    const answer = await get('/api/messages/send', {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf(alice)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ conversationId: idOf(1), data: 'hi' }),
    })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('retry-after')).toBe('1')
  })

  test('a user has at most 100 sockets, and a place is free again when one closes', async () => {
    const { dial, refusal } = await boot({ config })
    const clients = await Promise.all(Array.from({ length: 100 }, () => dial(alice)))
    const headers = { authorization: `Bearer ${tokenOf(alice)}` }
    expect(await refusal('/ws', { headers })).toMatchObject({
      status: 429,
      body: { code: 'rate-limited' },
    })
    await dial(bob)
    clients[0]?.ws.close()
    await vi.waitFor(() => dial(alice), WAITING)
  })

  test('too many new sockets at once are told to come later', async () => {
    const { refusal } = await boot({ config })
    const answers = await Promise.all(Array.from({ length: 1010 }, () => refusal('/ws')))
    const late = answers.filter((answer) => answer.status === 503)
    expect(late).toHaveLength(10)
    expect(Number(late[0]?.headers['retry-after'])).toBeGreaterThan(0)
  })

  test('REST calls of a user are limited', async () => {
    const { get } = await boot({ config })
    const init = { method: 'POST', headers: { authorization: `Bearer ${tokenOf(alice)}` } }
    const statuses: number[] = []
    for (let i = 0; i < 1201; i++) statuses.push((await get('/api/ws-ticket', init)).status)
    expect(statuses.slice(0, 1200).every((status) => status === 201)).toBe(true)
    expect(statuses.at(-1)).toBe(429)
    expect((await get('/healthz')).status).toBe(200)
  })
})

test('an address behind a trusted proxy is the one that the proxy names', async () => {
  const { open, refusal, clock } = await boot({
    config: { ...config, trustedProxies: ['loopback'] },
  })
  const from = (address: string, userId: string) => ({
    headers: { authorization: `Bearer ${tokenOf(userId)}`, 'x-forwarded-for': address },
  })
  for (let user = 0; user < 10; user++)
    await Promise.all(Array.from({ length: 100 }, () => open('/ws', from('192.0.2.1', idOf(user)))))
  clock.now += 5000
  expect(await refusal('/ws', from('192.0.2.1', idOf(20)))).toMatchObject({ status: 429 })
  await open('/ws', from('192.0.2.2', idOf(20)))
})
