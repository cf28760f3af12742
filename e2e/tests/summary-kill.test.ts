import {
  createTestDatabase,
  makeFolder,
  type PushServer,
  removeFolder,
  type SpawnedProduct,
  settle,
  spawnProduct,
  startPushServer,
  type TestDatabase,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { connectPostgres, type Sql } from '@chatapp/service-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOMS = 40
const EACH = 3
const DEVICES = 2
const PATIENCE_MS = 120_000
/** Whoever holds it tells notifications the news: meanwhile they wait, as in an outage. */
const NOTIFYING_LOCK = 7_203_551

let directory: string
let push: PushServer
let database: TestDatabase

beforeEach(async () => {
  directory = await makeFolder()
  push = await startPushServer()
  database = await createTestDatabase()
}, PATIENCE_MS)
afterEach(async () => {
  await database[Symbol.asyncDispose]()
  await push[Symbol.asyncDispose]()
  await removeFolder(directory)
})

const start = () => spawnProduct({ directory, database, env: { ALLOW_PRIVATE_ADDRESSES: 'on' } })

test('after hours in which nobody was told anything, and kill -9 on top, each device gets one summary, or twice the same', async () => {
  await using postgres = await connectPostgres({ target: database.admin, name: 'tests' })
  const { sql } = postgres
  await using crashing = await start()
  const [alice, bob] = [await register(crashing, 'alice'), await register(crashing, 'bob')]
  const gate = Promise.withResolvers<void>()
  const devices = Array.from({ length: DEVICES }, () => push.device())
  for (const device of devices) {
    device.answer = { status: 201, after: gate.promise }
    await bob.notifications.subscribe(device.subscription)
  }
  const outage = await beginOutage(sql)
  const userIds = [bob.session?.user.id ?? '']
  const rooms = await Promise.all(
    Array.from({ length: ROOMS }, (_, i) => alice.conversations.create({ title: `${i}`, userIds })),
  )
  for (let i = 0; i < EACH; i++)
    for (const { id } of rooms) await alice.messages.send({ conversationId: id, data: '@bob' })
  await sql`update messages.messages set sent_at = sent_at - interval '3 hours'`
  await outage.end()
  await settle('both are under way', () => devices.every(({ asked }) => asked === 1), PATIENCE_MS)
  await crashing.crash()
  gate.resolve()
  await Promise.all([alice.close(), bob.close()])
  await letLeasesEnd(sql)
  await using again = await start()
  await settle('nothing waits', () => isAllSent(sql), PATIENCE_MS)
  const summary = { type: 'summary', count: ROOMS * EACH, conversations: ROOMS }
  for (const { arrived } of devices) {
    expect(arrived.map(({ message }) => message)).toMatchObject([summary, summary])
    expect(new Set(arrived.map(({ headers }) => headers.topic)).size).toBe(1)
  }
  expect(push.faults).toEqual([])
  expect(await again.stop()).toBe(0)
}, 360_000)

async function register({ url }: SpawnedProduct, username: string) {
  const client = createClient({ url })
  await client.users.register({ username, password: 'a pass phrase for tests' })
  return client
}

async function beginOutage(sql: Sql) {
  const over = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const held = sql.begin(async (trx) => {
    await trx`select pg_advisory_xact_lock(${NOTIFYING_LOCK})`
    begun.resolve()
    await over.promise
  })
  await begun.promise
  return {
    async end() {
      over.resolve()
      await held
    },
  }
}

/** What a dead process has taken another may take now, and not only in half a minute. */
const letLeasesEnd = (sql: Sql) => sql`update notifications.topics set next_at = now()`

async function isAllSent(sql: Sql): Promise<boolean> {
  const topics = await sql<{ state: string }[]>`select state from notifications.topics`
  return topics.length === DEVICES && topics.every(({ state }) => state === 'shown')
}
