import {
  type Cast,
  cast,
  type Person,
  type Product,
  type RawSocket,
  rawSocket,
  startProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertFrame } from './wire.ts'

let product: Product
let people: Cast
const seenFrames = new Set<string>()

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id

test('every kind of frame arrives as the protocol says', async () => {
  const { alice, bob, carol } = people
  await using a = rawSocket(product.url, alice.session.accessToken)
  await using b = rawSocket(product.url, bob.session.accessToken)
  const welcome = await a.next('welcome')
  expect(welcome).toMatchObject({ userId: idOf(alice) })
  await b.next('welcome')
  a.send({ type: 'watch', userIds: [idOf(bob)] })
  await a.next('presence')
  const room = await alice.client.conversations.create({ title: 'Frames', userIds: [idOf(bob)] })
  await b.next('conversation', (frame) => frame.conversationId === room.id)
  a.send({ type: 'message', conversationId: room.id, clientId: 'x', data: 'hi' })
  const ack = await a.next('ack')
  const message = await b.next('message', (frame) => frame.conversationId === room.id)
  expect(message).toMatchObject({
    messageId: ack.messageId,
    position: ack.position,
    version: ack.version,
  })
  await alice.client.conversations.saveDraft(room.id, 'half a sen')
  await a.next('draft')
  await alice.client.conversations.update(room.id, { pinned: true })
  await a.next('own')
  await alice.client.users.updateMe({ preferences: { theme: 'dark' } })
  await a.next('self')
  b.send({ type: 'typing', conversationId: room.id })
  await a.next('typing')
  b.send({ type: 'read', conversationId: room.id, position: ack.position })
  await a.next('receipt')
  await alice.client.messages.edit(ack.messageId, 'hi!')
  await b.next('edited')
  await bob.client.messages.react(ack.messageId, '👋')
  await a.next('reaction')
  await alice.client.messages.unsend(ack.messageId)
  await b.next('unsent')
  await alice.client.conversations.addMembers(room.id, [idOf(carol)])
  await b.next('participant')
  a.send({ type: 'sync', conversations: { [room.id]: 0 } })
  await a.next('synced')
  a.send({ type: 'ping' })
  await a.next('pong')
  a.send({ type: 'nonsense' })
  await a.next('error')
  collect(a)
  collect(b)
  expect([...seenFrames].sort()).toEqual([
    'ack',
    'conversation',
    'draft',
    'edited',
    'error',
    'message',
    'own',
    'participant',
    'pong',
    'presence',
    'reaction',
    'receipt',
    'self',
    'synced',
    'typing',
    'unsent',
    'welcome',
  ])
})

function collect(socket: RawSocket): void {
  for (const frame of socket.frames) {
    assertFrame(frame)
    seenFrames.add(frame.type)
  }
}
