import { settle } from '@chatapp/dev-env'
import { expect, test } from 'vitest'
import { type Booted, boot, group, type Person, send } from './boot.ts'

test.each([
  ['as PostgreSQL takes them to be until it has looked', false],
  ['once it has looked at the tables', true],
])(
  'what happens is stored, indexed and told without reading all messages: %s',
  async (_, isAnalysed) => {
    await using chat = await boot()
    await chat.messages.start()
    const [alice, bob] = (await Promise.all(['alice', 'bob'].map(chat.join))) as [Person, Person]
    const rooms = await Promise.all(Array.from({ length: 20 }, () => group(alice, [bob])))
    await crowd(chat)
    if (isAnalysed) await chat.admin`analyze`
    await untilTold(chat)
    await forgetScans(chat)

    for (let round = 1; round <= 5; round++) {
      await Promise.all(rooms.map((room) => send(alice, room.id, `hello @bob, ${round}`)))
      await Promise.all(
        rooms.map(async (room) => {
          const { id } = await send(bob, room.id, 'wrong')
          await bob.call('PUT', `/api/messages/edit/${id}`, { data: 'right' })
          await send(alice, room.id, { data: 'thanks', replyTo: id })
          const { body } = await alice.call('GET', '/api/messages/search?q=right')
          expect(body.items).not.toEqual([])
        }),
      )
    }
    await untilTold(chat)
    expect(await scansOf(chat)).toEqual([])
  },
)

/** Others' conversations, enough that to read all of them at once looks cheap. */
async function crowd(chat: Booted): Promise<void> {
  await chat.admin`
    insert into messages.conversations (id, kind, created_at, last_message_at)
    select md5('c' || c)::uuid, 'group', now(), now() from generate_series(1, 2000) c`
  await chat.admin`
    insert into messages.participants (conversation_id, user_id, role, joined_at, joined_position,
      delivered_position, read_position, version, notify)
    select md5('c' || c)::uuid, md5('u' || u)::uuid, 'member', now(), 0, 0, 0, 1, 'all'
    from generate_series(1, 2000) c, generate_series(1, 5) u`
  await chat.admin`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind, body, sent_at)
    select md5('c' || c)::uuid, p, p, md5('u1')::uuid, 'k' || p, 'text', 'text', now()
    from generate_series(1, 2000) c, generate_series(1, 40) p`
}

const untilTold = (chat: Booted) =>
  settle('nothing waits', async () => {
    const rows = await chat.admin`select from messages.outbox where consumer <> 'live' limit 1`
    return rows.length === 0
  })

/** Scans are counted when a connection ends; the service opens new ones. */
async function endConnections(chat: Booted): Promise<void> {
  await chat.admin`
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and application_name like 'chatapp messages%'`
}

async function forgetScans(chat: Booted): Promise<void> {
  await endConnections(chat)
  await chat.admin`select pg_stat_reset()`
}

async function scansOf(chat: Booted) {
  await endConnections(chat)
  return chat.admin`
    select relname, seq_scan from pg_stat_user_tables
    where schemaname = 'messages' and seq_scan > 0 and relname like 'messages\_%'`
}
