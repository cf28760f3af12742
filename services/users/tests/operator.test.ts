import { settle } from '@chatapp/dev-env'
import { routes } from '@chatapp/protocol'
import { memoryLimits } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD } from './world.ts'

test('an operator makes an account, with a password of their own or a made one', async () => {
  await using world = await openWorld()
  const { accounts } = world.users
  const alice = await accounts.create({ username: 'alice', password: PASSWORD })
  const bob = await accounts.create({ username: 'bob', displayName: 'Bob B.' })
  expect(alice).toMatchObject({ account: { username: 'alice', deactivatedAt: null } })
  expect((await world.login('alice')).user.id).toBe(alice.account.id)
  expect((await world.login('bob', bob.password)).user.displayName).toBe('Bob B.')
  expect(world.lobby.members).toEqual([alice.account.id, bob.account.id])
  await expect(accounts.create({ username: 'ALICE' })).rejects.toMatchObject({ code: 'conflict' })
  await expect(accounts.create({ username: 'a b' })).rejects.toMatchObject({ code: 'invalid' })
})

test('an operator sees all accounts in pages', async () => {
  await using world = await openWorld()
  const { accounts } = world.users
  for (const username of ['dan', 'Alice', 'carol', 'bob']) await accounts.create({ username })
  await accounts.deactivate('bob')
  const first = await accounts.list({ limit: 3 })
  expect(first.items.map((account) => account.username)).toEqual(['Alice', 'bob', 'carol'])
  expect(first.items[1]?.deactivatedAt).toBe('2026-03-01T09:00:00.000Z')
  const second = await accounts.list({ limit: 3, cursor: first.next ?? '' })
  expect(second.items.map((account) => account.username)).toEqual(['dan'])
  expect(second.next).toBeNull()
})

test('a deactivated person is signed out everywhere and can come back', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  const phone = await world.login('alice')
  await world.users.accounts.deactivate('Alice')
  expect(await world.isAccepted(alice)).toBe(false)
  expect(await world.isAccepted(phone)).toBe(false)
  expect(world.endings).toHaveLength(2)
  const refreshing = { body: { refreshToken: alice.refreshToken } }
  expect(await world.refusal(routes.refresh, refreshing)).toMatchObject({ status: 401 })

  await world.users.accounts.reactivate('alice')
  expect(await world.isAccepted(alice)).toBe(false)
  await world.login('alice')
})

test('an operator makes an admin, who is told, and one no more', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice')
  const own = () => world.ask(routes.getOwnUser, { token: alice.accessToken })
  expect(alice.user).not.toHaveProperty('isAdmin')
  expect(await world.users.accounts.setAdmin('Alice', true)).toMatchObject({ isAdmin: true })
  expect(await own()).toMatchObject({ isAdmin: true })
  expect(await world.users.api.profiles([alice.user.id])).toMatchObject([{ isAdmin: true }])
  const others = await world.ask(routes.getUser, {
    token: alice.accessToken,
    params: { id: alice.user.id },
  })
  expect(others).not.toHaveProperty('isAdmin')
  await world.users.accounts.setAdmin('alice', false)
  expect(await own()).not.toHaveProperty('isAdmin')
})

test('a password reset ends all sessions and lets the person in at once', async () => {
  await using world = await openWorld(memoryLimits)
  const alice = await world.register('alice')
  const wrong = { body: { username: 'alice', password: 'a wrong one' } }
  for (let i = 0; i < 11; i++) await world.refusal(routes.login, wrong)
  const { password } = await world.users.accounts.resetPassword('alice')
  expect(await world.isAccepted(alice)).toBe(false)
  await world.login('alice', password)
})

test('a password reset by a process beside lets the person in at a running server', async () => {
  await using world = await openWorld(memoryLimits)
  await world.users.start()
  await world.register('alice')
  const wrong = { body: { username: 'alice', password: 'a wrong one' } }
  for (let i = 0; i < 11; i++) await world.refusal(routes.login, wrong)
  await using beside = await world.beside()
  const { password } = await beside.accounts.resetPassword('alice')
  const right = { body: { username: 'alice', password } }
  expect(await world.refusal(routes.login, right)).toMatchObject({ code: 'rate-limited' })
  await settle('the limit is lifted', async () => (await world.send(routes.login, right)).ok)
})

test('an operator hears of names that nobody has and of passwords that are too weak', async () => {
  await using world = await openWorld()
  const { accounts } = world.users
  await world.register('alice')
  for (const work of [accounts.deactivate, accounts.reactivate, accounts.resetPassword]) {
    await expect(work('nobody')).rejects.toMatchObject({ code: 'not-found' })
  }
  await expect(accounts.resetPassword('alice', 'short')).rejects.toMatchObject({ code: 'invalid' })
  await expect(accounts.resetPassword('alice', 'password1')).rejects.toMatchObject({
    code: 'invalid',
  })
})
