import { expect, test } from 'vitest'
import { latestDrafts, withTabDraft } from './drafts.ts'
import { ROOM, room } from './samples.ts'
import { type Draft, emptyDraft } from './state.ts'

const written = (text: string, writtenAt: number): Draft => ({
  ...emptyDraft,
  ...{ text, writtenAt, isUnsaved: true },
})

test('of what two tabs keep, each conversation gets what was written last', () => {
  const kept = { a: written('kept a', 5), b: written('kept b', 1), c: written('kept c', 2) }
  const own = { a: written('own a', 3), b: written('own b', 4) }
  const texts = Object.entries(latestDrafts(kept, own)).map(([id, { text }]) => `${id}: ${text}`)
  expect(texts.toSorted()).toEqual(['a: kept a', 'b: own b', 'c: kept c'])
})

test('a draft that was sent here does not come back from what was kept before', () => {
  const sent = { ...emptyDraft, isUnsaved: true, writtenAt: 9 }
  expect(latestDrafts({ a: written('still there', 8) }, { a: sent })).toEqual({ a: sent })
})

test('what another tab writes later is taken over, unless a message is edited here', () => {
  const state = { ...room(), drafts: { [ROOM]: written('mine', 5) } }
  expect(withTabDraft(state, ROOM, written('older', 4)).drafts[ROOM]?.text).toBe('mine')
  expect(withTabDraft(state, ROOM, written('newer', 6)).drafts[ROOM]?.text).toBe('newer')
  const editing = { ...written('an edit', 5), editing: { messageId: 'm1', kept: 'mine' } }
  const busy = { ...state, drafts: { [ROOM]: editing } }
  expect(withTabDraft(busy, ROOM, written('newer', 6))).toBe(busy)
})
