import { type Cast, cast, type Person, type Product, settle, startProduct } from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id

/** Alice has written five messages, all of them read by Bob. */
async function openRead() {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Room', userIds: [idOf(bob)] })
  const send = (data: string) => alice.client.messages.send({ conversationId: room.id, data })
  const first = await send('1')
  for (const data of ['2', '3', '4', '5']) await send(data)
  const last = first.position + 4
  await bob.client.messages.advance(room.id, { read: last })
  const mine = async () => {
    const { unread, me } = await bob.client.conversations.get(room.id)
    return { unread, readPosition: me.readPosition, unreadFrom: me.unreadFrom }
  }
  return { id: room.id, first, last, send, mine }
}

test('a mark makes unread what others wrote from there on, and takes no receipt back', async () => {
  const { alice, bob } = people
  const { id, first, last, mine, send } = await openRead()
  const marked = await bob.client.conversations.markUnread(id, last - 1)
  expect(marked).toMatchObject({ unread: 2, me: { readPosition: last, unreadFrom: last - 1 } })
  await send('6')
  expect(await mine()).toEqual({ unread: 3, readPosition: last, unreadFrom: last - 1 })
  const synced = await bob.client.messages.sync({ [id]: marked.version + 1 })
  expect(synced.conversations[0]?.unreadFrom).toBe(last - 1)
  const receipts = await alice.client.messages.receipts(first.id)
  expect('readBy' in receipts && receipts.readBy.map(({ userId }) => userId)).toEqual([idOf(bob)])
  const members = (await alice.client.conversations.members(id)).items
  const seen = members.find(({ userId }) => userId === idOf(bob))
  expect(seen?.readPosition).toBe(last)
  expect(seen).not.toHaveProperty('unreadFrom')
})

test('reading on moves the mark, reading to the end and answering take it away', async () => {
  const { bob } = people
  const { id, first, last, mine } = await openRead()
  const read = (position: number) => bob.client.messages.advance(id, { read: position })
  await bob.client.conversations.markUnread(id, first.position)
  await read(first.position - 1)
  expect(await mine()).toMatchObject({ unread: 5, unreadFrom: first.position })
  await read(first.position + 1)
  expect(await mine()).toEqual({ unread: 3, readPosition: last, unreadFrom: first.position + 2 })
  await read(last)
  expect(await mine()).toEqual({ unread: 0, readPosition: last, unreadFrom: null })
  await bob.client.conversations.markUnread(id, first.position)
  await bob.client.messages.send({ conversationId: id, data: 'answer' })
  expect(await mine()).toMatchObject({ unread: 0, unreadFrom: null })
})

test('what is not read yet can not be marked, and what is not there is refused', async () => {
  const { alice, bob, carol } = people
  const { id, last, send, mine } = await openRead()
  await send('6')
  expect(await bob.client.conversations.markUnread(id, last + 1)).toMatchObject({ unread: 1 })
  expect(await mine()).toEqual({ unread: 1, readPosition: last, unreadFrom: null })
  await expect(bob.client.conversations.markUnread(id, last + 2)).rejects.toMatchObject({
    code: 'invalid',
  })
  await expect(carol.client.conversations.markUnread(id, 1)).rejects.toMatchObject({
    code: 'not-found',
  })
  expect((await alice.client.conversations.get(id)).me.unreadFrom).toBeNull()
})

test('another own device is told of the mark, reads on from it, and nobody else is told', async () => {
  const { alice, bob } = people
  const { id, first, last, mine } = await openRead()
  const told: string[] = []
  await using own = bob.client.connect()
  await using others = alice.client.connect()
  const isOnline = () => own.state.kind === 'online' && others.state.kind === 'online'
  await settle('both online', isOnline)
  own.on('own', ({ me }) => told.push(`mark ${me.unreadFrom}`))
  own.on('receipt', ({ kind, position }) => told.push(`${kind} ${position}`))
  const heard: unknown[] = []
  others.on('receipt', (event) => heard.push(event))
  await bob.client.conversations.markUnread(id, first.position)
  await settle('the mark', () => told.includes(`mark ${first.position}`))
  own.markRead(id, first.position + 1)
  await settle('the reading', () => told.includes(`read ${first.position + 1}`))
  expect(await mine()).toEqual({ unread: 3, readPosition: last, unreadFrom: first.position + 2 })
  const next = await alice.client.messages.send({ conversationId: id, data: '6' })
  own.markRead(id, next.position)
  await settle('the next reading', () => told.includes(`read ${next.position}`))
  await settle('its receipt', () => heard.length > 0)
  expect(await mine()).toEqual({ unread: 0, readPosition: next.position, unreadFrom: null })
  expect(heard).not.toContainEqual(expect.objectContaining({ position: first.position + 1 }))
})
