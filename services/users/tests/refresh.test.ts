import { routes } from '@chatapp/protocol'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const refresh = (world: World, { refreshToken }: { refreshToken: string }) =>
  world.ask(routes.refresh, { body: { refreshToken } })
const tryRefresh = (world: World, { refreshToken }: { refreshToken: string }) =>
  world.send(routes.refresh, { body: { refreshToken } })

test('a refresh token is exchanged for a new pair of the same session', async () => {
  await using world = await openWorld()
  const first = await world.register('alice')
  const second = await refresh(world, first)
  expect(second).toMatchObject({ user: first.user, expiresIn: 900 })
  expect(second.accessToken).not.toBe(first.accessToken)
  expect(second.refreshToken).not.toBe(first.refreshToken)
  expect(decodeJwt(second.accessToken).sid).toBe(decodeJwt(first.accessToken).sid)
  const third = await refresh(world, second)
  expect(await world.isAccepted(third)).toBe(true)
})

test('a refresh token used again ends its session and leaves the others', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  const next = await refresh(world, laptop)
  expect(
    await world.refusal(routes.refresh, { body: { refreshToken: laptop.refreshToken } }),
  ).toMatchObject({
    status: 401,
    code: 'unauthenticated',
  })
  expect((await tryRefresh(world, next)).status).toBe(401)
  expect(await world.isAccepted(next)).toBe(false)
  expect(world.endings).toEqual([
    { type: 'session-ended', userId: laptop.user.id, sessionId: decodeJwt(laptop.accessToken).sid },
  ])
  expect(await world.isAccepted(await refresh(world, phone))).toBe(true)
})

test('of two refreshes at once one wins, and the other ends the session', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  const answers = await Promise.all([tryRefresh(world, alice), tryRefresh(world, alice)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401])
  const winner = answers.find((answer) => answer.status === 200)
  expect((await tryRefresh(world, await winner?.json())).status).toBe(401)
  expect(world.endings).toHaveLength(1)
  expect(await world.isAccepted(alice)).toBe(false)
})

test('an unknown refresh token is refused and ends nothing', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  for (const refreshToken of [
    '',
    'x',
    'no\0thing',
    'A'.repeat(43),
    alice.accessToken.slice(0, 256),
  ]) {
    expect((await tryRefresh(world, { refreshToken })).status).toBe(401)
  }
  expect(world.endings).toEqual([])
  await refresh(world, alice)
})

test('a session lasts sixty days from its latest refresh', async () => {
  await using world = await openWorld()
  let alice = await world.register('alice')
  for (let i = 0; i < 3; i++) {
    world.clock.now += 59 * DAY_MS
    alice = await refresh(world, alice)
  }
  world.clock.now += 60 * DAY_MS
  expect((await tryRefresh(world, alice)).status).toBe(401)
})

test('the access token ends after fifteen minutes', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  world.clock.now += 899_000
  expect(await world.isAccepted(alice)).toBe(true)
  world.clock.now += 1_000
  expect(await world.isAccepted(alice)).toBe(false)
  expect(await world.isAccepted(await refresh(world, alice))).toBe(true)
})

test('the database holds no token as it is, and forgets those of an ended session', async () => {
  await using world = await openWorld()
  const alice = await refresh(world, await world.register('alice'))
  const kept = await world.sql<
    { token_hash: Buffer }[]
  >`select token_hash from users.refresh_tokens`
  expect(kept).toHaveLength(2)
  for (const { token_hash } of kept) {
    expect(token_hash).toHaveLength(32)
    expect(token_hash.equals(Buffer.from(alice.refreshToken, 'base64url'))).toBe(false)
  }
  await world.ask(routes.logout, { token: alice.accessToken })
  expect(await world.sql`select from users.refresh_tokens`).toHaveLength(0)
})
