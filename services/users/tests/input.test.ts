import { watchForLeaks } from '@chatapp/dev-env'
import { type Route, routes } from '@chatapp/protocol'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorld, PASSWORD, type World } from './world.ts'

let world: World
let token: string

beforeAll(async () => {
  world = await openWorld()
  token = (await world.register('alice')).accessToken
})
afterAll(() => world[Symbol.asyncDispose]())

const carol = { username: 'carol', password: PASSWORD }
const LONG = 'x'.repeat(513)

const refused: [route: Route, path: string, body: unknown][] = [
  [routes.register, 'username', { ...carol, username: 'ab' }],
  [routes.register, 'username', { ...carol, username: 'x'.repeat(33) }],
  [routes.register, 'username', { ...carol, username: 'carol ' }],
  [routes.register, 'username', { ...carol, username: 'cärol' }],
  [routes.register, 'username', { ...carol, username: 7 }],
  [routes.register, 'username', { ...carol, username: ['carol'] }],
  [routes.register, 'username', { password: PASSWORD }],
  [routes.register, 'password', { ...carol, password: '1234567' }],
  [routes.register, 'password', { ...carol, password: 'x'.repeat(129) }],
  [routes.register, 'password', { ...carol, password: { $ne: '' } }],
  [routes.register, 'password', { ...carol, password: 'has\0nothing' }],
  [routes.register, 'email', { ...carol, email: 'nobody' }],
  [routes.register, 'email', { ...carol, email: null }],
  [routes.register, 'displayName', { ...carol, displayName: null }],
  [routes.register, 'displayName', { ...carol, displayName: ' \t ' }],
  [routes.register, 'admin', { ...carol, admin: true }],
  [routes.register, '', []],
  [routes.register, '', null],
  [routes.login, 'password', { username: 'alice' }],
  [routes.login, 'username', { username: { $gt: '' }, password: PASSWORD }],
  [routes.login, 'password', { username: 'alice', password: LONG }],
  [routes.refresh, 'refreshToken', {}],
  [routes.refresh, 'refreshToken', { refreshToken: 1 }],
  [routes.updateOwnUser, 'displayName', { displayName: 'a\u202eb' }],
  [routes.updateOwnUser, 'displayName', { displayName: 'a\u2066b' }],
  [routes.updateOwnUser, 'displayName', { displayName: 'a\u0007b' }],
  [routes.updateOwnUser, 'displayName', { displayName: 'a\nb' }],
  [routes.updateOwnUser, 'displayName', { displayName: 'a\0b' }],
  [routes.updateOwnUser, 'displayName', { displayName: '\ud800' }],
  [routes.updateOwnUser, 'displayName', { displayName: 'x'.repeat(65) }],
  [routes.updateOwnUser, 'displayName', { displayName: null }],
  [routes.updateOwnUser, 'bio', { bio: null }],
  [routes.updateOwnUser, 'bio', { bio: 'x'.repeat(501) }],
  [routes.updateOwnUser, 'bio', { bio: 'a\0b' }],
  [routes.updateOwnUser, 'preferences.theme', { preferences: { theme: 'pink' } }],
  [routes.updateOwnUser, 'preferences', { preferences: { note: 'a\0b' } }],
  [routes.updateOwnUser, 'preferences', { preferences: { 'a\0b': 1 } }],
  [routes.updateOwnUser, 'preferences', { preferences: { note: '\udc00' } }],
  [routes.updateOwnUser, 'username', { username: 'other' }],
  [routes.changePassword, 'newPassword', { currentPassword: PASSWORD, newPassword: 'short' }],
  [routes.changePassword, 'currentPassword', { newPassword: 'long enough indeed' }],
]

test.each(refused)('$id refuses what is wrong at "%s": %j', async (route, path, body) => {
  const problem = await world.refusal(route, { token, body })
  expect(problem).toMatchObject({ status: 400, code: 'invalid' })
  expect(problem.errors?.map((error) => error.path)).toContain(path)
})

test.each([
  'x'.repeat(64),
  '🦊'.repeat(64),
  '\ufdfa'.repeat(64),
  '.',
  "Robert'); drop table users.users;--",
])('the display name "%s" is kept exactly', async (displayName) => {
  const user = await world.ask(routes.updateOwnUser, { token, body: { displayName } })
  expect(user.displayName).toBe(displayName)
})

test.each([
  ['limit', '0'],
  ['limit', '-1'],
  ['limit', 'ten'],
  ['query', 'x'.repeat(65)],
  ['query', 'a\0b'],
  ['sort', 'best'],
])('a search refuses %s=%j', async (path, value) => {
  const problem = await world.refusal(routes.findUsers, { token, query: { [path]: value } })
  expect(problem).toMatchObject({ status: 400, errors: [{ path }] })
})

test.each(['me', '1', '0190a5b4-0000-7000-8000-00000000000g'])('"%s" is no id', async (id) => {
  const problem = await world.refusal(routes.getUser, { token, params: { id } })
  expect(problem).toMatchObject({ status: 400, errors: [{ path: 'id' }] })
})

describe('every route', () => {
  const mine = Object.values(routes).filter((route) => route.service === 'users')
  const params = { id: 'nobody', key: 'nothing', token: 'none', tokenId: 'none' }

  test.each(mine)('$id is served, with and without a trailing slash', async (route: Route) => {
    for (const slash of ['', '/']) {
      const path = `${route.path}${slash}`
      const { status } = await world.send({ ...route, path }, { params, query: { unknown: '1' } })
      expect(status).toBe(route.auth === 'token' ? 401 : 400)
    }
  })

  test.each(mine)('the path of $id refuses other methods', async (route: Route) => {
    const response = await world.send({ ...route, method: 'PATCH' }, { token, params })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain(route.method)
  })
})

test('a service that ended leaves nothing open', async () => {
  const nothingIsOpen = watchForLeaks()
  {
    await using other = await openWorld()
    await other.users.start()
    await other.users.check()
    await other.register('alice')
  }
  await nothingIsOpen()
})
