import {
  type Conversation,
  SYNC_ADDED_MAX,
  SYNC_CHANGES_MAX,
  type SyncAnswer,
  type SyncCursors,
} from '@chatapp/protocol'
import type { Queries } from '@chatapp/service-kit'
import type { Context } from '../context.ts'
import { hiddenUpTo } from '../conversations/policy.ts'
import { presentConversations } from '../conversations/present.ts'
import { findOverviews } from '../conversations/queries.ts'
import type { ConversationRow, MessageRow, ParticipantRow } from '../db/schema.ts'
import { presentMessage } from '../messages/present.ts'
import { presentParticipant, type Viewer } from '../participants/present.ts'
import { getViewer } from '../participants/queries.ts'

type Caught = SyncAnswer['conversations'][number]

/** Bound one answer; what does not fit is answered with `reset`. */
const CHANGES_PER_ANSWER_MAX = 10_000
const TEXT_PER_ANSWER_MAX = 4_000_000
const ADDED_AT_ONCE = 100
/** Since this version of the wire an answer says that there are more conversations than it adds. */
const MORE_SINCE_VERSION = 20
/** Of an answer to those who would not look for more. */
const ADDED_TEXT_MAX = 16_000_000

/** What one answer may add. */
interface Room {
  conversations: number
  text: number
}

/** A client that does not know `more` would never find what is left out. */
export function roomFor(version: number): Room {
  return version >= MORE_SINCE_VERSION
    ? { conversations: SYNC_ADDED_MAX, text: TEXT_PER_ANSWER_MAX }
    : { conversations: Number.POSITIVE_INFINITY, text: ADDED_TEXT_MAX }
}

/** What has changed since the versions that the client knows, as of one moment. */
export async function sync(
  context: Context,
  { userId, cursors, room }: { userId: string; cursors: SyncCursors; room: Room },
): Promise<SyncAnswer> {
  const viewer = await getViewer(context, userId)
  const { added, ...seen } = await context.sql.begin(async (trx) => {
    await trx`set transaction isolation level repeatable read, read only`
    return readChanges(trx, viewer, cursors)
  })
  return { ...seen, ...(await readAdded(context, { userId, ids: added, room })) }
}

/** They come as they are now: what follows them is told live, or by the next sync. */
async function readAdded(
  context: Context,
  { userId, ids, room }: { userId: string; ids: string[]; room: Room },
): Promise<Pick<SyncAnswer, 'added' | 'more'>> {
  const told: Conversation[] = []
  let textLeft = room.text
  let next = 0
  while (next < Math.min(ids.length, room.conversations) && textLeft > 0) {
    const overviews = await findOverviews(context.db, userId, ids.slice(next, next + ADDED_AT_ONCE))
    const conversations = await presentConversations(context, overviews)
    told.push(...conversations)
    textLeft -= conversations.reduce((sum, one) => sum + textOf(one), 0)
    next += ADDED_AT_ONCE
  }
  return { added: told, ...(next < ids.length && { more: true }) }
}

function textOf({ lastMessage, me }: Conversation): number {
  const last = lastMessage?.kind === 'text' ? (lastMessage.data ?? '') : ''
  return last.length + (me.draft?.text ?? '').length
}

async function readChanges(
  trx: Queries,
  viewer: Viewer,
  cursors: SyncCursors,
): Promise<Omit<SyncAnswer, 'added' | 'more'> & { added: string[] }> {
  const mine = await listMemberships(trx, viewer.userId)
  const named = mine.filter(({ id }) => cursors[id] !== undefined)
  const known = new Set(named.map(({ id }) => id))
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
    added: mine.filter(({ id }) => !known.has(id)).map(({ id }) => id),
  }
}

type Head = Pick<
  ConversationRow,
  'id' | 'title' | 'history' | 'invites' | 'last_version' | 'settings_version'
> &
  Pick<ParticipantRow, 'joined_position' | 'unread_from'>

/** Latest activity first: where an answer has an end, the rest can wait best. */
function listMemberships(trx: Queries, userId: string): PromiseLike<Head[]> {
  return trx<Head[]>`
    select c.id, c.title, c.history, c.invites, c.last_version, c.settings_version,
      p.joined_position, p.unread_from
    from messages.participants p join messages.conversations c on c.id = p.conversation_id
    where p.user_id = ${userId} and p.left_position is null
    order by c.last_message_at desc, c.id desc`
}

async function catchUp(
  trx: Queries,
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
  const [changed, participants] = await Promise.all([
    changedSince(trx, { id: head.id, since, floor, limit: limit + 1 }),
    participantsSince(trx, head.id, since),
  ])
  if (changed.length > limit) return { ...answer, reset: true }
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

function changedSince(trx: Queries, { id, since, floor, limit }: Since): PromiseLike<MessageRow[]> {
  return trx<MessageRow[]>`
    select * from messages.messages
    where conversation_id = ${id} and version > ${since} and position > ${floor}
    order by version limit ${limit}`
}

function participantsSince(trx: Queries, id: string, since: number): PromiseLike<ParticipantRow[]> {
  return trx<ParticipantRow[]>`
    select * from messages.participants
    where conversation_id = ${id} and version > ${since}
    order by version, user_id limit ${SYNC_CHANGES_MAX + 1}`
}

function lengthOf(changes: Caught['changes']): number {
  return changes.reduce((sum, m) => sum + (m.kind === 'text' ? (m.data?.length ?? 0) : 0), 0)
}
