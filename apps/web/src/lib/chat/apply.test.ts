import { expect, test } from 'vitest'
import { applyEvent, type ChatEvent } from './apply.ts'
import { tickOf } from './members.ts'
import { ALICE, arrived, BOB, CAROL, member, ROOM, room, text } from './samples.ts'
import { hasMention } from './select.ts'
import { TYPING_LASTS_MS, withoutExpiredTyping } from './signals.ts'
import type { ChatState } from './state.ts'

const NOW = 1_000_000
const after = (state: ChatState, ...events: ChatEvent[]) =>
  events.reduce((next, event) => applyEvent(next, event, NOW), state)
const receipt = (userId: string, position: number, kind: 'read' | 'delivered' = 'read') =>
  ({ type: 'receipt', conversationId: ROOM, userId, kind, position, at: text(1).sentAt }) as const
const pending = (clientId: string, data: string) => ({
  ...{ clientId, conversationId: ROOM, data, replyTo: null, createdAt: NOW },
  state: { kind: 'sending' as const },
})

test('what others write is unread, what I write reads everything', () => {
  const unread = after(room({ last: 2 }), arrived(text(3)), arrived(text(4)))
  expect(unread.conversations[ROOM]).toMatchObject({ unread: 2, lastPosition: 4 })
  const mine = after(unread, arrived(text(5, { senderId: ALICE })))
  expect(mine.conversations[ROOM]).toMatchObject({ unread: 0, me: { readPosition: 5 } })
})

test('reading on another device counts down', () => {
  const state = after(room({ last: 10, readPosition: 4 }), receipt(ALICE, 7))
  expect(state.conversations[ROOM]).toMatchObject({ unread: 3, me: { readPosition: 7 } })
  expect(after(state, receipt(ALICE, 10)).conversations[ROOM]?.unread).toBe(0)
  expect(after(state, receipt(ALICE, 2)).conversations[ROOM]?.unread).toBe(3)
})

test('a mention shows until it is read', () => {
  const state = after(room({ last: 1 }), arrived(text(2, { mentions: [ALICE] })), arrived(text(3)))
  const [before, read] = [state, after(state, receipt(ALICE, 3))].map((s) => s.conversations[ROOM])
  expect(before && hasMention(before)).toBe(true)
  expect(read && hasMention(read)).toBe(false)
})

test('a waiting message becomes a sent one in one step, and stays one when its frame arrives', () => {
  const items = [pending('mine', 'hello'), pending('next', 'again')]
  const ack = { conversationId: ROOM, messageId: 'm3', position: 3, version: 3, clientId: 'mine' }
  const sent = after(
    room({ last: 2 }),
    { type: 'outbox', items },
    { type: 'ack', ...ack, sentAt: text(3).sentAt },
  )
  expect(sent.pending[ROOM]).toMatchObject([{ clientId: 'next' }])
  expect(sent.timelines[ROOM]?.messages.at(-1)).toMatchObject({ clientId: 'mine', data: 'hello' })
  const echoed = after(sent, arrived(text(3, { senderId: ALICE, clientId: 'mine', data: 'hello' })))
  expect(echoed.timelines[ROOM]?.messages).toHaveLength(3)
})

test('typing ends with the message, or after some seconds', () => {
  const typing = { type: 'typing', conversationId: ROOM, userId: BOB } as const
  const state = after(room(), typing)
  expect(Object.keys(state.typing[ROOM] ?? {})).toEqual([BOB])
  expect(after(state, arrived(text(1))).typing[ROOM]).toEqual({})
  expect(withoutExpiredTyping(state, NOW + TYPING_LASTS_MS - 1)).toBe(state)
  expect(withoutExpiredTyping(state, NOW + TYPING_LASTS_MS).typing[ROOM]).toEqual({})
})

test('ticks are of the slowest, and newcomers do not count for older messages', () => {
  const members = { [ALICE]: member(ALICE, 0), [BOB]: member(BOB, 5), [CAROL]: member(CAROL, 5, 5) }
  expect(tickOf(members, ALICE, 5)).toBe('read')
  expect(tickOf(members, ALICE, 6)).toBe('sent')
  const state = { ...room(), members: { [ROOM]: members } }
  const delivered = after(state, receipt(BOB, 6), receipt(CAROL, 6, 'delivered'))
  expect(tickOf(delivered.members[ROOM], ALICE, 6)).toBe('delivered')
})

test('what is loaded of a conversation that changed elsewhere is shown until it is loaded anew', () => {
  const state = room({ last: 2 })
  const known = state.conversations[ROOM]
  if (!known) throw new Error('the room is missing')
  const joined = { type: 'joined', initial: true } as const
  expect(after(state, { ...joined, conversation: known }).timelines[ROOM]).toBeDefined()
  const changed = { ...known, version: known.version + 1 }
  expect(after(state, { ...joined, conversation: changed }).timelines[ROOM]).toMatchObject({
    status: 'stale',
    messages: state.timelines[ROOM]?.messages,
  })
})

test('events of one conversation leave the others as they are', () => {
  const other = { ...room({ last: 1 }).conversations[ROOM], id: 'other' }
  const base = room({ last: 1 })
  const state = { ...base, conversations: { ...base.conversations, other } } as ChatState
  expect(after(state, arrived(text(2))).conversations.other).toBe(other)
})
