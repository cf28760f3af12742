import {
  type Cast,
  cast,
  type Person,
  type Product,
  rawSocket,
  startProduct,
} from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id
const say = (conversationId: string, data: string) =>
  people.alice.client.messages.send({ conversationId, data })
const openGroup = () =>
  people.alice.client.conversations.create({ title: 'Group', userIds: [idOf(people.bob)] })

test('@all mentions everybody in a group, in every shape of the message', async () => {
  const { alice, bob } = people
  const group = await openGroup()
  await using socket = rawSocket(product.url, bob.session.accessToken)
  await socket.next('welcome')
  const sent = await say(group.id, 'Dinner, @All! @bob cooks.')
  expect(sent).toMatchObject({ mentions: [idOf(bob)], mentionsAll: true })
  const isSent = ({ messageId }: { messageId: string }) => messageId === sent.id
  expect(await socket.next('message', isSent)).toMatchObject({
    mentions: [idOf(bob)],
    mentionsAll: true,
  })
  const { items } = await bob.client.messages.history(group.id)
  expect(items.at(-1)).toEqual(sent)
  expect((await bob.client.conversations.get(group.id)).lastMessage).toEqual(sent)
  const synced = await bob.client.messages.sync({ [group.id]: sent.version - 1 })
  expect(synced.conversations[0]?.changes).toEqual([sent])

  const edited = await alice.client.messages.edit(sent.id, 'Dinner!')
  expect(edited).toMatchObject({ mentions: [] })
  expect(edited).not.toHaveProperty('mentionsAll')
  expect(await socket.next('edited', isSent)).not.toHaveProperty('mentionsAll')
  expect(await alice.client.messages.edit(sent.id, '@all')).toMatchObject({ mentionsAll: true })
  expect(await alice.client.messages.unsend(sent.id)).not.toHaveProperty('mentionsAll')
})

test('in code, within a longer name and in a direct conversation @all mentions nobody', async () => {
  const { alice, bob } = people
  const group = await openGroup()
  const direct = await alice.client.conversations.openDirect(idOf(bob))
  const messages: Message[] = [
    await say(group.id, 'run `wall @all`, then `@bob`'),
    await say(group.id, '@all-hands'),
    await say(direct.id, '@all'),
  ]
  for (const message of messages) {
    expect(message.mentions).toEqual([])
    expect(message).not.toHaveProperty('mentionsAll')
  }
})

test('no new account can be called "all"', async () => {
  const password = 'a long enough pass phrase'
  await expect(
    product.client().users.register({ username: 'ALL', password }),
  ).rejects.toMatchObject({ code: 'conflict' })
})
