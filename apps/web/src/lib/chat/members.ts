import type { Member, OwnUser, Participant } from '@chatapp/protocol'
import type { LiveEventOf } from '@chatapp/sdk'
import { type ChatState, type Members, put } from './state.ts'

/** How far others have got with a message of mine. */
export type Tick = 'sent' | 'delivered' | 'read'

export function withMembers(state: ChatState, id: string, loaded: Member[]): ChatState {
  const members = membersOf(loaded, state.members[id])
  return { ...withPeople(state, loaded), members: put(state.members, id, members) }
}

export function withMoreMembers(state: ChatState, id: string, loaded: Member[]): ChatState {
  const known = state.members[id]
  const members = { ...known, ...membersOf(loaded, known) }
  return { ...withPeople(state, loaded), members: put(state.members, id, members) }
}

export function withParticipants(state: ChatState, event: LiveEventOf<'participant'>): ChatState {
  const { conversationId: id, participants } = event
  const members = state.members[id]
  const conversation = state.conversations[id]
  const mine = participants.find(({ userId, left }) => userId === state.self?.id && !left)
  const next: ChatState = members
    ? { ...state, members: put(state.members, id, changedMembers(members, participants)) }
    : state
  if (!conversation) return next
  const me = mine ? { ...conversation.me, role: mine.role } : conversation.me
  // The lobby writes no lines about who joins, so these are the only news of it.
  const memberCount = conversation.lobby
    ? conversation.memberCount + arrivalsOf(participants, members)
    : conversation.memberCount
  const changed = { ...conversation, me, memberCount, version: event.version }
  return { ...next, conversations: put(state.conversations, id, changed) }
}

/** How many more there are; of large conversations not all members are known here. */
function arrivalsOf(changes: LiveEventOf<'participant'>['participants'], known: Members = {}) {
  const left = changes.filter((change) => change.left).length
  const come = changes.filter((change) => !change.left && !(change.userId in known)).length
  return come - left
}

/** Frames are the same for all, so who hides their own reading passes over that of others here. */
export function withReceipt(state: ChatState, event: LiveEventOf<'receipt'>): ChatState {
  const { self } = state
  const isOthers = event.userId !== self?.id
  return withCursor(state, event, isOthers && hidesReads(self) ? 'delivered' : event.kind)
}

export function hidesReads(self: OwnUser | null): boolean {
  return self?.preferences.readReceipts === false
}

export function withCursor(
  state: ChatState,
  at: { conversationId: string; userId: string; position: number },
  kind: 'read' | 'delivered',
): ChatState {
  const members = state.members[at.conversationId]
  const member = members?.[at.userId]
  if (!members || !member) return state
  const deliveredPosition = Math.max(member.deliveredPosition, at.position)
  const readPosition =
    kind === 'read' ? Math.max(member.readPosition, at.position) : member.readPosition
  const next = put(members, at.userId, { ...member, deliveredPosition, readPosition })
  return { ...state, members: put(state.members, at.conversationId, next) }
}

/** The least that everybody who was there has got to; newcomers do not count for older messages. */
export function tickOf(members: Members | undefined, selfId: string, position: number): Tick {
  const others = Object.values(members ?? {}).filter(
    ({ userId, joinedPosition }) => userId !== selfId && joinedPosition < position,
  )
  if (others.length === 0) return 'sent'
  if (others.every(({ readPosition }) => readPosition >= position)) return 'read'
  return others.every((o) => o.deliveredPosition >= position) ? 'delivered' : 'sent'
}

/** Who of the others has read up to here. */
export function readersOf(members: Members | undefined, selfId: string, position: number) {
  return Object.values(members ?? {})
    .filter((other) => other.userId !== selfId && other.joinedPosition < position)
    .filter(({ readPosition }) => readPosition >= position)
    .map(({ userId }) => userId)
}

function membersOf(loaded: Member[], known: Members | undefined): Members {
  return Object.fromEntries(
    loaded.map(({ user: _known, ...participant }) => {
      const { userId } = participant
      return [userId, later(known?.[userId], participant)]
    }),
  )
}

function withPeople(state: ChatState, loaded: Member[]): ChatState {
  const people = { ...state.people }
  for (const { user } of loaded) people[user.id] = user
  return { ...state, people }
}

function changedMembers(
  members: Members,
  changes: LiveEventOf<'participant'>['participants'],
): Members {
  const next = { ...members }
  for (const { left, ...participant } of changes) {
    if (left) delete next[participant.userId]
    else next[participant.userId] = later(next[participant.userId], participant)
  }
  return next
}

/** Cursors never fall: receipts may have told newer ones already. */
function later(known: Participant | undefined, told: Participant): Participant {
  if (!known || known.joinedPosition !== told.joinedPosition) return told
  return {
    ...told,
    readPosition: Math.max(known.readPosition, told.readPosition),
    deliveredPosition: Math.max(known.deliveredPosition, told.deliveredPosition),
  }
}
