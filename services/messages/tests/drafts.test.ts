import type { Conversation, Draft } from '@chatapp/protocol'
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

const save = (person: Person, conversationId: string, text: unknown) =>
  person.call<Draft>('PUT', `/api/conversations/${conversationId}/draft`, { text })

async function draftOf(person: Person, conversationId: string): Promise<Draft | null> {
  const path = `/api/conversations/${conversationId}`
  return (await person.call<Conversation>('GET', path)).body.me.draft
}

test('a draft is kept as it is, for oneself alone, until it is cleared', async () => {
  const room = await group(alice, [bob])
  expect(room.me.draft).toBeNull()
  for (const text of ['  half a sen\n', ' ', '😀'.repeat(10_000)]) {
    const { status, body } = await save(alice, room.id, text)
    expect([status, body.text]).toEqual([200, text])
    expect(await draftOf(alice, room.id)).toEqual(body)
  }
  const { body: list } = await alice.call<{ items: Conversation[] }>('GET', '/api/conversations')
  expect(list.items.find(({ id }) => id === room.id)?.me.draft?.text).toHaveLength(20_000)
  expect(await draftOf(bob, room.id)).toBeNull()
  await send(alice, room.id, 'something else')
  expect(await draftOf(alice, room.id)).not.toBeNull()
  expect((await save(alice, room.id, '')).body.text).toBe('')
  expect(await draftOf(alice, room.id)).toBeNull()
})

test('one’s own sockets are told of a draft, and nobody else’s', async () => {
  const room = await group(alice, [bob])
  const heard: string[] = []
  const listening = [
    chat.bus.subscribe(`user:${alice.id}`, (event) => {
      if (event.type === 'frame') heard.push(event.json)
    }),
    chat.bus.subscribe(`user:${bob.id}`, () => heard.push('bob')),
    chat.bus.subscribe(`conversation:${room.id}`, () => heard.push('everybody')),
  ]
  const { body } = await save(alice, room.id, 'half a sen')
  expect(heard.map((json) => JSON.parse(json))).toEqual([
    { type: 'draft', conversationId: room.id, ...body },
  ])
  for (const one of listening) one.unsubscribe()
})

test('of two devices that write at once the later one is the same for all', async () => {
  const room = await group(alice, [bob])
  const texts = Array.from({ length: 10 }, (_, i) => `draft ${i}`)
  const saved = await Promise.all(
    texts.map(async (text) => (await save(alice, room.id, text)).body),
  )
  const times = saved.map((draft) => draft.updatedAt)
  expect(new Set(times).size).toBe(texts.length)
  const last = saved.find((draft) => draft.updatedAt === times.toSorted().at(-1))
  expect(await draftOf(alice, room.id)).toEqual(last)
})

test('whoever leaves or is removed leaves no draft behind', async () => {
  const room = await group(alice, [bob, carol])
  await save(bob, room.id, 'from bob')
  await save(carol, room.id, 'from carol')
  await bob.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  await alice.call('DELETE', `/api/participant/${room.id}/${carol.id}`)
  expect((await save(bob, room.id, 'again')).status).toBe(404)
  const left = await chat.admin`select from messages.drafts where conversation_id = ${room.id}`
  expect(left).toHaveLength(0)
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [bob.id] })
  expect(await draftOf(bob, room.id)).toBeNull()
})

test('a draft is text of at most ten thousand characters', async () => {
  const room = await group(alice, [bob])
  for (const bad of ['x'.repeat(10_001), 'a\0b', '\ud800', 7, null, undefined]) {
    expect([bad, (await save(alice, room.id, bad)).status]).toEqual([bad, 400])
  }
})
