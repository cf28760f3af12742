import type { Conversation, LogFrame, Message } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person
let carol: Person
let plans: Conversation

beforeAll(async () => {
  chat = await boot()
  ;[alice, bob, carol] = (await Promise.all(['alice', 'bob', 'carol'].map(chat.join))) as [
    Person,
    Person,
    Person,
  ]
  plans = await group(alice, [bob])
})
afterAll(() => chat[Symbol.asyncDispose]())

const post = (person: Person, body: object) =>
  person.call<Message & { code?: string; errors?: { path: string }[] }>(
    'POST',
    '/api/messages/send',
    body,
  )

test('a message gets the next position and version and comes back as sent', async () => {
  const text = '  Hello\n\tworld 👋🏽 é é  '
  const message = await send(alice, plans.id, text)
  expect(message).toMatchObject({
    data: text,
    position: 2,
    version: 2,
    senderId: alice.id,
    kind: 'text',
    replyTo: null,
  })
  expect((await history(bob, plans.id)).at(-1)).toEqual(message)
})

test('a retry of one client id a hundred times at once makes one message', async () => {
  const tries = await Promise.all(
    Array.from({ length: 100 }, () =>
      post(alice, { conversationId: plans.id, clientId: 'once', data: 'once' }),
    ),
  )
  expect(new Set(tries.map((t) => t.body.id)).size).toBe(1)
  expect(tries.filter((t) => t.status === 201)).toHaveLength(1)
  expect(tries.filter((t) => t.status === 200)).toHaveLength(99)
})

test('another text under a used client id is a conflict, until the message is edited or unsent', async () => {
  const body = { conversationId: plans.id, clientId: 'twice', data: 'first' }
  const first = await post(alice, body)
  expect((await post(alice, { ...body, data: 'second' })).status).toBe(409)
  const edited = await alice.call<Message>('PUT', `/api/messages/edit/${first.body.id}`, {
    data: 'edited',
  })
  expect(await post(alice, { ...body, data: 'second' })).toEqual({ status: 200, body: edited.body })
  const unsent = await alice.call<Message>('PUT', `/api/messages/unsent/${first.body.id}`)
  expect(await post(alice, body)).toEqual({ status: 200, body: unsent.body })
})

test('the same client id of another sender or in another conversation is another message', async () => {
  const other = await group(alice, [bob])
  const ids = await Promise.all([
    post(alice, { conversationId: plans.id, clientId: 'same', data: 'x' }),
    post(bob, { conversationId: plans.id, clientId: 'same', data: 'x' }),
    post(alice, { conversationId: other.id, clientId: 'same', data: 'x' }),
  ])
  expect(ids.map((answer) => answer.status)).toEqual([201, 201, 201])
  expect(new Set(ids.map((answer) => answer.body.id)).size).toBe(3)
})

test('two people sending a thousand messages each get dense positions, one order, and their own order kept', async () => {
  const race = await group(alice, [bob])
  const frames: LogFrame[] = []
  const subscription = chat.bus.subscribe(`conversation:${race.id}`, (event) => {
    if (event.type === 'frame') frames.push(event)
  })
  const sendAll = (person: Person) =>
    Promise.all(
      Array.from({ length: 1000 }, (_, i) =>
        chat.messages.api.send({
          senderId: person.id,
          conversationId: race.id,
          clientId: `${i}`,
          data: `${i}`,
          replyTo: null,
        }),
      ),
    )
  await Promise.all([sendAll(alice), sendAll(bob)])
  subscription.unsubscribe()
  const messages = await history(alice, race.id)
  expect(messages.map((m) => m.position)).toEqual(messages.map((_, i) => i + 1))
  expect(messages).toHaveLength(2001)
  for (const person of [alice, bob]) {
    const own = messages.flatMap((m) =>
      m.kind === 'text' && m.senderId === person.id ? [m.data] : [],
    )
    expect(own).toEqual(Array.from({ length: 1000 }, (_, i) => `${i}`))
  }
  expect(frames.map((frame) => frame.version)).toEqual(messages.slice(1).map((m) => m.version))
})

test('strangers and those who left get 404, whatever they send', async () => {
  expect((await post(carol, { conversationId: plans.id, clientId: 'c', data: 'x' })).status).toBe(
    404,
  )
  const brief = await group(alice, [carol])
  const clientId = 'before leaving'
  expect((await post(carol, { conversationId: brief.id, clientId, data: 'x' })).status).toBe(201)
  await carol.call('DELETE', `/api/participant/${brief.id}/${carol.id}`)
  expect((await post(carol, { conversationId: brief.id, clientId, data: 'x' })).status).toBe(404)
})

test('a bad send in a batch fails alone', async () => {
  const answers = await Promise.all([
    post(alice, { conversationId: plans.id, data: 'good 1' }),
    post(carol, { conversationId: plans.id, data: 'bad' }),
    post(alice, { conversationId: plans.id, data: 'bad', replyTo: 'nonsense' }),
    post(bob, { conversationId: plans.id, data: 'good 2' }),
  ])
  expect(answers.map((a) => a.status)).toEqual([201, 404, 400, 201])
  expect(answers[2]?.body.errors?.[0]?.path).toBe('replyTo')
})

test('a reply quotes a message of the same conversation, and nothing else', async () => {
  const first = await send(alice, plans.id, 'question')
  const reply = await send(bob, plans.id, { data: 'answer', replyTo: first.id })
  expect(reply.replyTo).toBe(first.id)
  const elsewhere = await send(alice, (await group(alice, [])).id, 'elsewhere')
  for (const replyTo of [elsewhere.id, first.id.slice(0, -1), 'x']) {
    const answer = await post(bob, { conversationId: plans.id, data: 'x', replyTo })
    expect(answer.status).toBe(400)
    expect(answer.body.errors).toEqual([
      { path: 'replyTo', message: 'must be a message of this conversation' },
    ])
  }
})

test('members are mentioned by name, others are not', async () => {
  const message = await send(alice, plans.id, 'hi @bob, @carol and @nobody')
  expect(message.mentions).toEqual([bob.id])
})

test('bad text is refused with the field and what is allowed', async () => {
  const long = 'é'.repeat(10_000)
  expect((await post(alice, { conversationId: plans.id, data: long })).status).toBe(201)
  for (const data of ['', ' \n\t ', 'a\0b', 'lone \ud800', `${long}x`, 7, null, {}, undefined]) {
    const answer = await post(alice, { conversationId: plans.id, data })
    expect(answer.status).toBe(400)
    expect(answer.body.errors?.[0]?.path).toBe('data')
  }
})

test('a message without a conversation goes to the lobby', async () => {
  const sent = await chat.messages.api.send({
    senderId: carol.id,
    conversationId: null,
    clientId: 'l',
    data: 'hello all',
    replyTo: null,
  })
  const lobby = (
    await bob.call<{ items: Conversation[] }>('GET', '/api/conversations')
  ).body.items.find((c) => c.lobby)
  expect(sent.message.conversationId).toBe(lobby?.id)
  expect(lobby).toMatchObject({ title: 'General', kind: 'group', memberCount: 3 })
})
