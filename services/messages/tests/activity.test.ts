import type { ActivityItem, Conversation } from '@chatapp/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person
let carol: Person
let room: Conversation

beforeAll(async () => {
  chat = await boot({ lobby: false })
})
afterAll(() => chat[Symbol.asyncDispose]())
let cast = 0
beforeEach(async () => {
  cast++
  const names = ['alice', 'bob', 'carol'].map((name) => `${name}${cast}`)
  ;[alice, bob, carol] = (await Promise.all(names.map(chat.join))) as [Person, Person, Person]
  room = await group(alice, [bob, carol])
})

interface Page {
  items: ActivityItem[]
  next: string | null
  unread: number
}

const ask = async (person: Person, query = '') =>
  (await person.call<Page>('GET', `/api/messages/activity?${query}`)).body

/** What is in the list, shortly; with a dot when it is unread. */
async function listOf(person: Person, query = ''): Promise<string[]> {
  const { items } = await ask(person, query)
  return items.map(
    ({ kind, message, isUnread }) => `${isUnread ? '• ' : ''}${kind}: ${message.data}`,
  )
}

const call = (person: Person) => `@${person.username}`
const read = (person: Person, position: number) =>
  person.call('PUT', `/api/messages/receipts/${room.id}`, { read: position })

test('has mentions, answers and calls of everybody, each message once and none of mine', async () => {
  const mine = await send(bob, room.id, 'Who cooks?')
  await send(alice, room.id, { data: 'Carol does.', replyTo: mine.id })
  await send(alice, room.id, `${call(bob)} brings bread, @all eat`)
  await send(alice, room.id, 'Dinner, @all!')
  await send(alice, room.id, 'It is late.')
  await send(bob, room.id, `Me, ${call(bob)}, and @all?`)
  const { items, unread } = await ask(bob)
  expect(items.map(({ kind }) => kind)).toEqual(['all', 'mention', 'reply'])
  expect(items[2]).toMatchObject({
    quote: { data: 'Who cooks?' },
    conversation: { id: room.id, title: 'Plans' },
  })
  expect(unread).toBe(0)
  expect(await listOf(alice)).toEqual([`• all: Me, ${call(bob)}, and @all?`])
})

test('an answer to what is stored together with it is one', async () => {
  const post = (person: Person, body: object) =>
    person.call('POST', '/api/messages/send', { conversationId: room.id, ...body })
  const place = room.lastPosition + 2
  const id = Buffer.from(room.id.replaceAll('-', ''), 'hex')
  const replyTo = Buffer.concat([id, Buffer.from([0, 0, 0, place])]).toString('base64url')
  // While the first one is being stored, the others gather.
  const answers = await Promise.all([
    post(carol, { data: 'zero' }),
    post(alice, { data: 'one' }),
    post(bob, { data: 'two', replyTo }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(await listOf(alice)).toEqual(['• reply: two'])
})

test('reading the conversation up to a message reads it here, and a mark makes it unread again', async () => {
  const one = await send(alice, room.id, `${call(bob)} one`)
  const two = await send(alice, room.id, '@all two')
  expect((await ask(bob)).unread).toBe(2)
  await read(bob, one.position)
  expect(await listOf(bob)).toEqual(['• all: @all two', `mention: ${call(bob)} one`])
  expect(await listOf(bob, 'filter=unread')).toEqual(['• all: @all two'])
  await read(bob, two.position)
  expect(await ask(bob, 'filter=unread')).toEqual({ items: [], next: null, unread: 0 })
  await bob.call('PATCH', `/api/conversations/${room.id}`, { unreadFrom: two.position })
  expect(await ask(bob, 'filter=unread')).toMatchObject({ unread: 1, items: [{ kind: 'all' }] })
})

test('what is unsent is gone at once, and an edit counts as it stands', async () => {
  const one = await send(alice, room.id, `${call(bob)} one`)
  const two = await send(alice, room.id, 'two')
  await alice.call('PUT', `/api/messages/edit/${one.id}`, { data: 'one' })
  await alice.call('PUT', `/api/messages/edit/${two.id}`, { data: `two ${call(bob)} and @all` })
  expect(await listOf(bob)).toEqual([`• mention: two ${call(bob)} and @all`])
  expect(await listOf(carol)).toEqual([`• all: two ${call(bob)} and @all`])
  await alice.call('PUT', `/api/messages/unsent/${two.id}`)
  expect(await ask(bob)).toEqual({ items: [], next: null, unread: 0 })
  expect(
    await chat.admin`
    select from messages.activity where conversation_id = ${room.id}`,
  ).toEqual([])
})

test('an edit leaves an answer an answer', async () => {
  const mine = await send(bob, room.id, 'Who cooks?')
  const { id } = await send(alice, room.id, { data: `${call(bob)} not me`, replyTo: mine.id })
  await alice.call('PUT', `/api/messages/edit/${id}`, { data: 'not me' })
  expect(await listOf(bob)).toEqual(['• reply: not me'])
})

test('a removed member has none of it, also when back; a newcomer has nothing of before', async () => {
  await send(alice, room.id, `${call(bob)} one`)
  await send(alice, room.id, '@all two')
  await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  expect(await ask(bob)).toEqual({ items: [], next: null, unread: 0 })
  const dan = await chat.join(`dan${cast}`)
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [bob.id, dan.id] })
  expect(await ask(dan)).toMatchObject({ items: [], unread: 0 })
  expect(await listOf(bob)).toEqual([`mention: ${call(bob)} one`])
  await alice.call('PATCH', `/api/conversations/${room.id}`, { history: 'since-joined' })
  expect(await ask(bob)).toEqual({ items: [], next: null, unread: 0 })
  await send(alice, room.id, '@all three')
  expect(await listOf(dan)).toEqual(['• all: @all three'])
})

test('what is quoted may be hidden from me, and then it is', async () => {
  const before = await send(alice, room.id, 'secret')
  const later = await group(alice, [], { history: 'since-joined' })
  const hidden = await send(alice, later.id, 'secret')
  await alice.call('POST', `/api/participant/${later.id}`, { userIds: [bob.id] })
  await send(alice, later.id, { data: `${call(bob)} see`, replyTo: hidden.id })
  await send(alice, room.id, { data: `${call(bob)} see`, replyTo: before.id })
  const { items } = await ask(bob)
  expect(items.map(({ quote, message }) => [quote?.id ?? null, message.replyTo])).toEqual([
    [before.id, before.id],
    [null, null],
  ])
})

test('pages go over all conversations without a gap or a repetition', async () => {
  const other = await group(alice, [bob])
  const said: string[] = []
  for (let n = 0; n < 12; n++) {
    const text = n % 3 === 0 ? `@all ${n}` : `${call(bob)} ${n}`
    await send(alice, n % 2 === 0 ? room.id : other.id, text)
    said.unshift(text)
  }
  for (const filter of ['all', 'unread']) {
    const found: (string | null)[] = []
    let cursor = ''
    do {
      const page = await ask(bob, `filter=${filter}&limit=5${cursor}`)
      expect(page.unread).toBe(12)
      found.push(...page.items.map(({ message }) => message.data))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    expect(found).toEqual(said)
  }
})

test('a cursor that no page gave is refused', async () => {
  expect(await bob.call('GET', '/api/messages/activity?cursor=x')).toMatchObject({
    status: 400,
    body: { code: 'invalid' },
  })
})
