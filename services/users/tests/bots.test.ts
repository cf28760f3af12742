import { routes } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD, type World } from './world.ts'

async function openWithAdmin() {
  const world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  await world.users.accounts.setAdmin('alice', true)
  return { world, token }
}

const exchange = (world: World, token: string) =>
  world.ask(routes.exchangeBotToken, { body: { token } })

test('an admin makes a bot, whose token signs it in again and again', async () => {
  const { world: opened, token } = await openWithAdmin()
  await using world = opened
  const body = { username: 'echo', displayName: 'Echo' }
  const made = await world.ask(routes.createBot, { token, body })
  expect(made.user).toMatchObject({ ...body, isBot: true })
  expect(made.token).toMatch(/^chatapp_bot_[\w-]{43}$/)
  const first = await exchange(world, made.token)
  world.clock.now += 90 * 24 * 3_600_000
  await world.users.start()
  const second = await exchange(world, made.token)
  expect(second.user.id).toBe(first.user.id)
  expect(await world.isAccepted({ ...second, refreshToken: '' })).toBe(true)
  expect(world.lobby.members).toContain(made.user.id)
  const { token: alice } = { token: (await world.login('alice')).accessToken }
  const bots = await world.ask(routes.listBots, { token: alice })
  expect(bots.items.map(({ username }) => username)).toEqual(['echo'])
  const tokens = await world.ask(routes.listBotTokens, {
    token: alice,
    params: { id: made.user.id },
  })
  expect(tokens.items).toMatchObject([
    { id: made.id, usedAt: new Date(world.clock.now).toISOString() },
  ])
})

test('a revoked token and the sessions from it are refused, the others go on', async () => {
  const { world: opened, token } = await openWithAdmin()
  await using world = opened
  const made = await world.ask(routes.createBot, { token, body: { username: 'echo' } })
  const params = { id: made.user.id }
  const other = await world.ask(routes.createBotToken, { token, params })
  const session = { ...(await exchange(world, made.token)), refreshToken: '' }
  await world.ask(routes.revokeBotToken, { token, params: { ...params, tokenId: made.id } })
  expect(await world.isAccepted(session)).toBe(false)
  expect(world.endings).toMatchObject([{ userId: made.user.id, sessionId: made.id }])
  const refused = await world.refusal(routes.exchangeBotToken, { body: { token: made.token } })
  expect(refused.status).toBe(401)
  await exchange(world, other.token)
})

test('a bot has no password, no mail and no refresh, and is no admin', async () => {
  const { world: opened, token } = await openWithAdmin()
  await using world = opened
  const made = await world.ask(routes.createBot, { token, body: { username: 'echo' } })
  const { accounts } = world.users
  await expect(accounts.resetPassword('echo', PASSWORD)).rejects.toMatchObject({ code: 'conflict' })
  await expect(accounts.setAdmin('echo', true)).rejects.toMatchObject({ code: 'conflict' })
  await world.sql`
    update users.users set password_hash = (select password_hash from users.users where username = 'alice')
    where username = 'echo'`
  const signIn = { body: { username: 'echo', password: PASSWORD } }
  expect(await world.refusal(routes.login, signIn)).toMatchObject({ status: 401 })
  const refreshing = { body: { refreshToken: made.token } }
  expect(await world.refusal(routes.refresh, refreshing)).toMatchObject({ status: 401 })
  const { accessToken } = await exchange(world, made.token)
  const mail = { token: accessToken, body: { email: 'echo@example.org' } }
  expect(await world.refusal(routes.updateOwnUser, mail)).toMatchObject({ status: 400 })
  await accounts.deactivate('echo')
  const gone = await world.refusal(routes.exchangeBotToken, { body: { token: made.token } })
  expect(gone.status).toBe(401)
})

test('only admins see to bots, and to bots only', async () => {
  const { world: opened, token } = await openWithAdmin()
  await using world = opened
  const bob = await world.register('bob')
  const made = await world.ask(routes.createBot, { token, body: { username: 'echo' } })
  const { accessToken: ofBot } = await exchange(world, made.token)
  for (const other of [bob.accessToken, ofBot])
    for (const route of [routes.listBots, routes.createBotToken]) {
      const asked = { token: other, params: { id: made.user.id } }
      expect(await world.refusal(route, asked)).toMatchObject({ status: 403 })
    }
  const ofPerson = { token, params: { id: bob.user.id } }
  expect(await world.refusal(routes.createBotToken, ofPerson)).toMatchObject({ status: 404 })
})

test('an operator makes bots, their tokens, and ends them', async () => {
  await using world = await openWorld()
  const { bots } = world.users
  const made = await bots.create({ username: 'echo' })
  expect(made.account).toMatchObject({ username: 'echo', isBot: true })
  const other = await bots.createToken('echo')
  await exchange(world, other.token)
  const ids = (await bots.tokens('echo')).items.map(({ id }) => id)
  expect(ids.toSorted()).toEqual([made.id, other.id].toSorted())
  await bots.revoke('echo', other.id)
  const refused = await world.refusal(routes.exchangeBotToken, { body: { token: other.token } })
  expect(refused.status).toBe(401)
  await world.register('alice')
  await expect(bots.createToken('alice')).rejects.toMatchObject({ code: 'not-found' })
})
