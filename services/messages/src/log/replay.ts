import type { FrameOf, LogFrame } from '@chatapp/protocol'
import type { Context } from '../context.ts'
import type { ConversationRow, MessageRow, ParticipantRow } from '../db/schema.ts'
import { presentSystemMessage, presentTextMessage } from '../messages/present.ts'
import { presentParticipantChange } from '../participants/present.ts'
import { conversationFrame, type MessageNews, messageFrame, participantFrame } from './frames.ts'

interface Versions {
  conversationId: string
  /** After this version … */
  from: number
  /** … up to this one. */
  to: number
}

/** The frames of changes made earlier, as far as no later change has taken their place. */
export async function framesBetween(
  context: Context,
  versions: Versions,
  of: 'everything' | 'people' = 'everything',
): Promise<LogFrame[]> {
  const { db } = context
  const conversation = await db
    .selectFrom('messages.conversations')
    .selectAll()
    .where('id', '=', versions.conversationId)
    .executeTakeFirst()
  if (!conversation) return []
  const messages = of === 'everything' ? await between(context, 'messages.messages', versions) : []
  // Whoever enters the lobby takes no version of it: a frame would stand in a message's place.
  const isLobby = versions.conversationId === context.lobbyId
  const participants = isLobby ? [] : await between(context, 'messages.participants', versions)
  const senderIds = messages.map((row) => row.sender_id)
  const names = await context.people.get(senderIds)
  const hiding = await context.people.hidingReads(senderIds)
  const byVersion = Map.groupBy(participants, (row) => row.version)
  const frames = messages.filter(isUntouched).map((row) => {
    const senderName = names.get(row.sender_id)?.displayName ?? ''
    return newMessageFrame(conversation, row, {
      senderName,
      hidesReads: hiding.has(row.sender_id),
    })
  })
  const lines = new Map(
    messages.filter((row) => row.kind === 'system').map((row) => [row.version, row]),
  )
  const { settings_version: settings } = conversation
  // Its creation was told as one frame, about the conversation: a version has one frame.
  for (const [version, rows] of byVersion)
    if (version !== settings)
      frames.push(changeOfPeople(conversation, version, { rows, line: lines.get(version) }))
  if (settings > versions.from && settings <= versions.to) {
    const line = lines.get(settings)
    frames.push(changeOfSettings(conversation, line))
  }
  return frames.sort((a, b) => a.version - b.version)
}

function between<T extends 'messages.messages' | 'messages.participants'>(
  context: Context,
  table: T,
  { conversationId, from, to }: Versions,
) {
  const query = context.db
    .selectFrom<'messages.messages' | 'messages.participants'>(table)
    .selectAll()
  const rows = query
    .where('conversation_id', '=', conversationId)
    .where('version', '>', from)
    .where('version', '<=', to)
    .execute()
  return rows as unknown as Promise<(T extends 'messages.messages' ? MessageRow : ParticipantRow)[]>
}

/**
 * Only messages that nobody has touched since: of the others one can't tell what each version was,
 * so they are left out, and whoever sees the gap asks for them.
 */
function newMessageFrame(
  conversation: ConversationRow,
  row: MessageRow,
  sender: Pick<MessageNews, 'senderName' | 'hidesReads'>,
): LogFrame {
  const message = presentTextMessage(row)
  const frame = messageFrame(conversation, { ...sender, message, replyPosition: row.reply_to })
  return hide(conversation, frame, row.reply_to ?? row.position)
}

/** Whoever joined since learns only that there is something, and asks for what of it is theirs. */
function hide({ history }: ConversationRow, frame: LogFrame, joinedFrom: number): LogFrame {
  if (history === 'shared') return frame
  const { conversationId, version } = frame
  const head: FrameOf<'head'> = { type: 'head', conversationId, version }
  return { ...frame, newcomers: { joinedFrom, json: JSON.stringify(head) } }
}

const isUntouched = (row: MessageRow) =>
  row.kind === 'text' && !row.edited_at && !row.unsent_at && !row.reactions

function changeOfPeople(
  conversation: ConversationRow,
  version: number,
  { rows, line }: { rows: ParticipantRow[]; line: MessageRow | undefined },
): LogFrame {
  const frame = participantFrame(conversation, {
    version,
    participants: rows.map(presentParticipantChange),
    systemMessage: line ? presentSystemMessage(line) : null,
  })
  return line ? hide(conversation, frame, line.position) : frame
}

function changeOfSettings(conversation: ConversationRow, line: MessageRow | undefined): LogFrame {
  const { settings_version: version } = conversation
  const systemMessage = line ? presentSystemMessage(line) : null
  const frame = conversationFrame(conversation, version, systemMessage)
  return line ? hide(conversation, frame, line.position) : frame
}
