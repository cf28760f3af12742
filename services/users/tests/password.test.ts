import { routes } from '@chatapp/protocol'
import { memoryLimits } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { openWorld, PASSWORD } from './world.ts'

const NEW = 'a much better passphrase'

test('a new password ends the other sessions and keeps this one', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  const bob = await world.register('bob')
  await world.ask(routes.changePassword, {
    token: laptop.accessToken,
    body: { currentPassword: PASSWORD, newPassword: NEW },
  })
  expect(await world.isAccepted(laptop)).toBe(true)
  expect(await world.isAccepted(phone)).toBe(false)
  expect(await world.isAccepted(bob)).toBe(true)
  await world.ask(routes.refresh, { body: { refreshToken: laptop.refreshToken } })
  await world.login('alice', NEW)
  const old = { body: { username: 'alice', password: PASSWORD } }
  expect(await world.refusal(routes.login, old)).toMatchObject({ code: 'unauthenticated' })
})

test('a wrong current password is forbidden and changes nothing', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const phone = await world.login('alice')
  const refused = await world.refusal(routes.changePassword, {
    token: laptop.accessToken,
    body: { currentPassword: 'a wrong one', newPassword: NEW },
  })
  expect(refused).toMatchObject({ status: 403, code: 'forbidden' })
  expect(await world.isAccepted(phone)).toBe(true)
  await world.login('alice')
})

test.each(['password1', 'ALICEANNE'])('the guessable new password "%s" is refused', async (bad) => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('aliceanne')
  const body = { currentPassword: PASSWORD, newPassword: bad }
  const refused = await world.refusal(routes.changePassword, { token, body })
  expect(refused).toMatchObject({ status: 400, errors: [{ path: 'newPassword' }] })
})

test('a stolen session has ten guesses at the password', async () => {
  await using world = await openWorld(memoryLimits)
  const { accessToken: token } = await world.register('alice')
  const body = { currentPassword: 'a wrong one', newPassword: NEW }
  const guesses = Array.from({ length: 11 }, () =>
    world.send(routes.changePassword, { token, body }),
  )
  const statuses = (await Promise.all(guesses)).map((response) => response.status)
  expect(statuses.filter((status) => status === 403)).toHaveLength(10)
  expect(statuses.filter((status) => status === 429)).toHaveLength(1)
})

test('of two changes at once one wins', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const change = (newPassword: string) =>
    world.send(routes.changePassword, { token, body: { currentPassword: PASSWORD, newPassword } })
  const answers = await Promise.all([change(NEW), change(`${NEW} too`)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([204, 403])
})

test('no sign-in with the old password outlives the change, however they overlap', async () => {
  await using world = await openWorld()
  const laptop = await world.register('alice')
  const signIn = () => world.send(routes.login, { body: { username: 'alice', password: PASSWORD } })
  const early = [signIn(), signIn(), signIn()]
  const change = world.ask(routes.changePassword, {
    token: laptop.accessToken,
    body: { currentPassword: PASSWORD, newPassword: NEW },
  })
  const answers = await Promise.all([...early, signIn(), signIn(), signIn()])
  await change
  const { items } = await world.ask(routes.listSessions, { token: laptop.accessToken })
  expect(items.map((device) => device.current)).toEqual([true])
  for (const answer of answers.filter((answer) => answer.ok)) {
    expect(await world.isAccepted(await answer.json())).toBe(false)
  }
})
