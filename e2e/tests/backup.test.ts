import {
  backUp,
  makeFolder,
  removeFolder,
  type SpawnedProduct,
  spawnProduct,
} from '@chatapp/dev-env'
import { type Client, createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let home: string
let copy: string
beforeAll(async () => {
  home = await makeFolder()
  copy = await makeFolder()
})
afterAll(() => Promise.all([home, copy].map(removeFolder)))

test('a backup of a running ChatApp, restored, has the same history, receipts and unread counts', async () => {
  await using product = await spawnProduct({ directory: home })
  const alice = await register(product, 'alice')
  const bob = await register(product, 'bob')
  const room = await alice.client.conversations.create({
    title: 'Kept',
    userIds: [bob.session.user.id],
  })
  for (let i = 0; i < 30; i++) {
    const data = `text ${i}`
    await alice.client.messages.send({ conversationId: room.id, clientId: `${i}`, data })
  }
  const { items } = await alice.client.messages.history(room.id, { limit: 200 })
  const [third, twentieth] = [items[3]?.id ?? '', items[20]?.id ?? '']
  await alice.client.messages.unsend(twentieth)
  await bob.client.messages.advance(room.id, { read: 10, delivered: 25 })
  const look = async (client: Client) => ({
    history: await client.messages.history(room.id, { limit: 200 }),
    receipts: await client.messages.receipts(third),
    conversation: await client.conversations.get(room.id),
  })
  const before = [await look(alice.client), await look(bob.client)]
  expect(before[1]?.conversation.unread).toBe(20)

  // Life goes on elsewhere while the backup is made.
  const noise = await alice.client.conversations.create({ title: 'Noise', userIds: [] })
  let state: 'copying' | 'copied' = 'copying'
  const sending = (async () => {
    let sent = 0
    for (; state === 'copying' || sent < 20; sent++)
      await alice.client.messages.send({ conversationId: noise.id, clientId: `${sent}`, data: 'x' })
    return sent
  })()
  await backUp(home, copy)
  state = 'copied'
  expect(await sending).toBeGreaterThanOrEqual(20)

  await using restored = await spawnProduct({ directory: copy })
  const resume = ({ session }: typeof alice) => createClient({ url: restored.url, session })
  const [aliceAgain, bobAgain] = [resume(alice), resume(bob)]
  expect([await look(aliceAgain), await look(bobAgain)]).toEqual(before)
}, 120_000)

async function register(product: SpawnedProduct, username: string) {
  const client = createClient({ url: product.url })
  const session = await client.users.register({ username, password: 'a pass phrase for tests' })
  return { client, session }
}
