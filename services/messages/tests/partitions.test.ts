import { createTestDatabase, settle } from '@chatapp/dev-env'
import { connectPostgres, migrate, type Queries, type Sql } from '@chatapp/service-kit'
import { expect, test } from 'vitest'
import { migrations } from '../src/db/migrations/index.ts'

const MOVED_BY = '0004-partitions'
const before = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < MOVED_BY))

test('messages move into partitions as they are, and who runs the version before goes on', async () => {
  await using database = await createTestDatabase()
  const target = database.targetOf('messages')
  await migrate(target, 'messages', before)
  await using older = await connectPostgres({ target, name: 'tests', maxConnections: 2 })
  await fill(older.sql)
  const [sumBefore, keysBefore] = [await checksum(older.sql), await listKeys(older.sql)]
  expect(sumBefore.count).toBe(5_000)

  // The version before is in the middle of a send: the move waits for it, and its next one for the move.
  const { send, moved } = await sendAcross(older.sql, () => migrate(target, 'messages', migrations))
  await send
  expect(await moved).toContain(MOVED_BY)

  const sumAfter = await checksum(older.sql)
  expect(sumAfter.count).toBe(5_002)
  await older.sql`delete from messages.messages where client_id like 'across%'`
  expect(await checksum(older.sql)).toEqual(sumBefore)
  expect(await listKeys(older.sql)).toEqual(keysBefore)
  const places = await older.sql`
    select distinct relname as place from messages.messages m join pg_class c on c.oid = m.tableoid order by 1`
  expect(places.map((row) => row.place)).toEqual(
    Array.from({ length: 4 }, (_, i) => `messages_${i}`),
  )
  const [status] = await older.sql`select count(*)::int from messages.message_status`
  expect(status?.count).toBe(5_000)
})

test('a move that is interrupted leaves the table as it was', async () => {
  await using database = await createTestDatabase()
  const target = database.targetOf('messages')
  await migrate(target, 'messages', before)
  await using admin = await connectPostgres({ target: database.admin, name: 'tests' })
  await fill(admin.sql)
  const sumBefore = await checksum(admin.sql)
  const moving = admin.sql.begin(async (sql) => {
    // Somebody is about to take the name of the last part, so it is in the middle when it ends.
    await sql`create table messages.messages_3 ()`
    const move = migrate(target, 'messages', migrations).catch((error: Error) => error)
    await settle('it waits for the last part', async () => {
      const [row] = await admin.sql`
        select pg_terminate_backend(pid) as ended from pg_stat_activity
        where application_name = 'chatapp messages migrations' and wait_event_type = 'Lock'
          and datname = current_database() and query like 'create table messages.messages_3%'`
      return row?.ended
    })
    expect(await move).toBeInstanceOf(Error)
    throw new Error('the name stays free')
  })
  await expect(moving).rejects.toThrow('the name stays free')
  expect(await checksum(admin.sql)).toEqual(sumBefore)
  expect(await migrate(target, 'messages', migrations)).toContain(MOVED_BY)
  expect(await checksum(admin.sql)).toEqual(sumBefore)
})

async function fill(sql: Sql): Promise<void> {
  await sql`
    insert into messages.participants (conversation_id, user_id, role, joined_at, joined_position,
      delivered_position, read_position, version, notify)
    select md5('c' || c)::uuid, md5('u' || u)::uuid, 'member', now(), 0, 0, 0, 1, 'all'
    from generate_series(1, 100) c, generate_series(1, 2) u`
  await sql`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind,
      body, mentions, reactions, sent_at, unsent_at)
    select md5('c' || c)::uuid, p, p, md5('u1')::uuid, 'k' || p, 'text',
      case p % 10 when 0 then null else 'text ' || p end, array[md5('u2')::uuid],
      '[{"emoji": "👍", "userIds": []}]', now(), case p % 10 when 0 then now() end
    from generate_series(1, 100) c, generate_series(1, 50) p`
}

const insert = (sql: Queries, position: number) => sql`
  insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind, body, sent_at)
  values (md5('c1')::uuid, ${position}, ${position}, md5('u2')::uuid, ${`across ${position}`}, 'text', 'x', now())`

/** One send holds its transaction open until the move waits for it; another comes meanwhile. */
async function sendAcross<T>(sql: Sql, move: () => Promise<T>) {
  const connection = await sql.reserve()
  await connection`begin`
  await connection`select m.* from messages.messages m where conversation_id = md5('c1')::uuid`
  await insert(connection, 51)
  const moved = move()
  await settle('the move waits', async () => {
    const [row] = await sql`
      select 1 from pg_stat_activity where application_name = 'chatapp messages migrations'
        and wait_event_type = 'Lock' and datname = current_database()`
    return row
  })
  const send = insert(sql, 52).then(() => {})
  await connection`commit`
  connection.release()
  return { send, moved }
}

async function checksum(sql: Sql) {
  const [row] = await sql<{ count: number; sum: string }[]>`
    select count(*)::int as count, md5(string_agg(m::text, ',' order by conversation_id, position)) as sum
    from messages.messages m`
  return row ?? { count: 0, sum: '' }
}

/** Indexes of the table as a whole, without the names of their parts. */
async function listKeys(sql: Sql): Promise<string[]> {
  const rows = await sql<{ definition: string }[]>`
    select replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as definition from pg_index
    where indrelid = 'messages.messages'::regclass order by 1`
  return rows.map((row) => row.definition)
}
