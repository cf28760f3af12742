import { SYNC_CHANGES_MAX, type SyncAnswer, type SyncCursors } from '@chatapp/protocol'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { presentConversations } from '../conversations/present.ts'
import { findOverviews, type Overview } from '../conversations/queries.ts'
import type { ConversationRow, Database, MessageRow, ParticipantRow } from '../db/schema.ts'
import { presentMessage } from '../messages/present.ts'
import { presentParticipant, type Viewer } from '../participants/present.ts'
import { getViewer } from '../participants/queries.ts'

type Caught = SyncAnswer['conversations'][number]

/** Bound one answer; what does not fit is answered with `reset`. */
const CHANGES_PER_ANSWER_MAX = 10_000
const TEXT_PER_ANSWER_MAX = 4_000_000

/** What has changed since the versions that the client knows, as of one moment. */
export async function sync(
  context: Context,
  userId: string,
  cursors: SyncCursors,
): Promise<SyncAnswer> {
  const viewer = await getViewer(context, userId)
  const seen = await context.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => readChanges(trx, viewer, cursors))
  return { ...seen, added: await presentConversations(context, seen.added) }
}

async function readChanges(
  trx: Transaction<Database>,
  viewer: Viewer,
  cursors: SyncCursors,
): Promise<Omit<SyncAnswer, 'added'> & { added: Overview[] }> {
  const mine = await listMemberships(trx, viewer.userId)
  const named = mine.filter(({ id }) => cursors[id] !== undefined)
  const known = new Set(named.map(({ id }) => id))
  const added = mine.filter(({ id }) => !known.has(id)).map(({ id }) => id)
  const conversations: Caught[] = []
  let left = CHANGES_PER_ANSWER_MAX
  let textLeft = TEXT_PER_ANSWER_MAX
  for (const membership of named) {
    const since = cursors[membership.id] ?? 0
    const caught = await catchUp(trx, membership, { viewer, since, left: textLeft > 0 ? left : 0 })
    left -= caught.changes.length
    textLeft -= lengthOf(caught.changes)
    conversations.push(caught)
  }
  return {
    conversations,
    unknown: Object.keys(cursors).filter((id) => !known.has(id)),
    added: await findOverviews(trx, viewer.userId, added),
  }
}

type Head = Pick<
  ConversationRow,
  'id' | 'title' | 'history' | 'invites' | 'last_version' | 'settings_version'
> &
  Pick<ParticipantRow, 'joined_position' | 'unread_from'>

function listMemberships(db: Kysely<Database>, userId: string): Promise<Head[]> {
  return db
    .selectFrom('messages.participants as p')
    .innerJoin('messages.conversations as c', 'c.id', 'p.conversation_id')
    .select([
      'c.id',
      'c.title',
      'c.history',
      'c.invites',
      'c.last_version',
      'c.settings_version',
      'p.joined_position',
      'p.unread_from',
    ])
    .where('p.user_id', '=', userId)
    .where('p.left_position', 'is', null)
    .execute()
}

async function catchUp(
  trx: Transaction<Database>,
  head: Head,
  { viewer, since, left }: { viewer: Viewer; since: number; left: number },
): Promise<Caught> {
  const mark = head.unread_from !== null && { unreadFrom: head.unread_from }
  const answer = { id: head.id, version: head.last_version, changes: [], reset: false, ...mark }
  if (since === head.last_version) return answer
  // A client ahead of the log knows a log that is no more: a database restored from a backup.
  if (since > head.last_version) return { ...answer, reset: true }
  const limit = Math.min(left, SYNC_CHANGES_MAX)
  const floor = hiddenUpTo(head, head)
  const changed = await changedSince(trx, { id: head.id, since, floor, limit: limit + 1 })
  if (changed.length > limit) return { ...answer, reset: true }
  const participants = await participantsSince(trx, head.id, since)
  if (participants.length > SYNC_CHANGES_MAX) return { ...answer, reset: true }
  const { title, history, invites } = head
  return {
    ...answer,
    changes: changed.map((row) => presentMessage(row, floor)),
    ...(participants.length > 0 && {
      participants: participants.map((row) => ({
        ...presentParticipant(row, viewer),
        left: row.left_position !== null,
      })),
    }),
    ...(head.settings_version > since && { settings: { title, history, invites } }),
  }
}

interface Since {
  id: string
  since: number
  floor: number
  limit: number
}

function changedSince(
  db: Kysely<Database>,
  { id, since, floor, limit }: Since,
): Promise<MessageRow[]> {
  return db
    .selectFrom('messages.messages')
    .selectAll()
    .where('conversation_id', '=', id)
    .where('version', '>', since)
    .where('position', '>', floor)
    .orderBy('version')
    .limit(limit)
    .execute()
}

function participantsSince(
  db: Kysely<Database>,
  id: string,
  since: number,
): Promise<ParticipantRow[]> {
  return db
    .selectFrom('messages.participants')
    .selectAll()
    .where('conversation_id', '=', id)
    .where('version', '>', since)
    .orderBy(sql`version, user_id`)
    .limit(SYNC_CHANGES_MAX + 1)
    .execute()
}

function lengthOf(changes: Caught['changes']): number {
  return changes.reduce((sum, m) => sum + (m.kind === 'text' ? (m.data?.length ?? 0) : 0), 0)
}
