import type { SyncAnswer } from '@chatapp/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Booted, boot, type Person } from './boot.ts'

let chat: Booted
beforeAll(async () => {
  chat = await boot({ lobby: false })
})
afterAll(() => chat[Symbol.asyncDispose]())

/** In so many groups, in each of which the last message is so long; the later the newer. */
async function join(person: Person, groups: number, textLength: number): Promise<void> {
  await chat.admin`
    insert into messages.conversations (id, kind, title, created_at, last_message_at, last_position, last_version, member_count)
    select md5(${person.username} || c)::uuid, 'group', lpad(c::text, 4, '0'), now(), now() + c * interval '1 s', 1, 1, 1
    from generate_series(1, ${groups}::int) c`
  await chat.admin`
    insert into messages.participants (conversation_id, user_id, role, joined_at, joined_position,
      delivered_position, read_position, version, notify)
    select md5(${person.username} || c)::uuid, ${person.id}, 'member', now(), 0, 0, 0, 1, 'all'
    from generate_series(1, ${groups}::int) c`
  await chat.admin`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind, body, sent_at)
    select md5(${person.username} || c)::uuid, 1, 1, ${person.id}, 'k', 'text',
      repeat('x', ${textLength}::int), now()
    from generate_series(1, ${groups}::int) c`
}

const sync = async (person: Person, conversations: Record<string, number>) =>
  (await person.call<SyncAnswer>('POST', '/api/messages/sync', { conversations })).body

test('one answer adds at most 500 conversations, latest activity first, and says that there are more', async () => {
  const alice = await chat.join('alice')
  await join(alice, 503, 10)
  const first = await sync(alice, {})
  expect(first.added).toHaveLength(500)
  expect(first.more).toBe(true)
  const titles = first.added.map(({ title }) => title)
  expect(titles).toEqual(titles.toSorted().toReversed())
  expect(titles[0]).toBe('0503')
  const known = Object.fromEntries(first.added.map(({ id, version }) => [id, version]))
  const second = await sync(alice, known)
  expect(second.added).toHaveLength(3)
  expect(second.more).toBeUndefined()
})

test('long last messages make an answer shorter', async () => {
  const bob = await chat.join('bob')
  await join(bob, 450, 10_000)
  const { added, more } = await sync(bob, {})
  expect(added).toHaveLength(400)
  expect(more).toBe(true)
})

test('who does not say that they know of more gets all conversations in one answer', async () => {
  const carol = await chat.join('carol')
  carol.accept = 'application/json'
  await join(carol, 503, 10)
  const { added, more } = await sync(carol, {})
  expect(added).toHaveLength(503)
  expect(more).toBeUndefined()
  // As the socket's frame does.
  expect((await chat.messages.api.sync(carol.id, {})).added).toHaveLength(503)
})

test('an answer to them has an end all the same', async () => {
  const dan = await chat.join('dan')
  dan.accept = 'application/json'
  await join(dan, 1_750, 10_000)
  const { added, more } = await sync(dan, {})
  expect(added).toHaveLength(1_600)
  expect(more).toBe(true)
}, 60_000)
