import { type Cast, cast, type Person, type Product, settle, startProduct } from '@chatapp/dev-env'
import type { Conversation, Message } from '@chatapp/protocol'
import type { Connection, LiveEvent } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id

/** A connection with all that it told. */
async function online(person: Person) {
  const connection = person.client.connect()
  const events: LiveEvent[] = []
  connection.onAny((event) => events.push(event))
  await settle('online', () => connection.state.kind === 'online')
  const seen = <T extends LiveEvent['type']>(
    type: T,
    test: (event: Extract<LiveEvent, { type: T }>) => boolean = () => true,
  ) =>
    settle(`the event "${type}"`, () =>
      events
        .filter((event): event is Extract<LiveEvent, { type: T }> => event.type === type)
        .find(test),
    )
  return { connection, events, seen }
}

const textsIn = (events: LiveEvent[], conversationId: string) =>
  events.flatMap((event) =>
    event.type === 'message' &&
    event.conversationId === conversationId &&
    event.message.kind === 'text'
      ? [event.message.data]
      : [],
  )

async function historyOf(person: Person, conversationId: string): Promise<Message[]> {
  const all: Message[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: { items: Message[]; after: number | null } = await person.client.messages.history(
      conversationId,
      { after, limit: 200 },
    )
    all.push(...page.items)
    after = page.after
  }
  return all
}

test('people talk, are added, read, edit, unsend and leave, and everybody sees the same', async () => {
  const { alice, bob, carol, dan } = people
  const [a, b, c] = await Promise.all([online(alice), online(bob), online(carol)])
  await using _a = a.connection
  await using _b = b.connection
  await using _c = c.connection
  const room = await alice.client.conversations.create({ title: 'Trip', userIds: [idOf(bob)] })
  await b.seen('joined', (event) => event.conversation.id === room.id)

  const { settled } = a.connection.send(room.id, 'Where to?')
  const ack = await settled
  await b.seen('message', (event) => event.message.id === ack.messageId)
  await a.seen('receipt', (event) => event.kind === 'delivered' && event.userId === idOf(bob))
  const reply = await b.connection.send(room.id, 'To the sea!', { replyTo: ack.messageId }).settled
  const heard = await a.seen('message', (event) => event.message.id === reply.messageId)
  expect(heard.message).toMatchObject({ kind: 'text', data: 'To the sea!', replyTo: ack.messageId })

  a.connection.markRead(room.id, reply.position)
  await b.seen(
    'receipt',
    (event) =>
      event.kind === 'read' && event.userId === idOf(alice) && event.position === reply.position,
  )
  const receipts = await bob.client.messages.receipts(reply.messageId)
  expect('readBy' in receipts && receipts.readBy.map((r) => r.userId)).toEqual([idOf(alice)])

  await bob.client.conversations.addMembers(room.id, [idOf(carol), idOf(dan)])
  await c.seen('joined', (event) => event.conversation.id === room.id)
  await alice.client.messages.edit(ack.messageId, 'Where shall we go?')
  await c.seen('edited', (event) => event.data === 'Where shall we go?')
  await bob.client.messages.unsend(reply.messageId)
  await c.seen('unsent', (event) => event.messageId === reply.messageId)
  await carol.client.conversations.leave(room.id)
  await c.seen('left', (event) => event.conversationId === room.id)
  await alice.client.conversations.update(room.id, { title: 'Journey' })
  await b.seen('conversation', (event) => event.settings.title === 'Journey')

  const [ofAlice, ofDan] = await Promise.all([historyOf(alice, room.id), historyOf(dan, room.id)])
  expect(ofDan).toEqual(ofAlice)
  expect(ofAlice.map((m) => (m.kind === 'system' ? m.event.type : m.data))).toEqual([
    'created',
    'Where shall we go?',
    null,
    'joined',
    'left',
    'renamed',
  ])
})

test('a second device follows the first: messages, reading, and the end of the session', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.openDirect(idOf(bob))
  const phone = product.client()
  await phone.users.login({ username: bob.username, password: bob.password })
  const [desk, other] = [await online(bob), await online({ ...bob, client: phone })]
  await using _d = desk.connection
  await using _o = other.connection
  const sent = await alice.client.messages.send({ conversationId: room.id, data: 'on both' })
  await Promise.all(
    [desk, other].map((device) => device.seen('message', (event) => event.message.id === sent.id)),
  )
  desk.connection.markRead(room.id, sent.position)
  await other.seen('receipt', (event) => event.kind === 'read' && event.userId === idOf(bob))
  const devices = await bob.client.users.sessions()
  const [phoneSession] = devices.items.filter((device) => !device.current)
  await bob.client.users.endSession(phoneSession?.id ?? '')
  await settle('the phone is signed out', () => other.connection.state.kind === 'ended')
  expect(desk.connection.state.kind).toBe('online')
})

test('typing and presence show who is there', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.openDirect(idOf(bob))
  const a = await online(alice)
  await using _a = a.connection
  a.connection.watch([idOf(bob)])
  await a.seen('presence', (event) => event.userId === idOf(bob) && event.state === 'offline')
  const b = await online(bob)
  await a.seen('presence', (event) => event.userId === idOf(bob) && event.state === 'online')
  b.connection.typing(room.id)
  await a.seen('typing', (event) => event.userId === idOf(bob) && event.conversationId === room.id)
  await b.connection.close()
  const states = () => a.events.flatMap((event) => (event.type === 'presence' ? [event.state] : []))
  await settle('bob is offline again', () => states().at(-1) === 'offline')
  expect(states().slice(-3)).toEqual(['offline', 'online', 'offline'])
})

test('two people sending a thousand messages each see one order, and their own order kept', async () => {
  const { alice, bob, carol } = people
  const room = await alice.client.conversations.create({
    title: 'Race',
    userIds: [idOf(bob), idOf(carol)],
  })
  const [a, b, c] = await Promise.all([online(alice), online(bob), online(carol)])
  await using _a = a.connection
  await using _b = b.connection
  await using _c = c.connection
  const sendAll = (connection: Connection, name: string) =>
    Promise.all(
      Array.from({ length: 1000 }, (_, i) => connection.send(room.id, `${name} ${i}`).settled),
    )
  await Promise.all([sendAll(a.connection, 'alice'), sendAll(b.connection, 'bob')])
  await settle('carol has all', () => textsIn(c.events, room.id).length === 2000, 20_000)
  const history = await historyOf(carol, room.id)
  expect(history.map((m) => m.position)).toEqual(Array.from({ length: 2001 }, (_, i) => i + 1))
  const texts = history.flatMap((m) => (m.kind === 'text' ? [m.data] : []))
  for (const device of [a, b, c]) expect(textsIn(device.events, room.id)).toEqual(texts)
  for (const name of ['alice', 'bob']) {
    expect(texts.filter((text) => text?.startsWith(name))).toEqual(
      Array.from({ length: 1000 }, (_, i) => `${name} ${i}`),
    )
  }
})

test('unread counts and last messages are exact in the list', async () => {
  const { alice, bob } = people
  const room = await alice.client.conversations.create({ title: 'Unread', userIds: [idOf(bob)] })
  const find = async (person: Person): Promise<Conversation> =>
    person.client.conversations.get(room.id)
  const sent: Message[] = []
  for (let i = 0; i < 5; i++)
    sent.push(await alice.client.messages.send({ conversationId: room.id, data: `${i}` }))
  expect(await find(bob)).toMatchObject({ unread: 5, lastMessage: { id: sent[4]?.id } })
  expect(await find(alice)).toMatchObject({ unread: 0 })
  await alice.client.messages.unsend(sent[3]?.id ?? '')
  expect(await find(bob)).toMatchObject({ unread: 4 })
  await bob.client.messages.advance(room.id, { read: sent[1]?.position ?? 0 })
  expect(await find(bob)).toMatchObject({ unread: 2 })
})
