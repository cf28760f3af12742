import { expect, test } from 'vitest'
import { applyEvent } from '../../lib/chat/apply.ts'
import { ALICE, arrived, ROOM, room, text } from '../../lib/chat/samples.ts'
import type { ChatState } from '../../lib/chat/state.ts'
import { isQuietTime, newsSince } from './news.ts'

const NOW = Date.parse('2026-01-31T12:00:00.000Z')
const live: ChatState = { ...room({ last: 2 }), loaded: 'live' }

function withMe(
  me: Partial<ChatState['conversations'][string]['me']>,
  kind: 'direct' | 'group' = 'group',
): ChatState {
  const conversation = live.conversations[ROOM]
  if (!conversation) throw new Error('the sample has a room')
  const changed = { ...conversation, kind, me: { ...conversation.me, ...me } }
  return { ...live, conversations: { [ROOM]: changed } }
}

function newsOf(state: ChatState, message = text(3)): string[] {
  const next = applyEvent(state, arrived(message), NOW)
  return newsSince(state, next, NOW).map((news) => news.message.id)
}

test('a message of somebody else is news, one of mine is none', () => {
  expect(newsOf(live)).toEqual(['m3'])
  expect(newsOf(live, text(3, { senderId: ALICE }))).toEqual([])
})

test('what came while the page was closed is none', () => {
  expect(newsOf({ ...live, loaded: 'kept' })).toEqual([])
})

test('the level of the conversation and its silence hold', () => {
  expect(newsOf(withMe({ notify: 'nothing' }))).toEqual([])
  expect(newsOf(withMe({ notify: 'mentions' }))).toEqual([])
  expect(newsOf(withMe({ notify: 'mentions' }), text(3, { mentions: [ALICE] }))).toEqual(['m3'])
  expect(newsOf(withMe({ notify: 'mentions' }), text(3, { mentionsAll: true }))).toEqual(['m3'])
  const mine = text(2, { senderId: ALICE })
  const answered = { ...withMe({ notify: 'mentions' }), quoted: { mine, m1: text(1) } }
  expect(newsOf(answered, text(3, { replyTo: 'mine' }))).toEqual(['m3'])
  expect(newsOf(answered, text(3, { replyTo: 'm1' }))).toEqual([])
  expect(newsOf(withMe({ notify: 'mentions' }, 'direct'))).toEqual(['m3'])
  const withWord = { ...withMe({ notify: 'mentions' }), keywords: ['Text'] }
  expect(newsOf(withWord)).toEqual(['m3'])
  expect(newsOf(withMe({ mutedUntil: '2026-01-31T13:00:00.000Z' }))).toEqual([])
  expect(newsOf(withMe({ mutedUntil: '2026-01-31T11:00:00.000Z' }))).toEqual(['m3'])
})

test('the hours of quiet may go over midnight', () => {
  const full = 'full' as const
  const account = {
    payload: full,
    payloadMax: full,
    digest: false,
    digestEvery: 'day' as const,
    keywords: [],
  }
  const doNotDisturb = { from: '22:00', to: '13:30', timeZone: 'Europe/Berlin' }
  expect(isQuietTime({ ...account, doNotDisturb }, NOW)).toBe(true)
  expect(isQuietTime({ ...account, doNotDisturb: { ...doNotDisturb, to: '13:00' } }, NOW)).toBe(
    false,
  )
  expect(isQuietTime({ ...account, doNotDisturb: null }, NOW)).toBe(false)
})
