import { routes } from '@chatapp/protocol'
import { memoryLimits } from '@chatapp/service-kit'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD } from './world.ts'

const statusesOf = (responses: Response[]) => responses.map((response) => response.status).sort()

test('whoever registers is signed in, and in the lobby before the answer', async () => {
  await using world = await openWorld()
  const alice = await world.register('Alice')
  expect(alice.user).toEqual({
    id: alice.user.id,
    username: 'Alice',
    displayName: 'Alice',
    avatarUrl: null,
    bio: '',
    email: null,
    emailVerified: false,
    createdAt: '2026-03-01T09:00:00.000Z',
    preferences: {},
  })
  expect(alice.expiresIn).toBe(900)
  expect(alice.accessToken + alice.refreshToken).toMatch(/^[\w.-]+$/)
  expect(world.lobby.members).toEqual([alice.user.id])
  expect(await world.ask(routes.getOwnUser, { token: alice.accessToken })).toEqual(alice.user)
})

test('a display name and an e-mail address may be given', async () => {
  await using world = await openWorld()
  const { user } = await world.register('bob', {
    displayName: '👩‍🚀 Боб',
    email: 'bob@example.org',
  })
  expect(user).toMatchObject({ displayName: '👩‍🚀 Боб', email: 'bob@example.org' })
})

test('the access token names its algorithm, type, key, issuer and audience', async () => {
  await using world = await openWorld()
  const { accessToken, user } = await world.register('alice')
  const [key] = await world.users.api.signingKeys()
  expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'EdDSA', typ: 'at+jwt', kid: key?.kid })
  expect(decodeJwt(accessToken)).toMatchObject({ iss: 'chatapp', aud: 'chatapp', sub: user.id })
})

test('a name is taken in any case, also when two ask for it at once', async () => {
  await using world = await openWorld()
  await world.register('alice')
  const refused = await world.refusal(routes.register, {
    body: { username: 'ALICE', password: PASSWORD },
  })
  expect(refused).toMatchObject({ status: 409, code: 'conflict' })
  const responses = await Promise.all(
    ['bob', 'Bob', 'BOB'].map((username) =>
      world.send(routes.register, { body: { username, password: PASSWORD } }),
    ),
  )
  expect(statusesOf(responses)).toEqual([201, 409, 409])
})

test.each(['password1', 'PassWord123', 'qwertyuiop', 'Alice-of-Wonderland'])(
  'the guessable password "%s" is refused',
  async (password) => {
    await using world = await openWorld()
    const refused = await world.refusal(routes.register, {
      body: { username: 'alice-of-wonderland', password },
    })
    expect(refused).toMatchObject({ status: 400, code: 'invalid', errors: [{ path: 'password' }] })
  },
)

test('a registration stands while messages is down, and the lobby follows', async () => {
  await using world = await openWorld()
  world.lobby.state = 'down'
  const alice = await world.register('alice')
  expect(await world.isAccepted(alice)).toBe(true)
  expect(world.lobby.members).toEqual([])

  world.lobby.state = 'up'
  await world.users.start()
  await expect.poll(() => world.lobby.members).toEqual([alice.user.id])
})

test('who was announced is not announced again after a restart', async () => {
  await using first = await openWorld()
  await first.register('alice')
  first.lobby.state = 'down'
  const bob = await first.register('bob')
  first.lobby.state = 'up'
  first.lobby.members.length = 0
  await using second = await first.restart()
  await second.users.start()
  await expect.poll(() => second.lobby.members).toEqual([bob.user.id])
})

test('an address may register thirty people an hour, another one still can', async () => {
  await using world = await openWorld(memoryLimits)
  const from = (ip: string) => ({
    body: { username: 'alice', password: 'password1' },
    headers: { 'x-forwarded-for': ip },
  })
  const many = Array.from({ length: 31 }, () => world.send(routes.register, from('192.0.2.1')))
  const responses = await Promise.all(many)
  expect(statusesOf(responses).slice(-2)).toEqual([400, 429])
  const limited = responses.find((response) => response.status === 429)
  expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await world.send(routes.register, from('192.0.2.2'))).status).toBe(400)
})
