import type { PresenceState } from '../socket/outbound.ts'

/** A member's place in a conversation, as a gateway must know it to decide what a socket may see. */
export interface Standing {
  conversationId: string
  userId: string
  joinedPosition: number
  /** All of the conversation up to this version was before; a gateway listens for what follows. */
  version: number
}

/**
 * A change of the log, on the bus topic of its conversation. Frames may arrive twice or out of
 * version order (two nodes publish); whoever delivers them puts that right by `version`.
 */
export interface LogFrame {
  type: 'frame'
  conversationId: string
  version: number
  /** The frame itself, shared by all sockets. */
  json: string
  /** What members see instead who joined at `joinedFrom` or later; null: nothing. */
  newcomers?: { joinedFrom: number; json: string | null }
  /** People for whom this frame is the last one of the conversation. */
  ended?: string[]
}

/** A frame outside the log; what is droppable may be left out for a slow socket. */
export interface PassingFrame {
  type: 'passing'
  conversationId: string
  fromUserId: string
  json: string
  droppable: boolean
  newcomers?: { joinedFrom: number; json: string | null }
}

export type ConversationEvent = LogFrame | PassingFrame

/** What concerns one user alone, on every gateway that holds a socket of theirs. */
export type UserEvent =
  | { type: 'joined'; standing: Standing }
  /** For all of the user's own sockets, and nobody else's. */
  | { type: 'frame'; json: string }

/** How a person is on one gateway, to the gateways where somebody looks at them. */
export interface PresenceEvent {
  type: 'presence'
  userId: string
  gatewayId: string
  state: PresenceState
}

/** Tells every process to refuse the session's tokens and to close its sockets. */
export interface SessionEndedEvent {
  type: 'session-ended'
  userId: string
  sessionId: string
}

/** Tells every process to forget what it has cached of this profile. */
export interface ProfileChangedEvent {
  type: 'profile-changed'
  userId: string
}

/** What people have in front of them on one gateway, all of it by person; and who asks for that. */
export type FocusEvent =
  | { type: 'focus'; gatewayId: string; people: [userId: string, conversationIds: string[]][] }
  | { type: 'ask' }
  /** Of a screen that nothing was heard of for so long: it has shown nothing since. */
  | { type: 'lost'; userId: string; conversationId: string; silentMs: number }
  /** Who of these people is connected; each gateway that has some of them says so. */
  | { type: 'ask-here'; userIds: string[] }
  /** Who is connected, or has just gone, and for how long each of them has done nothing, in milliseconds. */
  | { type: 'here'; people: [userId: string, idleMs: number][] }

/** Bus topics and what travels on each. */
export interface BusEvents {
  [topic: `conversation:${string}`]: ConversationEvent
  [topic: `user:${string}`]: UserEvent
  [topic: `presence:${string}`]: PresenceEvent
  focus: FocusEvent
  sessions: SessionEndedEvent
  profiles: ProfileChangedEvent
}
export type BusTopic = keyof BusEvents
