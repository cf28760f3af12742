import type { FrameOf, Message, SyncAnswer, SystemMessage, TextMessage } from '@chatapp/protocol'
import type { LogChange, MessageAdded } from './events.ts'

/** Frames that carry a version. */
export type LogFrame =
  | FrameOf<'message'>
  | FrameOf<'edited'>
  | FrameOf<'unsent'>
  | FrameOf<'reaction'>
  | FrameOf<'conversation'>
  | FrameOf<'participant'>
export type SyncedConversation = SyncAnswer['conversations'][number]

const LIVE = { source: 'live' } as const
const SYNC = { source: 'sync' } as const
/** What only the frame of a text tells. */
const UNSAID = { senderName: null, impliesRead: false }

export function changesOfFrame(frame: LogFrame): LogChange[] {
  const { conversationId, version } = frame
  switch (frame.type) {
    case 'message':
      return [
        added(textOfFrame(frame), {
          ...{ version, ...LIVE, senderName: frame.user },
          impliesRead: frame.hidesReads !== true,
        }),
      ]
    case 'edited': {
      const { message: data, ...rest } = frame
      return [{ ...rest, ...LIVE, data, message: null }]
    }
    case 'unsent':
    case 'reaction':
      return [{ ...frame, ...LIVE, message: null }]
    case 'conversation': {
      const { type, settings } = frame
      return [{ type, conversationId, version, ...LIVE, settings }, ...lineOf(frame)]
    }
    case 'participant': {
      const { type, participants } = frame
      return [{ type, conversationId, version, ...LIVE, participants }, ...lineOf(frame)]
    }
  }
}

/** The changes of a sync answer that are newer than `known`. */
export function changesOfSync(
  item: SyncedConversation,
  known: { version: number; position: number },
): LogChange[] {
  const { id: conversationId, version, settings, participants } = item
  const of = { conversationId, version, ...SYNC }
  const messages = item.changes
    .filter((message) => message.version > known.version)
    .sort((a, b) => a.version - b.version)
    .flatMap((message) => changesOfMessage(message, known.position))
  return [
    ...messages,
    ...(settings ? [{ type: 'conversation' as const, ...of, settings }] : []),
    ...(participants ? [{ type: 'participant' as const, ...of, participants }] : []),
  ]
}

/** A message that sync gives is new above the position known; below, something of it changed. */
function changesOfMessage(message: Message, knownPosition: number): LogChange[] {
  const { conversationId, version, position, id: messageId, senderId, reactions } = message
  const of = { conversationId, version, ...SYNC, messageId, position, message }
  if (position > knownPosition) {
    return [added(message, { version, ...SYNC, ...UNSAID })]
  }
  if (message.unsentAt !== null) {
    return [{ type: 'unsent', ...of, senderId, unsentAt: message.unsentAt }]
  }
  const reacted: LogChange = { type: 'reaction', ...of, reactions }
  if (message.kind === 'system' || message.editedAt === null || message.data === null) {
    return [reacted]
  }
  const { data, mentions, mentionsAll, editedAt } = message
  const edited = { ...of, senderId, data, mentions, mentionsAll, editedAt }
  return [{ type: 'edited', ...edited }, reacted]
}

function added(
  message: Message,
  about: Pick<MessageAdded, 'version' | 'source' | 'senderName' | 'impliesRead'>,
): MessageAdded {
  return { type: 'message', conversationId: message.conversationId, ...about, message }
}

function textOfFrame(frame: FrameOf<'message'>): TextMessage {
  const { type: _type, user: _user, hidesReads: _hides, ...told } = frame
  const { message: data, messageId: id, ...rest } = told
  return { ...rest, id, kind: 'text', data, reactions: [], editedAt: null, unsentAt: null }
}

function lineOf(frame: { version: number; systemMessage: SystemMessage | null }): MessageAdded[] {
  const { systemMessage, version } = frame
  if (systemMessage === null) return []
  return [added(systemMessage, { version, ...LIVE, ...UNSAID })]
}
