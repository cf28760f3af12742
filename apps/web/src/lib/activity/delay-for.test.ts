import { expect, test } from 'vitest'
import { ALICE, arrived, BOB, ROOM, room, text } from '../chat/samples.ts'
import { delayFor } from './delay-for.ts'

const state = room({ last: 2 })

test('a message counts when it calls me, may answer me, or is mine', () => {
  const isAsked = (message: Parameters<typeof text>[1]) =>
    delayFor(arrived(text(3, message)), state) !== undefined
  expect(isAsked({})).toBe(false)
  expect(isAsked({ mentions: [ALICE] })).toBe(true)
  expect(isAsked({ mentionsAll: true })).toBe(true)
  expect(isAsked({ replyTo: 'of another time' })).toBe(true)
  expect(isAsked({ replyTo: 'm2' })).toBe(false)
  expect(isAsked({ senderId: ALICE })).toBe(true)
})

test('a word of mine is asked about later, when it has been found', () => {
  const called = delayFor(arrived(text(3, { mentions: [ALICE] })), state) ?? 0
  const withWord = { ...state, keywords: ['text'] }
  expect(delayFor(arrived(text(3)), withWord)).toBeGreaterThan(called)
})

test('my own reading counts, that of others does not', () => {
  const read = (userId: string) =>
    ({ type: 'receipt', conversationId: ROOM, userId, kind: 'read', position: 2, at: '' }) as const
  expect(delayFor(read(ALICE), state)).toBeDefined()
  expect(delayFor(read(BOB), state)).toBeUndefined()
})
