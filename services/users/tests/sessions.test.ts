import { routes, type Session } from '@chatapp/protocol'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD } from './world.ts'

const sessionIdOf = ({ accessToken }: Session) => String(decodeJwt(accessToken).sid)

test('signing out refuses the tokens of this session at once, and of no other', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  await world.ask(routes.logout, { token: laptop.accessToken })
  expect(await world.isAccepted(laptop)).toBe(false)
  expect(
    (await world.send(routes.refresh, { body: { refreshToken: laptop.refreshToken } })).status,
  ).toBe(401)
  expect(await world.isAccepted(phone)).toBe(true)
  expect(world.endings.map((event) => event.sessionId)).toEqual([sessionIdOf(laptop)])
})

test('people see their own devices, the latest first, and which one asks', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  await world.register('bob')
  world.clock.now += 60_000
  const response = await world.send(routes.login, {
    body: { username: 'alice', password: PASSWORD },
    headers: { 'user-agent': 'Phone/1.0', 'x-forwarded-for': '192.0.2.7' },
  })
  const phone: Session = await response.json()
  const { items, next } = await world.ask(routes.listSessions, { token: laptop.accessToken })
  expect(next).toBeNull()
  expect(items).toEqual([
    {
      id: sessionIdOf(phone),
      userAgent: 'Phone/1.0',
      ip: '192.0.2.7',
      createdAt: '2026-03-01T09:01:00.000Z',
      usedAt: '2026-03-01T09:01:00.000Z',
      expiresAt: '2026-04-30T09:01:00.000Z',
      current: false,
    },
    expect.objectContaining({ id: sessionIdOf(laptop), current: true }),
  ])
})

test('a long list of devices comes in pages', async () => {
  await using world = await openWorld()
  const sessions = [await world.register('alice')]
  for (let i = 0; i < 4; i++) {
    world.clock.now += 1_000
    sessions.push(await world.login('alice'))
  }
  const token = sessions[0]?.accessToken
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: Record<string, string> = { limit: '2', ...(cursor && { cursor }) }
    const page = await world.ask(routes.listSessions, { token, query })
    seen.push(...page.items.map((device) => device.id))
    cursor = page.next
  }
  expect(seen).toEqual(sessions.map(sessionIdOf).reverse())
})

test('a device is signed out from another one', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  const ending = { token: laptop.accessToken, params: { id: sessionIdOf(phone) } }
  await world.ask(routes.endSession, ending)
  expect(await world.isAccepted(phone)).toBe(false)
  const { items } = await world.ask(routes.listSessions, { token: laptop.accessToken })
  expect(items.map((device) => device.id)).toEqual([sessionIdOf(laptop)])
  expect(await world.refusal(routes.endSession, ending)).toMatchObject({ code: 'not-found' })
})

test('of sessions the live ones are told from those that ended, also by their age', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  await world.ask(routes.logout, { token: phone.accessToken })
  const asked = [sessionIdOf(phone), sessionIdOf(laptop)]
  expect(await world.users.api.liveSessions(asked)).toEqual([sessionIdOf(laptop)])
  world.clock.now += 61 * 24 * 3_600_000
  expect(await world.users.api.liveSessions(asked)).toEqual([])
})

test('nobody signs another person out', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  const bob = await world.register('bob')
  const ending = { token: bob.accessToken, params: { id: sessionIdOf(alice) } }
  expect(await world.refusal(routes.endSession, ending)).toMatchObject({ code: 'not-found' })
  expect(await world.isAccepted(alice)).toBe(true)
})

test('a token ended before a restart stays refused, as long as it could pass', async () => {
  await using first = await openWorld()
  const alice = await first.register('alice')
  await first.ask(routes.logout, { token: alice.accessToken })
  await using second = await first.restart()
  expect(await second.isAccepted(alice)).toBe(false)
  expect(await second.users.api.endedSessions()).toEqual([sessionIdOf(alice)])
  second.clock.now += 961_000
  expect(await second.users.api.endedSessions()).toEqual([])
})

test('a session ended by a process without a common bus is refused here as well', async () => {
  await using world = await openWorld()
  await world.users.start()
  const alice = await world.register('alice')
  await using command = await world.beside()
  await command.accounts.deactivate('alice')
  await expect.poll(() => world.isAccepted(alice)).toBe(false)
})

test('sessions that ended are swept, and those that live stay', async () => {
  await using first = await openWorld()
  const alice = await first.register('alice')
  await first.ask(routes.logout, { token: alice.accessToken })
  first.clock.now += 24 * 60 * 60 * 1000
  const bob = await first.register('bob')
  await first.users.start()
  const left = () => first.sql`select id from users.sessions`
  await expect.poll(left).toEqual([{ id: sessionIdOf(bob) }])
})
