import type {
  FrameOf,
  LogFrame,
  Message,
  ParticipantChange,
  SystemMessage,
  TextMessage,
} from '@chatapp/protocol'
import type { ConversationRow } from '../db/schema.ts'

/** The part of a conversation's row that frames need. */
export type FrameConversation = Pick<ConversationRow, 'id' | 'history'>

export interface MessageNews {
  senderName: string
  hidesReads: boolean
  message: TextMessage
  replyPosition: number | null
}

export function messageFrame(
  conversation: FrameConversation,
  { senderName, hidesReads, message, replyPosition }: MessageNews,
): LogFrame {
  const frame: FrameOf<'message'> = {
    type: 'message',
    user: senderName,
    message: message.data ?? '',
    conversationId: message.conversationId,
    messageId: message.id,
    position: message.position,
    version: message.version,
    senderId: message.senderId,
    clientId: message.clientId,
    replyTo: message.replyTo,
    ...mentionsIn(message),
    sentAt: message.sentAt,
    ...(hidesReads && { hidesReads }),
  }
  const event = logFrame(conversation, frame)
  if (replyPosition === null || conversation.history === 'shared') return event
  return {
    ...event,
    newcomers: { joinedFrom: replyPosition, json: JSON.stringify({ ...frame, replyTo: null }) },
  }
}

export function editedFrame(conversation: FrameConversation, message: TextMessage): LogFrame {
  return aboutMessage(conversation, message, {
    type: 'edited',
    ...address(message),
    senderId: message.senderId,
    message: message.data ?? '',
    ...mentionsIn(message),
    editedAt: message.editedAt ?? message.sentAt,
  })
}

export function unsentFrame(conversation: FrameConversation, message: TextMessage): LogFrame {
  return aboutMessage(conversation, message, {
    type: 'unsent',
    ...address(message),
    senderId: message.senderId,
    unsentAt: message.unsentAt ?? message.sentAt,
  })
}

export function reactionFrame(conversation: FrameConversation, message: TextMessage): LogFrame {
  return aboutMessage(conversation, message, {
    type: 'reaction',
    ...address(message),
    reactions: message.reactions,
  })
}

export function conversationFrame(
  conversation: ConversationRow,
  version: number,
  systemMessage: SystemMessage | null,
): LogFrame {
  const { title, history, invites } = conversation
  return logFrame(conversation, {
    type: 'conversation',
    conversationId: conversation.id,
    version,
    settings: { title, history, invites },
    systemMessage,
  })
}

export interface ParticipantNews {
  version: number
  participants: ParticipantChange[]
  systemMessage: SystemMessage | null
}

/** Those who left see this frame as their last one. */
export function participantFrame(conversation: FrameConversation, news: ParticipantNews): LogFrame {
  const ended = news.participants.filter((p) => p.left).map((p) => p.userId)
  const frame = logFrame(conversation, {
    type: 'participant',
    conversationId: conversation.id,
    ...news,
  })
  return ended.length > 0 ? { ...frame, ended } : frame
}

type VersionedFrame = FrameOf<
  'message' | 'edited' | 'unsent' | 'reaction' | 'conversation' | 'participant'
>

function logFrame(conversation: FrameConversation, frame: VersionedFrame): LogFrame {
  return {
    type: 'frame',
    conversationId: conversation.id,
    version: frame.version,
    json: JSON.stringify(frame),
  }
}

/** Hidden from those who may not see the message it is about. */
function aboutMessage(
  conversation: FrameConversation,
  message: Message,
  frame: VersionedFrame,
): LogFrame {
  const event = logFrame(conversation, frame)
  if (conversation.history === 'shared') return event
  return { ...event, newcomers: { joinedFrom: message.position, json: null } }
}

function mentionsIn({ mentions, mentionsAll }: TextMessage) {
  return { mentions, ...(mentionsAll && { mentionsAll }) }
}

function address({ conversationId, id, position, version }: Message) {
  return { conversationId, messageId: id, position, version }
}
