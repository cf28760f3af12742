import { routes } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { openWorld } from './world.ts'

test('only the fields given change', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice', { email: 'a@example.org' })
  const edit = (body: object) => world.ask(routes.updateOwnUser, { token, body })
  expect(await edit({})).toEqual(user)
  expect(await edit({ displayName: 'Alice 🦊 Ünal 愛' })).toEqual({
    ...user,
    displayName: 'Alice 🦊 Ünal 愛',
  })
  expect(await edit({ bio: 'First line\nsecond' })).toMatchObject({
    displayName: 'Alice 🦊 Ünal 愛',
    bio: 'First line\nsecond',
    email: 'a@example.org',
  })
  expect((await edit({ email: null })).email).toBeNull()
  expect(await world.ask(routes.getOwnUser, { token })).toMatchObject({ email: null })
})

test('preferences are merged by key and bounded together', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const prefer = (preferences: object) => ({ token, body: { preferences } })
  await world.ask(routes.updateOwnUser, prefer({ theme: 'dark', sound: true, volume: 0.5 }))
  const { preferences } = await world.ask(routes.updateOwnUser, prefer({ theme: 'light', size: 3 }))
  expect(preferences).toEqual({ theme: 'light', sound: true, volume: 0.5, size: 3 })

  const large = Object.fromEntries(['a', 'b', 'c'].map((key) => [key, 'x'.repeat(1000)]))
  await world.ask(routes.updateOwnUser, prefer(large))
  const more = { d: 'x'.repeat(1000), e: 'x'.repeat(1000) }
  const refused = await world.refusal(routes.updateOwnUser, prefer(more))
  expect(refused).toMatchObject({ status: 400, errors: [{ path: 'preferences' }] })
})

test('two edits at once both count', async () => {
  await using world = await openWorld()
  const { accessToken: token } = await world.register('alice')
  const edits = [{ displayName: 'Alice A.' }, { preferences: { a: 1 } }, { preferences: { b: 2 } }]
  await Promise.all(edits.map((body) => world.ask(routes.updateOwnUser, { token, body })))
  expect(await world.ask(routes.getOwnUser, { token })).toMatchObject({
    displayName: 'Alice A.',
    preferences: { a: 1, b: 2 },
  })
})

test('others are told to forget a profile when what they see of it changes', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice')
  await world.ask(routes.updateOwnUser, { token, body: { preferences: { theme: 'dark' } } })
  expect(world.profileChanges).toEqual([])
  await world.ask(routes.updateOwnUser, { token, body: { displayName: 'Alice A.' } })
  expect(world.profileChanges).toEqual([{ type: 'profile-changed', userId: user.id }])
})

test('one’s own devices are told of every change, with what is private', async () => {
  await using world = await openWorld()
  const { accessToken: token, user } = await world.register('alice')
  const { bus } = world
  const heard: unknown[] = []
  bus.subscribe(`user:${user.id}`, (event) => {
    if (event.type === 'frame') heard.push(JSON.parse(event.json))
  })
  const body = { email: 'a@example.org', preferences: { theme: 'dark' } }
  const edited = await world.ask(routes.updateOwnUser, { token, body })
  expect(heard).toEqual([{ type: 'self', user: edited }])
})

test('one person is shown without what is private, and an unknown one is not found', async () => {
  await using world = await openWorld()
  const alice = await world.register('alice', { email: 'a@example.org' })
  const { accessToken: token } = await world.register('bob')
  const response = await world.send(routes.getUser, { token, params: { id: alice.user.id } })
  expect(await response.json()).toEqual({
    id: alice.user.id,
    username: 'alice',
    displayName: 'alice',
    avatarUrl: null,
    bio: '',
  })
  const unknown = { token, params: { id: createId() } }
  expect(await world.refusal(routes.getUser, unknown)).toMatchObject({ code: 'not-found' })
})

test('other services get profiles by id and ids by name, without those unknown', async () => {
  await using world = await openWorld()
  const { user: alice } = await world.register('Alice')
  const { user: bob } = await world.register('bob')
  const profiles = await world.users.api.profiles([alice.id, createId(), bob.id])
  expect(profiles.map(({ user }) => user.username).sort()).toEqual(['Alice', 'bob'])
  expect(await world.users.api.profiles([])).toEqual([])
  expect(await world.users.api.idsByUsername(['ALICE', 'bob', 'carol'])).toEqual([
    ['alice', alice.id],
    ['bob', bob.id],
  ])
})
