import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type SpawnedProduct, settle, spawnProduct } from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { createClient } from '@chatapp/sdk'
import { expect, test } from 'vitest'

const KILLS = 4

test('a database that is killed again and again loses nothing, and sending goes on by itself', async () => {
  await using product = await spawnProduct()
  await using client = createClient({ url: product.url })
  await client.users.register({ username: 'alice', password: 'a pass phrase for tests' })
  const room = await client.conversations.create({ title: 'Outage', userIds: [] })
  const connection = client.connect()
  await settle('online', () => connection.state.kind === 'online')
  const acked: string[] = []
  const send = async (text: string) => {
    acked.push((await connection.send(room.id, text).settled).messageId)
  }
  for (let kill = 0; kill < KILLS; kill++) {
    const sends = Array.from({ length: 200 }, (_, i) => send(`${kill} ${i}`))
    await settle('some are acknowledged', () => acked.length > kill * 200)
    await killDatabase(product)
    await Promise.all(sends)
    await settle('ready again', async () => (await fetch(`${product.url}/readyz`)).ok, 20_000)
  }
  const history: Message[] = []
  for (let after: number | null = 0; after !== null; ) {
    const page: { items: Message[]; after: number | null } = await client.messages.history(
      room.id,
      { after, limit: 200 },
    )
    history.push(...page.items)
    after = page.after
  }
  const texts = history.flatMap((message) => (message.kind === 'text' ? [message.data] : []))
  const sent = Array.from({ length: KILLS * 200 }, (_, i) => `${Math.floor(i / 200)} ${i % 200}`)
  expect(texts).toEqual(sent)
  expect(new Set(acked)).toEqual(new Set(history.filter((m) => m.kind === 'text').map((m) => m.id)))
  await client.close()
  expect(await product.stop()).toBe(0)
}, 60_000)

async function killDatabase({ directory }: SpawnedProduct): Promise<void> {
  const file = await readFile(join(directory, 'postgres', 'data', 'postmaster.pid'), 'utf8')
  process.kill(Number.parseInt(file, 10), 'SIGKILL')
}
