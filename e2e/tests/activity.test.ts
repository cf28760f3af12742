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
const openRoom = () =>
  people.alice.client.conversations.create({
    title: 'Camping',
    userIds: [idOf(people.bob), idOf(people.carol)],
  })
const say = (conversationId: string, data: string) =>
  people.alice.client.messages.send({ conversationId, data })

/** Of one conversation, as others go on in theirs. */
async function listOf({ client }: Person, conversationId: string) {
  const { items } = await client.messages.activity()
  return items.flatMap(({ kind, message, conversation, isUnread }) =>
    conversation.id === conversationId ? { kind, text: message.data, isUnread } : [],
  )
}

test('what is for me is listed with the ack, and read on one device it is read on the others', async () => {
  const { bob } = people
  const room = await openRoom()
  await say(room.id, 'The tent is big')
  await say(room.id, '@bob brings it')
  const last = await say(room.id, '@all: it rains')
  expect(await listOf(bob, room.id)).toEqual([
    { kind: 'all', text: '@all: it rains', isUnread: true },
    { kind: 'mention', text: '@bob brings it', isUnread: true },
  ])
  expect((await bob.client.messages.activity({ limit: 1 })).unread).toBe(2)
  const phone = product.client()
  await phone.users.login({ username: 'bob', password: bob.password })
  await phone.messages.advance(room.id, { read: last.position })
  expect((await listOf(bob, room.id)).map(({ isUnread }) => isUnread)).toEqual([false, false])
  expect(await bob.client.messages.activity({ filter: 'unread' })).toEqual({
    ...{ items: [], next: null, unread: 0 },
  })
})

test('words of mine are found without any device, as whole words, and as the text is now', async () => {
  const { bob, carol } = people
  const room = await openRoom()
  await bob.client.notifications.updatePreferences({ keywords: ['kettle'] })
  await carol.client.notifications.updatePreferences({ keywords: ['tea'] })
  const said = await say(room.id, 'Where is the Kettle?')
  await say(room.id, 'Kettles are for steam')
  const found = { kind: 'keyword', text: 'Where is the Kettle?', isUnread: true }
  await settle('it is found', async () => (await listOf(bob, room.id)).length > 0)
  expect(await listOf(bob, room.id)).toEqual([found])
  expect(await listOf(carol, room.id)).toEqual([])
  await people.alice.client.messages.edit(said.id, 'Where is the tea?')
  await settle('the other one is found', async () => (await listOf(carol, room.id)).length > 0)
  expect(await listOf(bob, room.id)).toEqual([])
  await people.alice.client.messages.unsend(said.id)
  expect(await listOf(carol, room.id)).toEqual([])
})
