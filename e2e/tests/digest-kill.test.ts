import {
  createTestDatabase,
  type MailServer,
  makeFolder,
  removeFolder,
  type SpawnedProduct,
  settle,
  spawnProduct,
  startMailServer,
  type TestDatabase,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { connectPostgres, type Sql } from '@chatapp/service-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { verifyAddress } from './absence.ts'

const PEOPLE = 10
/** So many go to the mail server side by side. */
const AT_ONCE = 2
const PATIENCE_MS = 120_000
const PUBLIC_URL = 'https://chat.example.org'

let directory: string
let mail: MailServer
let database: TestDatabase

beforeEach(async () => {
  directory = await makeFolder()
  mail = await startMailServer()
  database = await createTestDatabase()
}, PATIENCE_MS)
afterEach(async () => {
  await database[Symbol.asyncDispose]()
  await mail[Symbol.asyncDispose]()
  await removeFolder(directory)
})

const start = () =>
  spawnProduct({
    directory,
    database,
    env: { SMTP_URL: mail.url, PUBLIC_URL, MAIL_DIGEST: 'hour' },
  })

const digestsTo = (address: string) =>
  mail.mails.filter(({ to, subject }) => to === address && subject === 'A message waits for you')

test('after kill -9 between sending a digest and writing it down, in the middle of many, nobody misses theirs and none comes a third time', async () => {
  await using postgres = await connectPostgres({ target: database.admin, name: 'tests' })
  const { sql } = postgres
  const gate = Promise.withResolvers<void>()
  await using crashing = await start()
  const addresses = await writeToMany(crashing, sql)
  const unlucky = addresses[PEOPLE / 2] ?? ''
  mail.held.set(unlucky, gate.promise)
  await letADayPass(sql)
  await settle('a digest is taken', () => digestsTo(unlucky).length === 1, PATIENCE_MS)
  await crashing.crash()
  gate.resolve()
  expect(await countOf(sql, 'waiting')).toBeGreaterThan(0)
  await letLeasesEnd(sql)
  await using again = await start()
  await settle('all are sent', async () => (await countOf(sql, 'sent')) === PEOPLE, PATIENCE_MS)
  const counts = addresses.map((address) => digestsTo(address).length)
  expect(counts.filter((count) => count !== 1 && count !== 2)).toEqual([])
  expect(counts.filter((count) => count === 2).length).toBeLessThanOrEqual(AT_ONCE)
  const ids = digestsTo(unlucky).map(({ headers }) => headers['message-id'])
  expect([ids.length, new Set(ids).size]).toEqual([2, 1])
  expect(await countOf(sql, 'waiting')).toBe(0)
  expect(await again.stop()).toBe(0)
}, 360_000)

/** People who are away, each with a message; resolves to their addresses. */
async function writeToMany({ url }: SpawnedProduct, sql: Sql): Promise<string[]> {
  const register = async (username: string) => {
    const client = createClient({ url })
    const session = await client.users.register({ username, password: 'a pass phrase for tests' })
    return { username, client, userId: session.user.id }
  }
  const alice = await register('alice')
  const names = Array.from({ length: PEOPLE }, (_, i) => `person${i}`)
  const people = await Promise.all(names.map(register))
  const addresses = await Promise.all(people.map((person) => verifyAddress(mail, person)))
  for (const { userId } of people) {
    const { id } = await alice.client.conversations.openDirect(userId)
    await alice.client.messages.send({ conversationId: id, data: 'The soup is ready' })
  }
  const isWaiting = async () => {
    const rows = await sql`select 1 from notifications.digests where waiting_since is not null`
    return rows.length === PEOPLE
  }
  await settle('something waits for all', isWaiting, PATIENCE_MS)
  for (const { client } of [alice, ...people]) await client.close()
  return addresses
}

const letADayPass = (sql: Sql) => sql`
  update notifications.digests set waiting_since = waiting_since - interval '1 day', look_at = now(),
    seen_at = seen_at - interval '1 day'`

/** What a dead process has taken another may take now, and not only in minutes. */
const letLeasesEnd = (sql: Sql) =>
  sql`update notifications.mails set next_at = now() where state = 'waiting'`

async function countOf(sql: Sql, state: string): Promise<number> {
  const rows = await sql`
    select 1 from notifications.mails where kind = 'digest' and state = ${state}`
  return rows.length
}
