import { randomUUID } from 'node:crypto'
import { type CorpusMessage, type CorpusOptions, createCorpus } from '../corpus/corpus.ts'
import type { Needle } from '../corpus/needles.ts'
import type { Sql } from '../product/database.ts'
import type { Progress } from '../progress.ts'
import { type Correspondents, isOfHub } from './correspondents.ts'

const BATCH = 5_000
/** Of so many messages one is kept in mind, to ask for what is surely there. */
const SAMPLE_EVERY = 997

export interface Stored {
  /** Ids of the conversations, in the order of `Correspondents`. */
  ids: string[]
  needles: Hidden[]
  samples: Hidden[]
}

export interface Hidden {
  conversation: number
  position: number
  sender: number
  body: string
  needle: Needle | undefined
}

interface Store {
  sql: Sql
  progress: Progress
}

/**
 * Writes a corpus where the product keeps its conversations, as if it had been said there, and has
 * the search index take it in with the product's next start.
 */
export async function storeCorpus(
  store: Store,
  { all, conversations }: Correspondents,
  options: Omit<CorpusOptions, 'conversations'>,
): Promise<Stored> {
  const ids = conversations.map(() => randomUUID())
  const people = all.map(({ id }) => id)
  await storeConversations(store.sql, { ids, people, conversations })
  const stored: Stored = { ids, needles: [], samples: [] }
  let batch: CorpusMessage[] = []
  let count = 0
  for (const message of createCorpus({ ...options, conversations })) {
    remember(stored, message, isOfHub(conversations[message.conversation] ?? []) && count)
    count++
    batch.push(message)
    if (batch.length < BATCH && count < options.messages) continue
    await storeMessages(store.sql, { ids, people, batch })
    if (count % 100_000 === 0) store.progress.say(`Stored ${count.toLocaleString('en')} messages`)
    batch = []
  }
  await moveHeads(store.sql, ids)
  return stored
}

/** `count`: how many were before it, or false for what the hub is not in. */
function remember(
  { needles, samples }: Stored,
  { conversation, position, sender, body, needle }: CorpusMessage,
  count: number | false,
): void {
  const hidden = { conversation, position, sender, body, needle }
  if (needle) needles.push(hidden)
  else if (count !== false && count % SAMPLE_EVERY < 2) samples.push(hidden)
}

interface Scene {
  ids: string[]
  people: string[]
  conversations: number[][]
}

async function storeConversations(sql: Sql, { ids, people, conversations }: Scene): Promise<void> {
  await sql`
    insert into messages.conversations (id, kind, title, created_at, last_message_at, member_count)
    select id, 'group', 'Conversation ' || n, now() - interval '3 years', now(), members
    from unnest(${ids}::uuid[], ${conversations.map((one) => one.length)}::int[])
      with ordinality as c (id, members, n)`
  const members = conversations.flatMap((all, c) => all.map((member) => [ids[c], people[member]]))
  await sql`
    insert into messages.participants (conversation_id, user_id, role, joined_at, joined_position,
      delivered_position, read_position, version, notify)
    select c, u, 'member', now() - interval '3 years', 0, 0, 0, 1, 'all'
    from unnest(${members.map(([c = '']) => c)}::uuid[], ${members.map(([, u = '']) => u)}::uuid[])
      as p (c, u)`
}

interface Batch {
  ids: string[]
  people: string[]
  batch: CorpusMessage[]
}

async function storeMessages(sql: Sql, { ids, people, batch }: Batch): Promise<void> {
  const person = (number: number | undefined) => people[number ?? -1] ?? null
  await sql`
    insert into messages.messages (conversation_id, position, version, sender_id, client_id, kind,
      body, reply_to, mentions, sent_at)
    select c, p, p + 1, s, 'corpus-' || p, 'text', b, r, case when m is not null then array[m] end, at
    from unnest(${batch.map((m) => ids[m.conversation] ?? '')}::uuid[],
      ${batch.map((m) => m.position)}::int[], ${batch.map((m) => person(m.sender) ?? '')}::uuid[],
      ${batch.map((m) => m.body)}::text[], ${batch.map((m) => m.replyTo)}::int[],
      ${batch.map((m) => person(m.mentions[0]))}::uuid[],
      ${batch.map((m) => m.sentAt.toISOString())}::timestamptz[]) as t (c, p, s, b, r, m, at)`
}

/** Everybody has read everything. */
async function moveHeads(sql: Sql, ids: string[]): Promise<void> {
  await sql`
    update messages.conversations c
    set last_position = head, last_version = head + 1, last_message_at = at
    from (
      select conversation_id, max(position) as head, max(sent_at) as at from messages.messages
      where conversation_id = any(${ids}::uuid[]) group by conversation_id
    ) h where h.conversation_id = c.id`
  await sql`
    update messages.participants p
    set read_position = c.last_position, delivered_position = c.last_position
    from messages.conversations c where c.id = p.conversation_id and c.id = any(${ids}::uuid[])`
  await sql`delete from messages.search_builds`
  await sql`vacuum analyze messages.messages`
  await sql`vacuum analyze messages.conversations, messages.participants`
}
