import {
  makeFolder,
  removeFolder,
  settle,
  spawnProduct,
  startWebhookServer,
} from '@chatapp/dev-env'
import { webhookBodySchema } from '@chatapp/protocol'
import { createClient } from '@chatapp/sdk'
import { expect, test } from 'vitest'

test('after kill -9 with deliveries under way every event arrives', async () => {
  await using server = await startWebhookServer()
  const directory = await makeFolder()
  const env = { ALLOW_PRIVATE_ADDRESSES: 'on' }
  const crashing = await spawnProduct({ directory, env })
  const client = createClient({ url: crashing.url })
  await client.users.register({ username: 'alice', password: 'a pass phrase for tests' })
  const room = await client.conversations.create({ title: 'Kill', userIds: [] })
  await client.webhooks.create({ conversationId: room.id, url: server.url })
  server.answer = 'hang'
  const sent = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      client.messages.send({ conversationId: room.id, data: `text ${i}` }),
    ),
  )
  await settle('some are under way', () => server.arrived.length > 0, 20_000)
  await crashing.crash()
  await client.close()
  server.answer = { status: 200 }
  await using again = await spawnProduct({ directory, env })
  const ids = () =>
    new Set(
      server.arrived.map(({ body }) => {
        const { data } = webhookBodySchema.parse(JSON.parse(body))
        return 'message' in data ? data.message.id : 'of another kind'
      }),
    )
  await settle('all arrive', () => ids().size === 20, 120_000)
  expect(ids()).toEqual(new Set(sent.map(({ id }) => id)))
  expect(await again.stop()).toBe(0)
  await removeFolder(directory)
}, 240_000)
