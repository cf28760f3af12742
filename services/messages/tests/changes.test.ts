import type { Conversation, Message, SyncAnswer } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send } from './boot.ts'

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

const put = (person: Person, what: string, body?: object) =>
  person.call<Message>('PUT', `/api/messages/${what}`, body)
const syncFrom = async (person: Person, conversations: Record<string, number>) =>
  (await person.call<SyncAnswer>('POST', '/api/messages/sync', { conversations })).body

test('unsending leaves a tombstone at its place, and again changes nothing', async () => {
  const room = await group(alice, [bob])
  const message = await send(alice, room.id, 'oops @bob')
  const unsent = await put(alice, `unsent/${message.id}`)
  expect(unsent.body).toMatchObject({
    id: message.id,
    position: message.position,
    version: 3,
    data: null,
    mentions: [],
  })
  expect(await put(alice, `unsent/${message.id}`)).toEqual(unsent)
  expect((await put(bob, `unsent/${message.id}`)).status).toBe(403)
  expect((await put(alice, `edit/${message.id}`, { data: 'x' })).status).toBe(409)
  expect((await put(bob, `reaction/${message.id}/${encodeURIComponent('👍')}`)).status).toBe(409)
})

test("owners and admins unsend others' messages, in groups only", async () => {
  const room = await group(alice, [bob])
  const message = await send(bob, room.id, 'rude')
  expect((await put(alice, `unsent/${message.id}`)).status).toBe(200)
  const { body: pair } = await alice.call<Conversation>('POST', '/api/conversations', {
    kind: 'direct',
    userId: bob.id,
  })
  const own = await send(bob, pair.id, 'mine')
  expect((await put(alice, `unsent/${own.id}`)).status).toBe(403)
})

test('only the author edits, mentions follow, and the same text again is no change', async () => {
  const room = await group(alice, [bob])
  const message = await send(alice, room.id, 'teh text')
  expect((await put(bob, `edit/${message.id}`, { data: 'x' })).status).toBe(403)
  const edited = await put(alice, `edit/${message.id}`, { data: 'the text @bob' })
  expect(edited.body).toMatchObject({ data: 'the text @bob', version: 3, mentions: [bob.id] })
  expect(edited.body.editedAt).not.toBeNull()
  expect((await put(alice, `edit/${message.id}`, { data: 'the text @bob' })).body).toEqual(
    edited.body,
  )
  for (const data of ['', '  ', 'a\0', '\ud800', 'x'.repeat(10_001)]) {
    expect((await put(alice, `edit/${message.id}`, { data })).status).toBe(400)
  }
})

test('a system message is neither edited, unsent nor reacted to', async () => {
  const room = await group(alice, [])
  const [line] = await history(alice, room.id)
  expect((await put(alice, `unsent/${line?.id}`)).status).toBe(403)
  expect((await put(alice, `edit/${line?.id}`, { data: 'x' })).status).toBe(403)
  expect((await put(alice, `reaction/${line?.id}/${encodeURIComponent('👍')}`)).status).toBe(409)
})

test('a person counts once per emoji, and takes it back', async () => {
  const room = await group(alice, [bob])
  const message = await send(alice, room.id, 'nice')
  const thumb = `reaction/${message.id}/${encodeURIComponent('👍🏽')}`
  await put(alice, thumb)
  await put(bob, thumb)
  const again = await put(bob, thumb)
  expect(again.body).toMatchObject({
    version: 4,
    reactions: [{ emoji: '👍🏽', userIds: [alice.id, bob.id] }],
  })
  const back = await bob.call<Message>('DELETE', `/api/messages/${thumb}`)
  expect(back.body.reactions).toEqual([{ emoji: '👍🏽', userIds: [alice.id] }])
  expect((await put(bob, `reaction/${message.id}/xx`)).status).toBe(400)
})

test('titles and policies are for owners and admins, pins and mutes for oneself', async () => {
  const room = await group(alice, [bob])
  const path = `/api/conversations/${room.id}`
  expect((await bob.call('PATCH', path, { title: 'New' })).status).toBe(403)
  const renamed = await alice.call<Conversation>('PATCH', path, {
    title: 'New',
    pinned: true,
    notify: 'all',
  })
  expect(renamed.body).toMatchObject({
    title: 'New',
    version: 2,
    me: { pinned: true, notify: 'all' },
  })
  expect((await history(bob, room.id)).at(-1)).toMatchObject({
    kind: 'system',
    event: { type: 'renamed', title: 'New' },
  })
  const muted = await bob.call<Conversation>('PATCH', path, {
    mutedUntil: '2999-01-01T01:00:00+01:00',
  })
  expect(muted.body).toMatchObject({
    version: 2,
    me: { mutedUntil: '2999-01-01T00:00:00.000Z', pinned: false },
  })
  const unmuted = await bob.call<Conversation>('PATCH', path, {
    mutedUntil: '2000-01-01T00:00:00Z',
  })
  expect(unmuted.body.me.mutedUntil).toBeNull()
  for (const bad of [
    {},
    { title: '' },
    { title: null },
    { history: 'none' },
    { x: 1 },
    { pinned: 'yes' },
    { mutedUntil: 'soon' },
  ]) {
    expect((await alice.call('PATCH', path, bad)).status).toBe(400)
  }
})

test('what somebody sets for themselves is told to their own devices alone', async () => {
  const room = await group(alice, [bob])
  const heard: string[] = []
  const listening = [
    chat.bus.subscribe(`user:${bob.id}`, (event) => {
      if (event.type === 'frame') heard.push(event.json)
    }),
    chat.bus.subscribe(`user:${alice.id}`, () => heard.push('alice')),
    chat.bus.subscribe(`conversation:${room.id}`, () => heard.push('everybody')),
  ]
  const path = `/api/conversations/${room.id}`
  const { body } = await bob.call<Conversation>('PATCH', path, { pinned: true, notify: 'nothing' })
  expect(body.me).toMatchObject({ pinned: true, notify: 'nothing' })
  expect(heard.map((json) => JSON.parse(json))).toEqual([
    { type: 'own', conversationId: room.id, me: body.me },
  ])
  for (const one of listening) one.unsubscribe()
})

test('history is paged both ways and around a place, with what to ask next', async () => {
  const room = await group(alice, [bob])
  for (let i = 2; i <= 30; i++) await send(alice, room.id, `${i}`)
  const page = async (query: string) => {
    const { body } = await bob.call<{
      items: Message[]
      before: number | null
      after: number | null
    }>('GET', `/api/messages/${room.id}${query}`)
    return [body.items.map((m) => m.position), body.before, body.after]
  }
  const span = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i)
  expect(await page('?limit=10')).toEqual([span(21, 30), 21, null])
  expect(await page('?limit=10&before=21')).toEqual([span(11, 20), 11, 20])
  expect(await page('?limit=10&before=11')).toEqual([span(1, 10), null, 10])
  expect(await page('?limit=10&after=0')).toEqual([span(1, 10), null, 10])
  expect(await page('?limit=10&after=25')).toEqual([span(26, 30), 26, null])
  expect(await page('?limit=5&around=15')).toEqual([span(13, 17), 13, 17])
  expect(await page('?limit=1&around=15')).toEqual([[15], 15, 15])
  expect(await page('?after=30')).toEqual([[], null, null])
  expect(await page('?limit=1000')).toEqual([span(1, 30), null, null])
  for (const bad of [
    '?limit=0',
    '?limit=x',
    '?before=0',
    '?around=0',
    '?after=-1',
    '?before=1&after=1',
    '?x=1',
    '?limit=1&limit=2',
  ]) {
    expect((await bob.call('GET', `/api/messages/${room.id}${bad}`)).status).toBe(400)
  }
})

test('the list of conversations is by latest activity, in pages', async () => {
  const rooms: Conversation[] = []
  for (let i = 0; i < 5; i++) rooms.push(await group(carol, []))
  await send(carol, rooms[1]?.id ?? '', 'newest')
  const seen: string[] = []
  let cursor: string | null = ''
  do {
    const page: { body: { items: Conversation[]; next: string | null } } = await carol.call(
      'GET',
      `/api/conversations?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.body.items.filter((c) => !c.lobby).map((c) => c.id))
    cursor = page.body.next
  } while (cursor)
  expect(seen).toEqual([1, 4, 3, 2, 0].map((i) => rooms[i]?.id))
  expect((await carol.call('GET', '/api/conversations?cursor=nonsense')).status).toBe(400)
})

test('sync gives what changed since a version, once and by version', async () => {
  const room = await group(alice, [bob])
  const one = await send(alice, room.id, 'one')
  const two = await send(alice, room.id, 'two')
  const known = { [room.id]: two.version }
  expect((await syncFrom(bob, known)).conversations).toEqual([
    { id: room.id, version: 3, changes: [], reset: false },
  ])
  await put(alice, `edit/${one.id}`, { data: 'one!' })
  const three = await send(bob, room.id, 'three')
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  await alice.call('PATCH', `/api/conversations/${room.id}`, { title: 'Renamed' })
  const [caught] = (await syncFrom(bob, known)).conversations
  expect(caught?.changes.map((m) => [m.version, m.position])).toEqual([
    [4, 2],
    [5, three.position],
    [6, 5],
    [7, 6],
  ])
  expect(caught?.participants?.map((p) => [p.userId, p.left])).toEqual([[carol.id, false]])
  expect(caught).toMatchObject({ version: 7, settings: { title: 'Renamed' }, reset: false })
})

test('sync names what is unknown and what was added', async () => {
  const stranger = await group(alice, [])
  const fresh = await group(bob, [carol])
  const answer = await syncFrom(carol, { [stranger.id]: 1 })
  expect(answer.unknown).toEqual([stranger.id])
  expect(answer.added.map((c) => c.id)).toContain(fresh.id)
  expect(answer.conversations).toEqual([])
})

test('above a thousand changes sync says reset, and so it does to a client ahead of the log', async () => {
  const room = await group(alice, [bob])
  const sends = Array.from({ length: 1001 }, (_, i) =>
    chat.messages.api.send({
      senderId: alice.id,
      conversationId: room.id,
      clientId: `r${i}`,
      data: 'x',
      replyTo: null,
    }),
  )
  await Promise.all(sends)
  const at = async (version: number) =>
    (await syncFrom(bob, { [room.id]: version })).conversations[0]
  expect(await at(1)).toEqual({ id: room.id, version: 1002, changes: [], reset: true })
  expect((await at(2))?.changes).toHaveLength(1000)
  expect(await at(5000)).toMatchObject({ version: 1002, reset: true, changes: [] })
})
