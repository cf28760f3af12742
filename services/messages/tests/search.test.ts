import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person
let carol: Person

beforeAll(async () => {
  chat = await boot()
  ;[alice, bob, carol] = (await Promise.all(['alice', 'bob', 'carol'].map(chat.join))) as [
    Person,
    Person,
    Person,
  ]
})
afterAll(() => chat[Symbol.asyncDispose]())

async function search(person: Person, query: string) {
  const { body } = await person.call<{
    items: { message: { data: string }; highlights: number[][] }[]
    next: string | null
    degraded: boolean
  }>('GET', `/api/messages/search?${query}`)
  return { ...body, found: body.items.map((item) => item.message.data) }
}

test('every word must be there, in any case, script and place', async () => {
  const room = await group(alice, [bob])
  for (const text of [
    'The Quick fox',
    'quickly gone',
    '今日は良い天気',
    '100% of user_name',
    'slow fox',
  ])
    await send(alice, room.id, text)
  expect((await search(bob, 'q=quick')).found).toEqual(['quickly gone', 'The Quick fox'])
  expect((await search(bob, 'q=fox+QUICK')).found).toEqual(['The Quick fox'])
  expect((await search(bob, `q=${encodeURIComponent('良い')}`)).found).toEqual(['今日は良い天気'])
  expect((await search(bob, `q=${encodeURIComponent('100%')}`)).found).toEqual([
    '100% of user_name',
  ])
  expect((await search(bob, `q=${encodeURIComponent('%')}`)).found).toEqual(['100% of user_name'])
  expect((await search(bob, 'q=fox+QUICK')).items[0]?.highlights).toEqual([
    [4, 9],
    [10, 13],
  ])
  expect((await bob.call('GET', '/api/messages/search?q=+')).status).toBe(400)
})

test('only what the caller may read now is found: no stranger, no leaver, nothing unsent or edited away', async () => {
  const room = await group(alice, [bob], { history: 'since-joined' })
  const first = await send(alice, room.id, 'pineapple one')
  const second = await send(alice, room.id, 'pineapple two')
  expect((await search(carol, 'q=pineapple')).found).toEqual([])
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  expect((await search(carol, 'q=pineapple')).found).toEqual([])
  await send(alice, room.id, 'pineapple three')
  expect((await search(carol, 'q=pineapple')).found).toEqual(['pineapple three'])
  await alice.call('PUT', `/api/messages/unsent/${first.id}`)
  await alice.call('PUT', `/api/messages/edit/${second.id}`, { data: 'apple two' })
  expect((await search(bob, 'q=pineapple')).found).toEqual(['pineapple three'])
  await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  expect((await search(bob, 'q=pineapple')).found).toEqual([])
})

test('hits come in pages without gap or double', async () => {
  const room = await group(alice, [])
  for (let i = 0; i < 7; i++) await send(alice, room.id, `walnut ${i}`)
  const found: string[] = []
  let next: string | null = ''
  do {
    const page: Awaited<ReturnType<typeof search>> = await search(
      alice,
      `q=walnut&limit=3${next && `&cursor=${next}`}`,
    )
    found.push(...page.found)
    next = page.next
  } while (next)
  expect(found).toEqual([6, 5, 4, 3, 2, 1, 0].map((i) => `walnut ${i}`))
})
