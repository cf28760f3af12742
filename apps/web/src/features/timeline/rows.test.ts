import type { TextMessage } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { ALICE, BOB, ROOM, room, text } from '../../lib/chat/samples.ts'
import { rowsOf } from './rows.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 31, 12, minutes)).toISOString()

function rows(messages: TextMessage[], unreadFrom: number | null = null) {
  const timeline = room().timelines[ROOM]
  if (!timeline) throw new Error('the room has no timeline')
  return rowsOf({ ...timeline, messages, unreadFrom }, [], ALICE)
}

test('what one person writes within five minutes stands together', () => {
  const found = rows([
    text(1, { sentAt: at(0) }),
    text(2, { sentAt: at(4) }),
    text(3, { sentAt: at(10) }),
    text(4, { sentAt: at(10), senderId: ALICE }),
  ])
  expect(found.map((row) => ('isFirst' in row ? row.isFirst : row.kind))).toEqual([
    ...['day', true, false, true, true],
  ])
})

test('the divider stands above the first new message of others', () => {
  const mine = { senderId: ALICE }
  const found = rows([text(1, { senderId: BOB }), text(2, mine), text(3)], 2)
  expect(found.map(({ kind }) => kind)).toEqual(['day', 'text', 'text', 'unread', 'text'])
})

test('a message of mine keeps its key when it settles', () => {
  const timeline = room().timelines[ROOM]
  if (!timeline) throw new Error('the room has no timeline')
  const item = { clientId: 'mine', conversationId: ROOM, data: 'x', replyTo: null, createdAt: 0 }
  const waiting = rowsOf(timeline, [{ ...item, state: { kind: 'queued' } }], ALICE).at(-1)
  const settled = rows([text(1, { senderId: ALICE, clientId: 'mine' })]).at(-1)
  expect(waiting?.key).toBe('mine')
  expect(settled?.key).toBe('mine')
})
