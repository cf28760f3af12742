import { ChatError, invalidField, type Sent, type TextMessage } from '@chatapp/protocol'
import type { Outcome } from '@chatapp/service-kit'
import { hiddenUpTo, notFound } from '../conversations/policy.ts'
import { type Movement, moveRead } from '../receipts/policy.ts'
import type { Draft, Fresh } from './draft.ts'
import { type Head, type Locked, type Member, memberKey, onceKey } from './lock-for-sending.ts'
import { mentionsOf } from './mentions.ts'
import { encodeMessageId } from './message-id.ts'
import { presentTextMessage } from './present.ts'

/** A cursor that passed others' messages: the proof of who read what, and when. */
interface CursorAdvance extends Movement {
  conversationId: string
  userId: string
}

export interface Numbered {
  outcomes: Outcome<Sent>[]
  fresh: Fresh[]
  /** The senders whose cursors moved, each once. */
  cursors: Member[]
  advances: CursorAdvance[]
  at: Date
}

/** Gives the new messages of a batch the next positions and versions, in the order they came. */
export function numberDrafts(locked: Locked, drafts: Draft[], at: Date): Numbered {
  const batch = {
    locked,
    at: at.toISOString(),
    fresh: [] as Fresh[],
    advances: [] as CursorAdvance[],
    made: new Map<string, TextMessage>(),
    cursors: new Set<Member>(),
  }
  const outcomes = drafts.map((draft): Outcome<Sent> => {
    try {
      return { ok: true, value: numberOne(batch, draft) }
    } catch (error) {
      return { ok: false, error }
    }
  })
  return { outcomes, fresh: batch.fresh, advances: batch.advances, cursors: [...batch.cursors], at }
}

interface Batch {
  locked: Locked
  at: string
  fresh: Fresh[]
  advances: CursorAdvance[]
  /** Messages of this very batch by `onceKey`: the same send may be in it twice. */
  made: Map<string, TextMessage>
  cursors: Set<Member>
}

function numberOne(batch: Batch, draft: Draft): Sent {
  const { conversationId, senderId, clientId } = draft
  if (conversationId === null)
    throw invalidField('conversationId', 'must be given: this server has no lobby')
  const head = batch.locked.heads.get(conversationId)
  const me = batch.locked.members.get(memberKey(conversationId, senderId))
  if (!head || !me) throw notFound()
  const key = onceKey(conversationId, senderId, clientId)
  const earlier = findEarlier(batch, key, hiddenUpTo(head, me))
  if (earlier) return repeat(earlier, draft)
  const replyPosition = resolveReply(draft, head, me)
  const message = makeMessage(batch, draft, { head, replyPosition })
  batch.made.set(key, message)
  const { senderName, hidesReads } = draft
  batch.fresh.push({ conversation: head, senderName, hidesReads, message, replyPosition })
  moveCursor(batch, me, { position: message.position, hidesReads })
  return { message, created: true }
}

function findEarlier({ locked, made }: Batch, key: string, floor: number): TextMessage | undefined {
  const row = locked.known.get(key)
  return row ? presentTextMessage(row, floor) : made.get(key)
}

/** The same text again is a retry; once edited or unsent, the message is what it is now. */
function repeat(earlier: TextMessage, draft: Draft): Sent {
  const isFirstText = earlier.editedAt === null && earlier.unsentAt === null
  if (isFirstText && earlier.data !== draft.data) {
    throw new ChatError(
      'conflict',
      'This clientId was used for another text; use a new one for a new message.',
    )
  }
  return { message: earlier, created: false }
}

function resolveReply({ replyTo, conversationId }: Draft, head: Head, me: Member): number | null {
  if (replyTo === null) return null
  const isVisible =
    replyTo !== 'no such id' &&
    replyTo.conversationId === conversationId &&
    replyTo.position <= head.last_position &&
    replyTo.position > hiddenUpTo(head, me)
  if (!isVisible) throw invalidField('replyTo', 'must be a message of this conversation')
  return replyTo.position
}

function makeMessage(
  { locked, at }: Batch,
  draft: Draft,
  { head, replyPosition }: { head: Head; replyPosition: number | null },
): TextMessage {
  const members = draft.called.userIds.filter((userId) =>
    locked.mentionable.has(memberKey(head.id, userId)),
  )
  head.last_position += 1
  head.last_version += 1
  return {
    id: encodeMessageId(head.id, head.last_position),
    conversationId: head.id,
    position: head.last_position,
    version: head.last_version,
    kind: 'text',
    senderId: draft.senderId,
    clientId: draft.clientId,
    data: draft.data,
    replyTo: replyPosition === null ? null : encodeMessageId(head.id, replyPosition),
    ...mentionsOf(members, draft.called, head.kind),
    reactions: [],
    sentAt: at,
    editedAt: null,
    unsentAt: null,
  }
}

interface SentAt {
  position: number
  hidesReads: boolean
}

/** One's own message needs no proof of reading; what lies between the cursor and it does. */
function moveCursor({ advances, cursors }: Batch, me: Member, sent: SentAt): void {
  const movement = moveRead(me, sent.position, sent.hidesReads)
  if (movement && movement.from < sent.position - 1) {
    advances.push({ conversationId: me.conversation_id, userId: me.user_id, ...movement })
  }
  cursors.add(me)
}
