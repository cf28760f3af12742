import {
  createTestDatabase,
  hasPgBouncer,
  type PgBouncer,
  startPgBouncer,
  type TestDatabase,
} from '@chatapp/dev-env'
import type { Conversation, Message, SyncAnswer } from '@chatapp/protocol'
import { connectPostgres, openPostgres } from '@chatapp/service-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Booted, boot, group, history, type Person, send, unread } from './boot.ts'

const SENDS = 400

describe.skipIf(!hasPgBouncer())('behind a PgBouncer in transaction mode', () => {
  let database: TestDatabase
  let pooler: PgBouncer
  let chat: Booted
  let alice: Person
  let bob: Person

  beforeAll(async () => {
    database = await createTestDatabase()
    pooler = await startPgBouncer(database)
    chat = await boot({ database, target: pooler.targetOf('messages') })
    ;[alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
  })
  afterAll(async () => {
    await chat[Symbol.asyncDispose]()
    await pooler[Symbol.asyncDispose]()
  })

  test('sends, receipts, sync and pages of many at once keep every promise', async () => {
    const rooms = await Promise.all(Array.from({ length: 8 }, () => group(alice, [bob])))
    await Promise.all(rooms.map((room) => chatIn(room, 40)))
    for (const room of rooms) {
      const texts = (await history(bob, room.id)).filter((m) => m.kind === 'text')
      expect(texts.map((m) => m.position)).toEqual(Array.from({ length: 40 }, (_, i) => i + 2))
      expect(await unread(bob, room.id)).toBe(20)
    }
  })

  /** Alice writes, Bob reads up to half of it, and both look things up on the way. */
  async function chatIn(room: Conversation, count: number): Promise<void> {
    const sent = await Promise.all(
      Array.from({ length: count }, (_, i) => send(alice, room.id, `needle ${i}`)),
    )
    const read = Math.max(...sent.map((m) => m.position)) - count / 2
    const answers = await Promise.all([
      bob.call('PUT', `/api/messages/receipts/${room.id}`, { read }),
      bob.call('GET', `/api/messages/search?q=needle`),
      bob.call('GET', `/api/messages/member?conversationId=${room.id}`),
      bob.call<SyncAnswer>('POST', '/api/messages/sync', { conversations: { [room.id]: 1 } }),
      alice.call('GET', `/api/messages/read/${sent[0]?.id}`),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  }

  test('when the pooler ends again and again, what was acknowledged is there, once and in order', async () => {
    const room = await group(alice, [bob])
    const acknowledged = new Map<string, Message>()
    const work = Array.from({ length: SENDS }, (_, i) => `k${i}`)
    const worker = async () => {
      for (let id = work.pop(); id; id = work.pop()) acknowledged.set(id, await insist(room, id))
    }
    const workers = Array.from({ length: 20 }, worker)
    for (let restarts = 0; restarts < 3; restarts++) {
      const seen = acknowledged.size
      await pooler.restart()
      await expect
        .poll(() => acknowledged.size > seen || work.length === 0, { timeout: 20_000 })
        .toBe(true)
    }
    await Promise.all(workers)
    const stored = (await history(bob, room.id)).filter((m) => m.kind === 'text')
    expect(stored.map((m) => m.position)).toEqual(Array.from({ length: SENDS }, (_, i) => i + 2))
    const byPosition = [...acknowledged.values()].sort((a, b) => a.position - b.position)
    expect(byPosition.map((m) => m.id)).toEqual(stored.map((m) => m.id))
    expect(await unread(bob, room.id)).toBe(SENDS)
  })

  /** As a client does: the same client id until there is an answer. */
  async function insist(room: Conversation, clientId: string): Promise<Message> {
    for (;;) {
      const body = { conversationId: room.id, clientId, data: clientId }
      const answer = await alice.call<Message>('POST', '/api/messages/send', body)
      if (answer.status === 200 || answer.status === 201) return answer.body
      expect(answer.status).toBe(503)
    }
  }

  test('a transaction has its limits there, and leaves none behind', async () => {
    await using postgres = openPostgres({
      target: pooler.targetOf('messages'),
      name: 'tests',
      maxConnections: 1,
      settings: { plan_cache_mode: 'force_generic_plan' },
    })
    const inside = await postgres.sql.begin(
      async (sql) =>
        sql`select current_setting('lock_timeout') as lock, current_setting('plan_cache_mode') as plans`,
    )
    expect(inside).toEqual([{ lock: '5s', plans: 'force_generic_plan' }])
    const [outside] = await postgres.sql`select current_setting('plan_cache_mode') as plans`
    expect(outside).toEqual({ plans: 'auto' })
  })

  test('whoever does not know of the pooler is told what to set', async () => {
    const { socket } = pooler.targetOf('messages')
    await expect(
      connectPostgres({ target: { ...(socket && { socket }) }, name: 'tests' }),
    ).rejects.toThrow(/A pooler answers .*; set DATABASE_POOLER to transaction/)
  })
})
