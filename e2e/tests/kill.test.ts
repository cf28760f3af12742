import {
  makeFolder,
  removeFolder,
  type SpawnedProduct,
  settle,
  spawnProduct,
} from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { type Client, type Connection, createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

let directory: string
beforeAll(async () => {
  directory = await makeFolder()
})
afterAll(() => removeFolder(directory))

const ROUNDS = 3

test('after kill -9 in the middle of bursts every acknowledged message is there once, in one dense order', async () => {
  const acked = new Map<string, string>()
  let product = await spawnProduct({ directory })
  const people = await Promise.all(['alice', 'bob', 'carol'].map((name) => register(product, name)))
  const [alice] = people
  if (!alice) throw new Error('nobody registered')
  const others = people.slice(1).map((person) => person.id)
  const room = await alice.client.conversations.create({ title: 'Kill', userIds: others })
  for (let round = 0; round < ROUNDS; round++) {
    const before = acked.size
    const connections = people.map((person) => person.client.connect())
    await settle('online', () =>
      connections.every((connection) => connection.state.kind === 'online'),
    )
    const bursts = Promise.allSettled(
      connections.map((connection, who) =>
        burst(connection, { conversationId: room.id, name: `${round} ${who}`, acked }),
      ),
    )
    await settle('sends are acknowledged', () => acked.size > before + 500, 20_000)
    await product.crash()
    for (const connection of connections) await connection.close()
    await bursts
    product = await spawnProduct({ directory })
    for (const person of people)
      person.client = createClient({
        url: product.url,
        session: person.client.session ?? person.session,
      })
  }
  const [again] = people
  const history = await readAll((again ?? alice).client, room.id)
  expect(history.map((m) => m.position)).toEqual(history.map((_, i) => i + 1))
  const ids = new Set(history.map((m) => m.id))
  expect([...acked.values()].filter((id) => !ids.has(id))).toEqual([])
  const sends = history.flatMap((m) => (m.kind === 'text' ? [`${m.senderId} ${m.clientId}`] : []))
  expect(new Set(sends).size).toBe(sends.length)
  for (const person of people) await person.client.close()
  expect(await product.stop()).toBe(0)
}, 120_000)

async function register(product: SpawnedProduct, username: string) {
  const client: Client = createClient({ url: product.url })
  const session = await client.users.register({ username, password: 'a pass phrase for tests' })
  return { id: session.user.id, session, client }
}

interface Burst {
  conversationId: string
  name: string
  acked: Map<string, string>
}

/** Sends until it can't, at most fifty under way. */
async function burst(
  connection: Connection,
  { conversationId, name, acked }: Burst,
): Promise<void> {
  for (let i = 0; connection.state.kind === 'online'; i += 50) {
    await Promise.all(
      Array.from({ length: 50 }, async (_, k) => {
        const { clientId, settled } = connection.send(conversationId, `${name} ${i + k}`)
        acked.set(clientId, (await settled).messageId)
      }),
    )
  }
}

async function readAll(client: Client, conversationId: string): Promise<Message[]> {
  const all: Message[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: { items: Message[]; after: number | null } = await client.messages.history(
      conversationId,
      { after, limit: 200 },
    )
    all.push(...page.items)
    after = page.after
  }
  return all
}
