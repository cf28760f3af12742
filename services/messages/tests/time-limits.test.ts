import { createTestDatabase } from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { connectPostgres, migrate, readPostgresSettings } from '@chatapp/service-kit'
import { type Kysely, sql as statement } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send, unread } from './boot.ts'

let chat: Booted
let alice: Person
let bob: Person

beforeAll(async () => {
  const database = await createTestDatabase()
  const settings = readPostgresSettings({
    DATABASE_STATEMENT_TIMEOUT: '200ms',
    DATABASE_LOCK_TIMEOUT: 'off',
  })
  chat = await boot({ database, target: { ...database.targetOf('messages'), settings } })
  ;[alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
})
afterAll(() => chat[Symbol.asyncDispose]())

test('what the database does not do in time is refused for now, and nothing of it is kept', async () => {
  const room = await group(alice, [bob])
  const { id } = await send(alice, room.id, 'before')
  const body = { conversationId: room.id, clientId: 'late', data: 'late' }
  const refused = await chat.admin.begin(async (sql) => {
    await sql`lock table messages.participants in access exclusive mode`
    return Promise.all([
      alice.call('POST', '/api/messages/send', body),
      alice.call('PUT', `/api/messages/unsent/${id}`),
      bob.call('GET', `/api/messages/member?conversationId=${room.id}`),
      bob.call('PUT', `/api/messages/receipts/${room.id}`, { read: 1 }),
    ])
  })
  for (const answer of refused)
    expect(answer).toMatchObject({ status: 503, body: { code: 'overloaded' } })
  expect((await history(bob, room.id)).map((m) => m.version)).toEqual([1, 2])
  const again = await alice.call<Message>('POST', '/api/messages/send', body)
  expect(again).toMatchObject({ status: 201, body: { position: 3, version: 3 } })
  expect(await unread(bob, room.id)).toBe(2)
})

test('a migration takes as long as it takes, whatever limit the role has', async () => {
  await using database = await createTestDatabase()
  const target = database.targetOf('messages')
  await using admin = await connectPostgres({ target: database.admin, name: 'tests' })
  const { sql } = admin
  await sql`alter role ${sql(target.socket?.username ?? '')} in database ${sql(database.name)}
    set statement_timeout = '100ms'`
  const slow = { up: async (db: Kysely<unknown>) => wait(db, 0.3) }
  expect(await migrate(target, 'messages', { slow })).toEqual(['slow'])
})

async function wait(db: Kysely<unknown>, seconds: number): Promise<void> {
  await statement`select pg_sleep(${seconds})`.execute(db)
}
