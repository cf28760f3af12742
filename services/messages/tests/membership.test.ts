import type { Conversation, ConversationEvent, Message, SyncAnswer } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person
let carol: Person
let dan: Person

beforeAll(async () => {
  chat = await boot()
  ;[alice, bob, carol, dan] = (await Promise.all(
    ['alice', 'bob', 'carol', 'dan'].map(chat.join),
  )) as [Person, Person, Person, Person]
})
afterAll(() => chat[Symbol.asyncDispose]())

const direct = (person: Person, other: Person) =>
  person.call<Conversation>('POST', '/api/conversations', { kind: 'direct', userId: other.id })
const add = (person: Person, room: Conversation, others: Person[]) =>
  person.call<{ added: string[]; already: string[] }>('POST', `/api/participant/${room.id}`, {
    userIds: others.map((o) => o.id),
  })
const remove = (person: Person, room: Conversation, target: Person) =>
  person.call('DELETE', `/api/participant/${room.id}/${target.id}`)
const setRole = (
  person: Person,
  room: Conversation,
  { target, role }: { target: Person; role: string },
) => person.call('PUT', `/api/participant/${room.id}/${target.id}`, { role })

test('a pair has one direct conversation, whoever opens it, and also when both do at once', async () => {
  const opened = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? direct(alice, bob) : direct(bob, alice))),
  )
  expect(new Set(opened.map((answer) => answer.body.id)).size).toBe(1)
  expect(opened.filter((answer) => answer.status === 201)).toHaveLength(1)
  const [first] = opened
  expect(first?.body).toMatchObject({
    kind: 'direct',
    title: null,
    lastMessage: null,
    unread: 0,
    memberCount: 2,
    lastPosition: 0,
  })
  expect(first?.body.participants?.map((p) => p.username).sort()).toEqual(['alice', 'bob'])
})

test('a direct conversation gains, loses and ranks nobody', async () => {
  const { body: room } = await direct(alice, bob)
  expect((await add(alice, room, [carol])).status).toBe(403)
  expect((await remove(alice, room, bob)).status).toBe(403)
  expect((await remove(alice, room, alice)).status).toBe(403)
  expect((await setRole(alice, room, { target: bob, role: 'owner' })).status).toBe(403)
  expect((await alice.call('PATCH', `/api/conversations/${room.id}`, { title: 'x' })).status).toBe(
    403,
  )
  expect((await direct(alice, alice)).status).toBe(400)
  expect(
    (
      await alice.call('POST', '/api/conversations', {
        kind: 'direct',
        userId: '0190b3f0-0000-7000-8000-000000000000',
      })
    ).status,
  ).toBe(400)
})

test('a group begins with a line that tells who made it', async () => {
  const room = await group(alice, [bob, bob, alice], { title: 'Trip' })
  expect(room).toMatchObject({
    title: 'Trip',
    version: 1,
    lastPosition: 1,
    memberCount: 2,
    unread: 0,
    me: { role: 'owner', notify: 'mentions', pinned: false },
  })
  expect(await history(bob, room.id)).toMatchObject([
    {
      position: 1,
      version: 1,
      kind: 'system',
      senderId: alice.id,
      event: { type: 'created', title: 'Trip', userIds: [bob.id] },
    },
  ])
})

test('adding tells who was added and who was there already, and newcomers start at the last position before', async () => {
  const room = await group(alice, [bob])
  await send(alice, room.id, 'before')
  const answer = await add(bob, room, [carol, bob, dan])
  expect(answer.body).toEqual({ added: [carol.id, dan.id], already: [bob.id] })
  const { body } = await carol.call<Conversation>('GET', `/api/conversations/${room.id}`)
  expect(body).toMatchObject({
    unread: 0,
    memberCount: 4,
    me: { joinedPosition: 2, readPosition: 2, deliveredPosition: 2, role: 'member' },
  })
  expect((await add(bob, room, [carol])).body).toEqual({ added: [], already: [carol.id] })
})

test('an unknown person is refused by the place in the list', async () => {
  const room = await group(alice, [])
  const ids = [bob.id, '0190b3f0-0000-7000-8000-000000000000']
  const answer = await alice.call<{ errors: unknown[] }>('POST', `/api/participant/${room.id}`, {
    userIds: ids,
  })
  expect(answer.status).toBe(400)
  expect(answer.body.errors).toEqual([{ path: 'userIds.1', message: 'must be the id of a user' }])
})

test('in a group with invites by admins, members add nobody', async () => {
  const room = await group(alice, [bob], { invites: 'admins' })
  expect((await add(bob, room, [carol])).status).toBe(403)
  expect((await setRole(alice, room, { target: bob, role: 'admin' })).status).toBe(200)
  expect((await add(bob, room, [carol])).status).toBe(200)
})

test('the last owner stays while others are there, and may leave alone', async () => {
  const room = await group(alice, [bob])
  expect((await remove(alice, room, alice)).status).toBe(409)
  expect((await setRole(alice, room, { target: alice, role: 'member' })).status).toBe(409)
  expect((await setRole(bob, room, { target: bob, role: 'owner' })).status).toBe(403)
  expect((await setRole(alice, room, { target: bob, role: 'owner' })).status).toBe(200)
  expect((await remove(alice, room, alice)).status).toBe(204)
  expect((await remove(bob, room, bob)).status).toBe(204)
})

test('two owners leaving at once leave one behind', async () => {
  const room = await group(alice, [bob, carol])
  await setRole(alice, room, { target: bob, role: 'owner' })
  const left = await Promise.all([remove(alice, room, alice), remove(bob, room, bob)])
  expect(left.map((answer) => answer.status).sort()).toEqual([204, 409])
})

test('admins remove members but no owner, and members remove nobody', async () => {
  const room = await group(alice, [bob, carol, dan])
  await setRole(alice, room, { target: bob, role: 'admin' })
  expect((await remove(carol, room, dan)).status).toBe(403)
  expect((await remove(bob, room, alice)).status).toBe(403)
  expect((await remove(bob, room, dan)).status).toBe(204)
  expect((await remove(bob, room, dan)).status).toBe(404)
})

test('whoever is out gets 404 on everything of the conversation', async () => {
  const room = await group(alice, [bob])
  const message = await send(bob, room.id, 'mine')
  await remove(alice, room, bob)
  const calls: [string, string, object?][] = [
    ['GET', `/api/conversations/${room.id}`],
    ['PATCH', `/api/conversations/${room.id}`, { pinned: true }],
    ['GET', `/api/messages/${room.id}`],
    ['GET', `/api/messages/member?conversationId=${room.id}`],
    ['GET', `/api/messages/read/${message.id}`],
    ['PUT', `/api/messages/unsent/${message.id}`],
    ['PUT', `/api/messages/edit/${message.id}`, { data: 'x' }],
    ['PUT', `/api/messages/reaction/${message.id}/${encodeURIComponent('👍')}`],
    ['PUT', `/api/messages/receipts/${room.id}`, { read: 1 }],
    ['POST', `/api/participant/${room.id}`, { userIds: [carol.id] }],
    ['PUT', `/api/participant/${room.id}/${alice.id}`, { role: 'member' }],
    ['DELETE', `/api/participant/${room.id}/${bob.id}`],
    ['POST', '/api/messages/send', { conversationId: room.id, data: 'x' }],
  ]
  for (const [method, path, body] of calls) {
    expect(`${method} ${path} ${(await bob.call(method, path, body)).status}`).toBe(
      `${method} ${path} 404`,
    )
  }
  const { body } = await bob.call<SyncAnswer>('POST', '/api/messages/sync', {
    conversations: { [room.id]: 0 },
  })
  expect(body.unknown).toEqual([room.id])
})

test('the frame of a removal is the last one for the removed person', async () => {
  const room = await group(alice, [bob])
  const events: ConversationEvent[] = []
  chat.bus.subscribe(`conversation:${room.id}`, (event) => events.push(event))
  await remove(alice, room, bob)
  expect(events).toMatchObject([{ type: 'frame', version: 2, ended: [bob.id] }])
  expect(JSON.parse(events[0]?.json ?? '')).toMatchObject({
    type: 'participant',
    participants: [{ userId: bob.id, left: true }],
    systemMessage: { event: { type: 'removed', userId: bob.id }, senderId: alice.id },
  })
})

test('since-joined hides what came before: history, last message, sync, quotes, receipts and edits', async () => {
  const room = await group(alice, [bob], { history: 'since-joined' })
  const secret = await send(alice, room.id, 'secret')
  await add(alice, room, [carol])
  const quoting = await send(alice, room.id, { data: 'as I said', replyTo: secret.id })
  const seen = await history(carol, room.id)
  expect(seen.map((m) => m.position)).toEqual([3, 4])
  expect(seen[1]).toMatchObject({ data: 'as I said', replyTo: null })
  expect((await history(bob, room.id)).at(-1)).toMatchObject({ replyTo: secret.id })
  expect((await carol.call('GET', `/api/messages/read/${secret.id}`)).status).toBe(404)
  expect((await carol.call('GET', `/api/messages/message/${secret.id}`)).status).toBe(404)
  const [forBob, forCarol] = await Promise.all(
    [bob, carol].map((person) =>
      person.call<Message>('GET', `/api/messages/message/${quoting.id}`),
    ),
  )
  expect(forBob?.body).toMatchObject({ position: quoting.position, replyTo: secret.id })
  expect(forCarol?.body).toMatchObject({ data: 'as I said', replyTo: null })
  const reply = await carol.call('POST', '/api/messages/send', {
    conversationId: room.id,
    data: 'x',
    replyTo: secret.id,
  })
  expect(reply.status).toBe(400)
  const { body } = await carol.call<SyncAnswer>('POST', '/api/messages/sync', {
    conversations: { [room.id]: 0 },
  })
  expect(body.conversations[0]?.changes.map((m) => m.id)).toEqual(seen.map((m) => m.id))
  expect(JSON.stringify(body)).not.toContain('secret')
  const page = await carol.call<{ items: Message[]; before: number | null }>(
    'GET',
    `/api/messages/${room.id}?around=1`,
  )
  expect(page.body.items.map((m) => m.position)).toEqual([3, 4])
  expect(page.body.before).toBeNull()
  const events: ConversationEvent[] = []
  chat.bus.subscribe(`conversation:${room.id}`, (event) => events.push(event))
  await alice.call('PUT', `/api/messages/edit/${secret.id}`, { data: 'still secret' })
  await send(alice, room.id, { data: 'again', replyTo: secret.id })
  expect(events[0]).toMatchObject({ newcomers: { joinedFrom: 2, json: null } })
  expect(events[1]).toMatchObject({ newcomers: { joinedFrom: 2 } })
  expect(JSON.parse(events[1]?.newcomers?.json ?? '{}')).toMatchObject({
    message: 'again',
    replyTo: null,
  })
  expect(quoting.replyTo).toBe(secret.id)
})

test('a newcomer to a since-joined group has no last message until one comes', async () => {
  const room = await group(alice, [bob], { history: 'since-joined' })
  await send(alice, room.id, 'secret')
  await alice.call('PATCH', `/api/conversations/${room.id}`, { history: 'shared' })
  await add(alice, room, [carol])
  expect((await history(carol, room.id)).length).toBe(3)
  await alice.call('PATCH', `/api/conversations/${room.id}`, { history: 'since-joined' })
  expect((await history(carol, room.id)).map((m) => m.kind)).toEqual(['system'])
})

test('the lobby holds everybody and lets nobody go', async () => {
  const lobby = (
    await alice.call<{ items: Conversation[] }>('GET', '/api/conversations')
  ).body.items.find((c) => c.lobby)
  if (!lobby) throw new Error('no lobby')
  expect(lobby.me.role).toBe('member')
  expect((await remove(alice, lobby, alice)).status).toBe(403)
  expect((await remove(alice, lobby, bob)).status).toBe(403)
  expect((await add(alice, lobby, [bob])).body).toEqual({ added: [], already: [bob.id] })
  expect(await history(alice, lobby.id)).toEqual([])
})

test('members come in pages', async () => {
  const room = await group(alice, [bob, carol, dan])
  const names: string[] = []
  let cursor: string | null = ''
  do {
    const page: { body: { items: { user: { username: string } }[]; next: string | null } } =
      await bob.call(
        'GET',
        `/api/messages/member?conversationId=${room.id}&limit=3${cursor && `&cursor=${cursor}`}`,
      )
    names.push(...page.body.items.map((member) => member.user.username))
    cursor = page.body.next
  } while (cursor)
  expect(names.sort()).toEqual(['alice', 'bob', 'carol', 'dan'])
})

test('the conversation is not locked while the users service is asked who is to be added', async () => {
  const room = await group(alice, [bob])
  await send(bob, room.id, 'before')
  const newcomer = await chat.join('newcomer')
  const asked = Promise.withResolvers<void>()
  const answering = Promise.withResolvers<void>()
  const { profiles } = chat.users
  chat.users.profiles = async (ids) => {
    asked.resolve()
    await answering.promise
    return profiles(ids)
  }
  const adding = add(alice, room, [newcomer])
  await asked.promise
  expect((await send(bob, room.id, 'meanwhile')).position).toBe(3)
  chat.users.profiles = profiles
  answering.resolve()
  expect((await adding).body).toEqual({ added: [newcomer.id], already: [] })
})
