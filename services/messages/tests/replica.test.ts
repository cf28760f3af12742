import { type Replicated, settle, startReplicated } from '@chatapp/dev-env'
import type { Conversation, Message } from '@chatapp/protocol'
import { connectPostgres, type Postgres } from '@chatapp/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

const MESSAGES = 1_000

let servers: Replicated
let chat: Booted
let alice: Person
let bob: Person
let room: Conversation

beforeAll(async () => {
  servers = await startReplicated()
  const { database } = servers
  chat = await boot({
    database,
    target: { ...database.targetOf('messages'), replicaUrl: servers.replicaUrlOf('messages') },
  })
  ;[alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
  room = await group(alice, [bob])
  await Promise.all(Array.from({ length: MESSAGES }, (_, i) => send(alice, room.id, `text ${i}`)))
})
afterAll(async () => {
  await chat[Symbol.asyncDispose]()
  await servers[Symbol.asyncDispose]()
})

interface Page {
  items: Message[]
  before: number | null
  after: number | null
}

async function page(before: number, person = bob): Promise<Page> {
  const url = `/api/messages/${room.id}?before=${before}&limit=50`
  const { status, body } = await person.call<Page>('GET', url)
  expect(status).toBe(200)
  return body
}

/** Who has given old pages so far. */
async function pagesFrom(from: 'replica' | 'behind' | 'away'): Promise<number> {
  const { values } = (await chat.metrics
    .getSingleMetric('chatapp_messages_old_pages_total')
    ?.get()) ?? {
    values: [],
  }
  return values.find(({ labels }) => labels.from === from)?.value ?? 0
}

/** Old pages until one of them comes from there. */
const pageFrom = (from: 'replica' | 'behind' | 'away', before = 300) =>
  settle(`a page from the ${from}`, async () => {
    const earlier = await pagesFrom(from)
    const found = await page(before)
    return (await pagesFrom(from)) > earlier && found
  })

const paused = async (work: (postgres: Postgres<unknown>) => Promise<void>) => {
  await using replica = await connectPostgres({
    target: servers.replica,
    name: 'tests',
    maxConnections: 1,
  })
  await replica.sql`select pg_wal_replay_pause()`
  await settle('the replica stands still', async () => {
    const [row] = await replica.sql`select pg_get_wal_replay_pause_state() = 'paused' as yes`
    return row?.yes
  })
  try {
    await work(replica)
  } finally {
    await replica.sql`select pg_wal_replay_resume()`
  }
}

test('an old page comes from the replica, and is the same', async () => {
  const found = await pageFrom('replica', 200)
  expect(found.items.map((m) => m.position)).toEqual(Array.from({ length: 50 }, (_, i) => i + 150))
  const around = await bob.call<Page>('GET', `/api/messages/${room.id}?around=174&limit=50`)
  expect(found.items).toEqual(around.body.items)
  expect([found.before, found.after]).toEqual([around.body.before, around.body.after])
})

test('a page near the head comes from the primary', async () => {
  const before = await Promise.all((['replica', 'behind', 'away'] as const).map(pagesFrom))
  await page(MESSAGES - 100)
  expect(await Promise.all((['replica', 'behind', 'away'] as const).map(pagesFrom))).toEqual(before)
})

test('what was unsent does not come back from a replica that is behind', async () => {
  await pageFrom('replica')
  const message = (await page(300)).items.at(-1)
  await paused(async ({ sql }) => {
    const answer = await alice.call('PUT', `/api/messages/unsent/${message?.id}`)
    expect(answer.status).toBe(200)
    const [old] = await sql`
      select body from messages.messages where conversation_id = ${room.id} and position = 299`
    expect(old?.body).toMatch(/^text/)
    const shown = (await pageFrom('behind')).items.at(-1)
    expect(shown).toMatchObject({ position: 299, data: null })
  })
  const later = (await pageFrom('replica')).items.at(-1)
  expect(later).toMatchObject({ position: 299, data: null })
})

test('whoever was removed sees nothing of it, however far the replica is', async () => {
  const carol = await chat.join('carol')
  await alice.call('POST', `/api/participant/${room.id}`, { userIds: [carol.id] })
  await pageFrom('replica')
  await paused(async () => {
    await alice.call('DELETE', `/api/participant/${room.id}/${carol.id}`)
    const { status } = await carol.call('GET', `/api/messages/${room.id}?before=300`)
    expect(status).toBe(404)
  })
})

test('while the replica is away the primary answers, and afterwards the replica again', async () => {
  await pageFrom('replica')
  await servers.stopReplica()
  const found = await pageFrom('away')
  expect(found.items).toHaveLength(50)
  await servers.startReplica()
  chat.setClock(60_000)
  expect((await pageFrom('replica')).items).toEqual(found.items)
})
