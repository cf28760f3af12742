import { randomUUID } from 'node:crypto'
import { connectTo, type Sql } from '../product/database.ts'
import type { InsertOrder } from './inserts.ts'

// The least that storing messages can cost: rows like those of real messages into the same table,
// with neither locks nor numbering nor anybody to tell.

const BATCH = 500
const CONVERSATIONS = 100
const TEXT = 'x'.repeat(128)

// Comes from the process that started this one.
const order: InsertOrder = JSON.parse(process.env.INSERT_ORDER ?? '{}')
const conversations = Array.from({ length: CONVERSATIONS }, () => randomUUID())
const sql = connectTo(order.login)
const size = order.kind === 'batched' ? BATCH : 1
let position = 0

await insert(sql)
const start = performance.now()
const end = start + order.seconds * 1000
let rows = 0
while (performance.now() < end) {
  await insert(sql)
  rows += size
}
const seconds = (performance.now() - start) / 1000
await sql`delete from messages.messages where conversation_id = any(${conversations}::uuid[])`
await sql.end()
console.log(`inserted ${rows / seconds} a second`)

/** One statement, so one transaction and one commit. */
function insert(sql: Sql): PromiseLike<unknown> {
  const numbers = Array.from({ length: size }, () => position++)
  const positions = numbers.map((n) => 1 + Math.floor(n / CONVERSATIONS))
  const where = numbers.map((n) => conversations[n % CONVERSATIONS] ?? '')
  return sql`
    insert into messages.messages
      (conversation_id, position, version, sender_id, client_id, kind, body, sent_at)
    select c, p, p, c, k, 'text', b, ${new Date().toISOString()}::timestamptz
    from unnest(${where}::uuid[], ${positions}::int[], ${numbers.map(String)}::text[],
      ${numbers.map(() => TEXT)}::text[]) as t (c, p, k, b)`
}
