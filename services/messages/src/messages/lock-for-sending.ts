import type { Queries } from '@chatapp/service-kit'
import type { ConversationRow, MessageRow, ParticipantRow } from '../db/schema.ts'
import type { Draft } from './draft.ts'

export type Head = Pick<
  ConversationRow,
  'id' | 'kind' | 'history' | 'last_position' | 'last_version'
> & {
  versionBefore: number
}
export type Member = Pick<
  ParticipantRow,
  | 'conversation_id'
  | 'user_id'
  | 'joined_position'
  | 'delivered_position'
  | 'read_position'
  | 'shown_read_position'
>

/** All that numbering needs, read under the locks. */
export interface Locked {
  heads: Map<string, Head>
  /** By `memberKey`. */
  members: Map<string, Member>
  /** What earlier tries of the same sends have stored, by `onceKey`. */
  known: Map<string, MessageRow>
  /** Which of the people mentioned are members, by `memberKey`. */
  mentionable: Set<string>
}

export const memberKey = (conversationId: string, userId: string) => `${conversationId} ${userId}`
export const onceKey = (conversationId: string, senderId: string, clientId: string) =>
  `${conversationId} ${senderId} ${clientId}`

type Pair = Pick<ParticipantRow, 'conversation_id' | 'user_id'>
type Addressed = Draft & { conversationId: string }

/**
 * Begins the transaction. Heads are locked in id order, then the senders' rows; each statement has
 * a snapshot of its own, so the later ones see what was committed while the first one waited. Each row
 * is looked for by its key (`limit 1`): many at a time, the planner would rather read a whole table.
 */
export async function lockForSending(sql: Queries, drafts: Draft[]): Promise<Locked> {
  const sends = drafts.filter((draft): draft is Addressed => draft.conversationId !== null)
  const conversationIds = sends.map((send) => send.conversationId)
  const results = await Promise.allSettled([
    sql`begin`,
    sql<Head[]>`
      select id, kind, history, last_position, last_version, last_version as "versionBefore"
      from messages.conversations where id = any(${[...new Set(conversationIds)]}::uuid[])
      order by id for update`,
    lockMembers(sql, sends),
    sql<MessageRow[]>`
      select m.* from unnest(${conversationIds}::uuid[], ${sends.map((s) => s.senderId)}::uuid[], ${sends.map((s) => s.clientId)}::text[])
        as k (conversation_id, sender_id, client_id)
      cross join lateral (
        select * from messages.messages
        where conversation_id = k.conversation_id and sender_id = k.sender_id and client_id = k.client_id
        limit 1
      ) m`,
    findMentionable(sql, sends),
  ])
  const failure = results.find((result) => result.status === 'rejected')
  if (failure) throw failure.reason
  const [, heads, members, known, mentionable] = results.map(
    (r) => (r as PromiseFulfilledResult<unknown>).value,
  )
  return {
    heads: new Map((heads as Head[]).map((head) => [head.id, head])),
    members: new Map(
      (members as Member[]).map((m) => [memberKey(m.conversation_id, m.user_id), m]),
    ),
    known: new Map(
      (known as MessageRow[]).map((m) => [onceKey(m.conversation_id, m.sender_id, m.client_id), m]),
    ),
    mentionable: new Set(
      ((mentionable as Pair[] | undefined) ?? []).map((p) =>
        memberKey(p.conversation_id, p.user_id),
      ),
    ),
  }
}

/** In the order of their keys, one after the other: whoever locks several does so in this order. */
function lockMembers(sql: Queries, sends: Addressed[]): PromiseLike<Member[]> {
  const keys = new Map(sends.map((send) => [memberKey(send.conversationId, send.senderId), send]))
  const sorted = [...keys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, send]) => send)
  return sql<Member[]>`
    select p.* from unnest(${sorted.map((s) => s.conversationId)}::uuid[], ${sorted.map((s) => s.senderId)}::uuid[])
      as k (conversation_id, user_id)
    cross join lateral (
      select conversation_id, user_id, joined_position, delivered_position, read_position, shown_read_position
      from messages.participants
      where conversation_id = k.conversation_id and user_id = k.user_id and left_position is null
      for update
    ) p`
}

/** Undefined where nobody is mentioned. */
function findMentionable(sql: Queries, sends: Addressed[]): PromiseLike<Pair[]> | undefined {
  const pairs = sends.flatMap(({ conversationId, called }) =>
    called.userIds.map((id) => [conversationId, id] as const),
  )
  if (pairs.length === 0) return undefined
  return sql<Pair[]>`
    select p.conversation_id, p.user_id
    from unnest(${pairs.map(([c]) => c)}::uuid[], ${pairs.map(([, u]) => u)}::uuid[]) as k (conversation_id, user_id)
    cross join lateral (
      select conversation_id, user_id from messages.participants
      where conversation_id = k.conversation_id and user_id = k.user_id and left_position is null
      limit 1
    ) p`
}
