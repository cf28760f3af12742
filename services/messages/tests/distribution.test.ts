import { createTestDatabase } from '@chatapp/dev-env'
import type { Conversation } from '@chatapp/protocol'
import { connectPostgres, type Postgres } from '@chatapp/service-kit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'
import { type StatementTap, tapStatements } from './statement-tap.ts'

let tap: StatementTap
let chat: Booted
let planner: Postgres<unknown>
let alice: Person
let bob: Person
let room: Conversation

beforeAll(async () => {
  const database = await createTestDatabase()
  tap = await tapStatements(database.targetOf('messages'))
  chat = await boot({ database, target: tap.target })
  planner = await connectPostgres({
    target: database.admin,
    name: 'tests',
    maxConnections: 1,
    // As if there were a thousand times as many rows.
    settings: {
      enable_seqscan: 'off',
      enable_bitmapscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
    },
  })
  ;[alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
  room = await group(alice, [bob])
  await send(alice, room.id, 'first')
  await crowd()
})
afterAll(async () => {
  await planner[Symbol.asyncDispose]()
  await chat[Symbol.asyncDispose]()
  await tap[Symbol.asyncDispose]()
})

/** Others' conversations, so that a look without the key is a costly one. */
async function crowd(): Promise<void> {
  await chat.admin`
    insert into messages.conversations (id, kind, created_at, last_message_at)
    select md5('c' || c)::uuid, 'group', now(), now() from generate_series(1, 2000) c`
  await chat.admin`
    insert into messages.participants (conversation_id, user_id, role, joined_at, joined_position,
      delivered_position, read_position, version, notify)
    select md5('c' || c)::uuid, md5('u' || c + u)::uuid, 'member', now(), 0, 0, 0, 1, 'all'
    from generate_series(1, 2000) c, generate_series(1, 5) u`
  await chat.admin`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind, body, sent_at)
    select md5('c' || c)::uuid, p, p, md5('u' || c + 1)::uuid, 'k' || p, 'text', 'text', now()
    from generate_series(1, 2000) c, generate_series(1, 10) p`
  await chat.admin`
    insert into messages.activity
    select conversation_id, position, md5('u' || position)::uuid, 'mention', sender_id, sent_at
    from messages.messages`
  await chat.admin`
    insert into messages.drafts (conversation_id, user_id, text, updated_at)
    select conversation_id, user_id, 'draft', now() from messages.participants`
  await chat.admin`analyze`
}

const hot: Record<string, () => Promise<unknown>> = {
  send: () => send(alice, room.id, 'hello @bob'),
  'a page before': () => bob.call('GET', `/api/messages/${room.id}?before=2`),
  'a page around': () => bob.call('GET', `/api/messages/${room.id}?around=2`),
  receipts: () => bob.call('PUT', `/api/messages/receipts/${room.id}`, { read: 2 }),
  members: () => bob.call('GET', `/api/messages/member?conversationId=${room.id}`),
  edit: async () => {
    const { id } = await send(alice, room.id, 'to edit')
    return alice.call('PUT', `/api/messages/edit/${id}`, { data: 'edited, @bob' })
  },
  unsend: async () => {
    const { id } = await send(alice, room.id, 'to unsend')
    return alice.call('PUT', `/api/messages/unsent/${id}`)
  },
  'receipts of late': () => chat.messages.api.receiptsWithin([room.id], 60_000),
  'who has read': async () => {
    const { id } = await send(alice, room.id, 'to read')
    return alice.call('GET', `/api/messages/read/${id}`)
  },
}

/** Those begin with a person, whose conversations are anywhere: each asks all parts, once. */
const ofAPerson: typeof hot = {
  list: () => bob.call('GET', '/api/conversations'),
  sync: () => bob.call('POST', '/api/messages/sync', { conversations: { [room.id]: 1 } }),
  search: () => bob.call('GET', '/api/messages/search?q=hello'),
  activity: () => bob.call('GET', '/api/messages/activity'),
  'unread activity': () => bob.call('GET', '/api/messages/activity?filter=unread'),
  standings: () => chat.messages.api.standings(bob.id),
}

test.each(Object.keys(hot))('%s finds every row by its conversation', async (name) => {
  const scans = await scansOf(hot[name])
  expect(scans.length).toBeGreaterThan(0)
  expect(scans.filter((scan) => !isByConversation(scan))).toEqual([])
})

test.each(Object.keys(ofAPerson))(
  '%s finds a person’s conversations, and the rest by them',
  async (name) => {
    const scans = await scansOf(ofAPerson[name])
    const others = scans.filter((scan) => !isByConversation(scan))
    expect(others.length).toBeGreaterThan(0)
    for (const { table, condition } of others) {
      expect(['participants', 'activity']).toContain(table)
      expect(condition).toMatch(/user_id = /)
    }
  },
)

interface Scan {
  table: string
  condition: string
  statement: string
}

interface Plan {
  'Node Type': string
  'Relation Name'?: string
  Operation?: string
  'Index Cond'?: string
  Filter?: string
  Plans?: Plan[]
}

const KEYS: Record<string, RegExp> = {
  conversations: /\bid = /,
  participants: /\bconversation_id = /,
  messages: /\bconversation_id = /,
  drafts: /\bconversation_id = /,
  activity: /\bconversation_id = /,
  status_advances: /\bconversation_id = /,
}

const isByConversation = ({ table, condition }: Scan) => KEYS[table]?.test(condition) ?? false

/** Every look into a table that belongs to conversations. */
async function scansOf(run: (() => Promise<unknown>) | undefined): Promise<Scan[]> {
  tap.take()
  await run?.()
  const statements = tap
    .take()
    .filter((text) => /^\s*(select|with|insert|update|delete)\b/i.test(text))
  const scans = await Promise.all(statements.map(explain))
  return scans.flat().filter(({ table }) => table in KEYS)
}

async function explain(statement: string): Promise<Scan[]> {
  const { rows } = await sql
    .raw<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (generic_plan, format json) ${statement}`)
    .execute(planner.db)
  const [plan] = rows[0]?.['QUERY PLAN'] ?? []
  return plan ? scansIn(plan.Plan, statement) : []
}

/** What is inserted or changed is named by the row itself; how it was found, by the scans below. */
function scansIn(plan: Plan, statement: string): Scan[] {
  const below = (plan.Plans ?? []).flatMap((child) => scansIn(child, statement))
  const table = plan['Relation Name']?.replace(/^messages_\d+$/, 'messages')
  if (!table || plan.Operation) return below
  // In a small table any index may do; what it does not cover is a filter of the same scan.
  const condition = `${plan['Index Cond'] ?? ''} ${plan.Filter ?? ''}`
  return [{ table, condition, statement }, ...below]
}
