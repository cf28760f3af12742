import { routes } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

async function openTown() {
  const world = await openWorld()
  const { accessToken: token } = await world.register('alice', { displayName: 'Alice van Dyke' })
  await world.register('bob', { displayName: '100% Bob_by' })
  await world.register('Carol', { displayName: 'Zoë Ünal' })
  await world.register('dan_dyke', { displayName: '田中 太郎' })
  return { world, token, find: (query: string) => find(world, token, query) }
}

async function find(world: World, token: string, query: string): Promise<string[]> {
  const { items } = await world.ask(routes.findUsers, { token, query: { query } })
  return items.map((user) => user.username)
}

test('people are found by the beginning of a name or of a word of it, in any case', async () => {
  const { world, find } = await openTown()
  await using _ = world
  expect(await find('AL')).toEqual(['alice'])
  expect(await find('Alice  van')).toEqual(['alice'])
  expect(await find('dyke')).toEqual(['alice'])
  expect(await find('ünAL')).toEqual(['Carol'])
  expect(await find('zoe\u0308')).toEqual(['Carol'])
  expect(await find('ｃａｒ')).toEqual(['Carol'])
  expect(await find('田')).toEqual(['dan_dyke'])
  expect(await find('太郎')).toEqual(['dan_dyke'])
  expect(await find('lice')).toEqual([])
})

test('signs that mean something to a database are only signs', async () => {
  const { world, find } = await openTown()
  await using _ = world
  expect(await find('%')).toEqual([])
  expect(await find('_')).toEqual([])
  expect(await find("'")).toEqual([])
  expect(await find('\\')).toEqual([])
  expect(await find('100%')).toEqual(['bob'])
  expect(await find('bob_')).toEqual(['bob'])
  expect(await find('dan_')).toEqual(['dan_dyke'])
})

test('a new display name is found and the old one is not', async () => {
  const { world, token, find } = await openTown()
  await using _ = world
  await world.ask(routes.updateOwnUser, { token, body: { displayName: 'Wonder Land' } })
  expect(await find('land')).toEqual(['alice'])
  expect(await find('van')).toEqual([])
  expect(await find('alice')).toEqual(['alice'])
})

test('an empty query lists everybody in pages, by username', async () => {
  const { world, token } = await openTown()
  await using _ = world
  const first = await world.ask(routes.findUsers, { token, query: { limit: '3' } })
  expect(first.items.map((user) => user.username)).toEqual(['alice', 'bob', 'Carol'])
  const query = { limit: '3', cursor: String(first.next) }
  const second = await world.ask(routes.findUsers, { token, query })
  expect(second.items.map((user) => user.username)).toEqual(['dan_dyke'])
  expect(second.next).toBeNull()
})

test('a page that ends with the last person has no next one', async () => {
  const { world, token } = await openTown()
  await using _ = world
  const { items, next } = await world.ask(routes.findUsers, { token, query: { limit: '4' } })
  expect([items.length, next]).toEqual([4, null])
})

test.each(['x', 'YWxpY2U=', 'QQ', '!!!', 'YQ'])('the cursor "%s" is refused', async (cursor) => {
  const { world, token } = await openTown()
  await using _ = world
  for (const route of [routes.findUsers, routes.listSessions]) {
    const refused = await world.refusal(route, { token, query: { cursor } })
    expect(refused).toMatchObject({ status: 400, errors: [{ path: 'cursor' }] })
  }
})

test('the deactivated are not found by search, and keep their profile', async () => {
  const { world, token, find } = await openTown()
  await using _ = world
  const { id = '' } =
    (await world.ask(routes.findUsers, { token, query: { query: 'bob' } })).items[0] ?? {}
  await world.users.accounts.deactivate('bob')
  expect(await find('bob')).toEqual([])
  expect(await find('')).toEqual(['alice', 'Carol', 'dan_dyke'])
  expect((await world.ask(routes.getUser, { token, params: { id } })).username).toBe('bob')
})
