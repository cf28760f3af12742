import type { Sent, TextMessage } from '@chatapp/protocol'
import { createId, type Outcome, type Queries } from '@chatapp/service-kit'
import { noteNews } from '../activity/queries.ts'
import type { Context } from '../context.ts'
import { LIVE } from '../log/outbox.ts'
import type { Draft, Fresh } from './draft.ts'
import { type Head, type Locked, lockForSending } from './lock-for-sending.ts'
import { toStoredMentions } from './mentions.ts'
import { type Numbered, numberDrafts } from './number-drafts.ts'

export interface Stored {
  outcomes: Outcome<Sent>[]
  fresh: Fresh[]
  outboxId: string | undefined
}

/**
 * One transaction in two round trips: lock and look, then write and commit. It is committed, and
 * flushed to disk, when this resolves.
 */
export async function storeBatch(context: Context, drafts: Draft[]): Promise<Stored> {
  const connection = await context.sends.reserve()
  let state: 'whole' | 'broken' = 'whole'
  try {
    const locked = await lockForSending(connection, drafts)
    const numbered = numberDrafts(locked, drafts, new Date(context.now()))
    const outboxId = await writeAndCommit(context, connection, { locked, numbered })
    context.sends.grew(numbered.fresh.length)
    return { outcomes: numbered.outcomes, fresh: numbered.fresh, outboxId }
  } catch (error) {
    await connection`rollback`.then(null, () => {
      state = 'broken'
    })
    throw error
  } finally {
    connection.release(state)
  }
}

interface Write {
  locked: Locked
  numbered: Numbered
}

async function writeAndCommit(
  context: Context,
  sql: Queries,
  { locked, numbered }: Write,
): Promise<string | undefined> {
  if (numbered.fresh.length === 0) {
    await sql`rollback`
    return undefined
  }
  const outboxId = createId(context.now())
  const heads = [...locked.heads.values()].filter((head) => head.last_version > head.versionBefore)
  const announced = context.outbox.takeDone()
  const results = await Promise.allSettled([
    writeAll(sql, numbered, { heads, outboxId, announced, consumers: context.outbox.consumers }),
    sql`commit`,
  ])
  const failure = results.find((result) => result.status === 'rejected')
  if (failure) {
    for (const id of announced) context.outbox.done(id)
    throw failure.reason
  }
  return outboxId
}

interface Rest {
  heads: Head[]
  outboxId: string
  /** Rows of the outbox that are done with. */
  announced: string[]
  consumers: readonly string[]
}

/**
 * One statement for all of it. Sending moves both of one's own cursors; an advance is written only
 * where a cursor passed others' messages.
 */
function writeAll(
  sql: Queries,
  { fresh, cursors, advances, at }: Numbered,
  { heads, outboxId, announced, consumers }: Rest,
): PromiseLike<unknown> {
  const messages = fresh.map(({ message }) => message)
  const time = at.toISOString()
  const activity = noteNews(sql, fresh, time)
  return sql`
    with written as (
      insert into messages.messages
        (conversation_id, position, version, sender_id, client_id, kind, body, reply_to, mentions, sent_at)
      select c, p, v, s, k, 'text', b, r, m::uuid[], ${time}::timestamptz
      from unnest(
        ${messages.map((m) => m.conversationId)}::uuid[], ${messages.map((m) => m.position)}::int[],
        ${messages.map((m) => m.version)}::int[], ${messages.map((m) => m.senderId)}::uuid[],
        ${messages.map((m) => m.clientId)}::text[], ${messages.map((m) => m.data)}::text[],
        ${fresh.map((f) => f.replyPosition)}::int[], ${messages.map(mentionsText)}::text[]
      ) as t (c, p, v, s, k, b, r, m)
    ), moved_heads as (
      update messages.conversations c
      set last_position = h.position, last_version = h.version, last_message_at = ${time}::timestamptz
      from unnest(${heads.map((h) => h.id)}::uuid[], ${heads.map((h) => h.last_position)}::int[],
        ${heads.map((h) => h.last_version)}::int[]) as h (id, position, version)
      where c.id = h.id
    ), moved_cursors as (
      update messages.participants p
      set read_position = k.position, delivered_position = k.position, shown_read_position = k.shown,
        unread_from = null
      from unnest(${cursors.map((c) => c.conversation_id)}::uuid[], ${cursors.map((c) => c.user_id)}::uuid[],
        ${cursors.map((c) => c.read_position)}::int[], ${cursors.map((c) => c.shown_read_position)}::int[])
        as k (conversation_id, user_id, position, shown)
      where p.conversation_id = k.conversation_id and p.user_id = k.user_id
    ), advanced as (
      insert into messages.status_advances (conversation_id, user_id, kind, from_position, to_position, at)
      select c, u, k, f, t, ${time}::timestamptz from unnest(
        ${advances.map((a) => a.conversationId)}::uuid[], ${advances.map((a) => a.userId)}::uuid[],
        ${advances.map((a) => a.kind)}::text[], ${advances.map((a) => a.from)}::int[],
        ${advances.map((a) => a.to)}::int[]) as a (c, u, k, f, t)
    ), ${activity ? sql`noted as (${activity}),` : sql``} announced as (
      delete from messages.outbox where consumer = ${LIVE} and id = any(${announced}::uuid[])
    )
    insert into messages.outbox (consumer, id, conversation_ids, from_versions, to_versions, created_at)
    select consumer, ${outboxId}, ${heads.map((h) => h.id)}::uuid[], ${heads.map((h) => h.versionBefore)}::int[],
      ${heads.map((h) => h.last_version)}::int[], ${time}::timestamptz
    from unnest(${consumers}::text[]) as consumer`
}

function mentionsText(message: TextMessage): string | null {
  const mentions = toStoredMentions(message)
  return mentions && `{${mentions.join()}}`
}
