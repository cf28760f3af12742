import type { Sql } from '../product/database.ts'
import type { Room } from '../product/rooms.ts'
import type { Progress } from '../progress.ts'

const CHUNK = 250_000

interface Store {
  /** A superuser's look at the database. */
  sql: Sql
  progress: Progress
}

/** Fills a room by SQL as if its two members had written in turn for a long time. */
export async function fillArchive(store: Store, room: Room, messages: number): Promise<void> {
  const { sql, progress } = store
  const senders = room.members.map((person) => person.id)
  const [head] = await sql<{ last_position: number; last_version: number }[]>`
    select last_position, last_version from messages.conversations where id = ${room.id}`
  if (!head) throw new Error('the archive has no conversation')
  for (let from = 1; from <= messages; from += CHUNK) {
    progress.say(`Storing message ${from} of ${messages}`)
    await sql`
      insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind,
        body, sent_at, unsent_at)
      select ${room.id}, ${head.last_position} + n, ${head.last_version} + n,
        (${senders}::uuid[])[1 + n % 2], 'archive-' || n, 'text',
        case when n % 200 = 0 then null else 'Message number ' || n || repeat(' of many', 12) end,
        now() - interval '1 second' * (${messages} - n), case when n % 200 = 0 then now() end
      from generate_series(${from}::int, ${Math.min(from + CHUNK - 1, messages)}::int) as n`
  }
  await moveHeads(store, { room, ...head, messages })
}

interface Filled {
  room: Room
  last_position: number
  last_version: number
  messages: number
}

/** The reader has read half of it, so that the unread ones have to be counted. */
async function moveHeads({ sql }: Store, filled: Filled): Promise<void> {
  const { room, messages } = filled
  const position = filled.last_position + messages
  await sql`
    update messages.conversations
    set last_position = ${position}, last_version = ${filled.last_version + messages},
      last_message_at = now()
    where id = ${room.id}`
  const half = position - Math.floor(messages / 2)
  await sql`
    update messages.participants set read_position = ${half}, delivered_position = ${half}
    where conversation_id = ${room.id}`
}
