import {
  type Cast,
  cast,
  type Person,
  type Product,
  rawSocket,
  startProduct,
} from '@chatapp/dev-env'
import type { Message, OutboundFrame } from '@chatapp/protocol'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())
beforeEach(() => Promise.all(Object.values(people).map((person) => setReceipts(person, true))))

const idOf = (person: Person) => person.session.user.id
const setReceipts = (person: Person, readReceipts: boolean) =>
  person.client.users.updateMe({ preferences: { readReceipts } })
const socketOf = (person: Person) => rawSocket(product.url, person.session.accessToken)

/** A group of alice, bob and carol, in which alice has written some messages. */
async function openRoom(...texts: string[]) {
  const { alice, bob, carol } = people
  const room = await alice.client.conversations.create({
    title: 'Room',
    userIds: [idOf(bob), idOf(carol)],
  })
  const say = (person: Person, data: string) =>
    person.client.messages.send({ conversationId: room.id, data })
  const messages: Message[] = []
  for (const text of texts) messages.push(await say(alice, text))
  const read = (person: Person, position: number) =>
    person.client.messages.advance(room.id, { read: position })
  return { id: room.id, version: room.version, say, read, messages }
}

type Room = Awaited<ReturnType<typeof openRoom>>

/** What one person can find out by asking of how far another has read. */
async function knownBy(person: Person, about: Person, { id, version, messages }: Room) {
  const { client } = person
  const list = (await client.conversations.members(id)).items
  const synced = await client.messages.sync({ [id]: version - 1 })
  const participants = synced.conversations[0]?.participants ?? []
  const lists = await Promise.all(messages.map((message) => client.messages.receipts(message.id)))
  const isAbout = ({ userId }: { userId: string }) => userId === idOf(about)
  return {
    member: list.find(isAbout)?.readPosition,
    sync: participants.find(isAbout)?.readPosition,
    readBy: lists.map((found) => 'readBy' in found && found.readBy.some(isAbout)),
    deliveredTo: lists.map((found) => 'readBy' in found && found.deliveredTo.some(isAbout)),
  }
}

const readsIn = (frames: OutboundFrame[], person: Person) =>
  frames.flatMap((frame) =>
    frame.type === 'receipt' && frame.kind === 'read' && frame.userId === idOf(person)
      ? [frame.position]
      : [],
  )

test('who has read receipts off reads in private, with exact unread counts on all own devices', async () => {
  const { alice, bob, carol } = people
  const room = await openRoom('one', 'two')
  const last = room.messages[1] as Message
  await setReceipts(bob, false)
  await using own = socketOf(bob)
  await using others = socketOf(alice)
  await Promise.all([own.next('welcome'), others.next('welcome')])
  expect((await room.read(bob, last.position)).readPosition).toBe(last.position)
  expect(await own.next('receipt', ({ kind }) => kind === 'read')).toMatchObject({
    userId: idOf(bob),
    position: last.position,
  })
  expect(await bob.client.conversations.get(room.id)).toMatchObject({
    unread: 0,
    me: { readPosition: last.position },
  })
  // Frames of one conversation come in order: what was told before carol's was told by now.
  await room.read(carol, last.position)
  await others.next('receipt', ({ userId, kind }) => userId === idOf(carol) && kind === 'read')
  expect(readsIn(others.frames, bob)).toEqual([])
  expect(
    others.frames.filter((frame) => frame.type === 'receipt' && frame.userId === idOf(bob)),
  ).toMatchObject([{ kind: 'delivered', position: last.position }])
  for (const person of [alice, carol]) {
    expect(await knownBy(person, bob, room)).toEqual({
      ...{ member: 0, sync: 0, readBy: [false, false], deliveredTo: [true, true] },
    })
  }
})

test('who has them off is not told what others read', async () => {
  const { alice, bob, carol } = people
  const room = await openRoom('one')
  const last = room.messages[0] as Message
  await room.read(carol, last.position)
  expect(await knownBy(bob, carol, room)).toMatchObject({ member: last.position, readBy: [true] })
  await setReceipts(bob, false)
  expect(await knownBy(bob, carol, room)).toEqual({
    ...{ member: 0, sync: 0, readBy: [false], deliveredTo: [true] },
  })
  expect(await knownBy(alice, carol, room)).toMatchObject({ readBy: [true] })
  await setReceipts(bob, true)
  expect(await knownBy(bob, carol, room)).toMatchObject({ member: last.position, readBy: [true] })
})

test('sending with receipts off does not tell that the sender has read what is above', async () => {
  const { alice, bob } = people
  const room = await openRoom('one')
  await setReceipts(bob, false)
  await using others = socketOf(alice)
  await others.next('welcome')
  const answer = await room.say(bob, 'answer')
  expect(await others.next('message', ({ messageId }) => messageId === answer.id)).toMatchObject({
    hidesReads: true,
  })
  expect(await bob.client.conversations.get(room.id)).toMatchObject({
    unread: 0,
    me: { readPosition: answer.position },
  })
  expect(await knownBy(alice, bob, room)).toEqual({
    ...{ member: 0, sync: 0, readBy: [false], deliveredTo: [true] },
  })
  await setReceipts(bob, true)
  const open = await room.say(bob, 'in the open')
  const frame = await others.next('message', ({ messageId }) => messageId === open.id)
  expect(frame).not.toHaveProperty('hidesReads')
})

test('switching them on again tells nothing; the next reading in the open does', async () => {
  const { alice, bob } = people
  const room = await openRoom('read in the open', 'read in private')
  const [first, second] = room.messages as [Message, Message]
  await room.read(bob, first.position)
  await setReceipts(bob, false)
  await room.read(bob, second.position)
  await setReceipts(bob, true)
  const before = { member: first.position, sync: first.position, readBy: [true, false] }
  expect(await knownBy(alice, bob, room)).toMatchObject(before)
  await using others = socketOf(alice)
  await others.next('welcome')
  // Said again by a device that has not heard yet: it moves nothing, so it tells nothing.
  await room.read(bob, second.position)
  expect(await knownBy(alice, bob, room)).toMatchObject(before)
  const third = await room.say(alice, 'three')
  await room.read(bob, third.position)
  await others.next('receipt', ({ kind }) => kind === 'read')
  expect(readsIn(others.frames, bob)).toEqual([third.position])
  expect(await knownBy(alice, bob, room)).toMatchObject({ member: third.position })
})
