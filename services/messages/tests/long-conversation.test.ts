import { settle } from '@chatapp/dev-env'
import { expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

const LONG = 20_000
/** A page, and as many proposals as may be read for it. */
const ROWS_MAX = 500
/** A connection tells what it has read once a second. */
const TOLD_WITHIN_MS = 2_500

test('where one conversation is much longer than the others, no more of it is read than is shown', async () => {
  await using chat = await boot()
  const alice = await chat.join('alice')
  const bob = await chat.join('bob')
  await chat.messages.start()
  const room = await group(alice, [bob])
  const { position } = await send(bob, room.id, 'hello @alice about walnuts')
  const isIndexed = async () =>
    (await chat.admin`select 1 from messages.outbox where consumer = 'search'`).length === 0
  await settle('everything is indexed', isIndexed)
  await repeat(chat, room.id, position)
  await chat.admin`analyze`

  const search = `/api/messages/search?q=walnuts&limit=50`
  expect(await rowsFor(chat, () => show(alice, search))).toBeLessThan(ROWS_MAX)
  const activity = '/api/messages/activity?limit=50'
  expect(await rowsFor(chat, () => show(alice, activity))).toBeLessThan(ROWS_MAX)
})

async function show(person: Person, path: string): Promise<void> {
  const { body } = await person.call<{ items: unknown[] }>('GET', path)
  expect(body.items).toHaveLength(50)
}

/** The same message again and again, with what the index and the activity list know of it. */
async function repeat(chat: Booted, room: string, position: number): Promise<void> {
  await chat.admin`
    insert into messages.conversations (id, kind, created_at, last_message_at)
    select md5('c' || c)::uuid, 'group', now(), now() from generate_series(1, 1000) c`
  await chat.admin`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind, body, mentions, sent_at)
    select id, n, n, sender_id, 'again ' || n, kind, body, mentions, sent_at
    from messages.messages, lateral (
      select ${room}::uuid as id, generate_series(${position + 1}::int, ${LONG}::int) as n
      union all
      select md5('c' || c)::uuid, n from generate_series(1, 1000) c, generate_series(1, 3) n
    ) as copies
    where conversation_id = ${room} and position = ${position}`
  await chat.admin`
    insert into messages.search_documents
    select (jsonb_populate_record(d, jsonb_build_object('position', n))).*
    from messages.search_documents d, generate_series(${position + 1}::int, ${LONG}::int) n
    where conversation_id = ${room} and position = ${position}`
  await chat.admin`
    insert into messages.activity
    select (jsonb_populate_record(a, jsonb_build_object('position', n))).*
    from messages.activity a, generate_series(${position + 1}::int, ${LONG}::int) n
    where conversation_id = ${room} and position = ${position}`
  await chat.admin`
    update messages.conversations set last_position = ${LONG}, last_version = ${LONG} where id = ${room}`
  // What is unread is counted, one by one.
  await chat.admin`
    update messages.participants set delivered_position = ${LONG}, read_position = ${LONG}
    where conversation_id = ${room}`
}

/** How many messages PostgreSQL reads each time. */
async function rowsFor(chat: Booted, read: () => Promise<void>): Promise<number> {
  const before = await rowsRead(chat)
  const start = performance.now()
  let times = 0
  for (; performance.now() < start + TOLD_WITHIN_MS; times++) await read()
  const rows = (await rowsRead(chat)) - before
  expect(rows).toBeGreaterThan(0)
  return rows / times
}

async function rowsRead(chat: Booted): Promise<number> {
  const [row] = await chat.admin<{ rows: number }[]>`
    select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read)::float8 as rows
    from pg_stat_user_tables where schemaname = 'messages' and relname ~ '^messages'`
  return row?.rows ?? 0
}
