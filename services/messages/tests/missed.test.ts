import { settle } from '@chatapp/dev-env'
import type { ConversationEvent, Missed, UserEvent } from '@chatapp/protocol'
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

const told = ({ frames }: Missed) =>
  frames.map(({ version, json }) => [version, JSON.parse(json).type])

test('heads are the last versions of the conversations that there are', async () => {
  const [one, two] = [await group(alice, []), await group(alice, [])]
  await send(alice, two.id, 'hello')
  const unknown = alice.id
  expect(await chat.messages.api.heads([one.id, two.id, unknown])).toEqual({
    [one.id]: 1,
    [two.id]: 2,
  })
})

test('missed frames are those after the version known, with whom they let in and put out', async () => {
  const room = await group(alice, [bob])
  await send(alice, room.id, 'known')
  await send(alice, room.id, 'missed')
  await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  const missed = await chat.messages.api.missed(room.id, 2)
  expect(missed.version).toBe(5)
  expect(told(missed)).toEqual([
    [3, 'message'],
    [4, 'participant'],
    [5, 'participant'],
  ])
  expect(missed.frames.map((frame) => frame.ended ?? [])).toEqual([[], [bob.id], []])
  expect(missed.joined).toEqual([
    { conversationId: room.id, userId: carol.id, joinedPosition: 4, version: 2 },
  ])
})

test('a message that was changed later leaves a gap, for one can’t tell what each change was', async () => {
  const room = await group(alice, [])
  const message = await send(alice, room.id, 'first')
  await send(alice, room.id, 'second')
  await alice.call('PUT', `/api/messages/edit/${message.id}`, { data: 'changed' })
  const missed = await chat.messages.api.missed(room.id, 1)
  expect(missed.version).toBe(4)
  expect(told(missed)).toEqual([[3, 'message']])
})

test('whoever joined since is told of nothing older, but that there is something', async () => {
  const room = await group(alice, [bob], { history: 'since-joined' })
  const secret = await send(alice, room.id, 'secret')
  await alice.call('PATCH', `/api/conversations/${room.id}`, { title: 'Old plans' })
  await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  await send(alice, room.id, { data: 'as I said', replyTo: secret.id })
  const { frames } = await chat.messages.api.missed(room.id, 1)
  const seenBy = (joinedPosition: number) =>
    frames.map(({ json, newcomers }) =>
      JSON.parse(
        newcomers && newcomers.joinedFrom <= joinedPosition ? (newcomers.json ?? '') : json,
      ),
    )
  expect(seenBy(0).map(({ type }) => type)).toEqual([
    'message',
    'conversation',
    'participant',
    'participant',
    'message',
  ])
  const head = { type: 'head', conversationId: room.id }
  expect(seenBy(4)).toMatchObject([
    { ...head, version: 2 },
    { ...head, version: 3 },
    { ...head, version: 4 },
    { type: 'participant', version: 5 },
    { ...head, version: 6 },
  ])
})

test('of too much only the people are told', async () => {
  const room = await group(alice, [bob])
  await alice.call('DELETE', `/api/participant/${room.id}/${bob.id}`)
  const sends = Array.from({ length: 501 }, (_, i) => send(alice, room.id, `message ${i}`))
  await Promise.all(sends)
  const missed = await chat.messages.api.missed(room.id, 1)
  expect(missed.version).toBe(503)
  expect(told(missed)).toEqual([[2, 'participant']])
  expect(missed.frames[0]?.ended).toEqual([bob.id])
})

test('who enters the lobby stands in no message’s place', async () => {
  const [{ id: lobby } = { id: '' }] = (
    await alice.call<{ items: { id: string; title: string }[] }>('GET', '/api/conversations')
  ).body.items.filter(({ title }) => title === 'General')
  const { [lobby]: before = 0 } = await chat.messages.api.heads([lobby])
  await send(alice, lobby, 'hello')
  await chat.join('newcomer')
  const missed = await chat.messages.api.missed(lobby, before)
  expect(told(missed)).toEqual([[before + 1, 'message']])
  expect(missed.joined).toEqual([])
})

test('what a crash left unannounced is announced later, but for what was changed since', async () => {
  const room = await group(alice, [bob])
  const events: ConversationEvent[] = []
  const lost = chat.bus.publish
  chat.bus.publish = () => {}
  const message = await send(alice, room.id, 'unannounced')
  const edited = await send(alice, room.id, 'to be edited')
  await alice.call('PUT', `/api/messages/edit/${edited.id}`, { data: 'edited' })
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  await alice.call('PATCH', `/api/conversations/${room.id}`, { title: 'New' })
  chat.bus.publish = lost
  await chat.admin`
    insert into messages.outbox values ('live', gen_random_uuid(), ${[room.id]}::uuid[], '{1}', '{6}', now() - interval '1 minute')`
  chat.bus.subscribe(`conversation:${room.id}`, (event) => events.push(event))
  const joined: UserEvent[] = []
  chat.bus.subscribe(`user:${carol.id}`, (event) => joined.push(event))
  await chat.messages.start()
  await settle('all of it is announced', () => events.length === 3)
  const standing = { conversationId: room.id, userId: carol.id, joinedPosition: 3, version: 1 }
  expect(joined).toEqual([{ type: 'joined', standing }])
  expect(events.map((event) => JSON.parse(event.json))).toMatchObject([
    { type: 'message', version: 2, messageId: message.id, message: 'unannounced', user: 'Alice' },
    {
      type: 'participant',
      version: 5,
      participants: [{ userId: carol.id }],
      systemMessage: { event: { type: 'joined' } },
    },
    {
      type: 'conversation',
      version: 6,
      settings: { title: 'New' },
      systemMessage: { event: { type: 'renamed' } },
    },
  ])
  const isEmpty = async () => (await chat.admin`select from messages.outbox`).length === 0
  await settle('the outbox is empty', isEmpty)
})
