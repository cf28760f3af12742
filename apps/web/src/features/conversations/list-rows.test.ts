import { expect, test } from 'vitest'
import type { ChatConversation } from '../../lib/chat/state.ts'
import { emptyState } from '../../lib/chat/state.ts'
import { countPinned, idsNamed, listRows } from './list-rows.ts'

// Only what these functions read.
const conversation = (id: string, title: string, pinned: boolean) =>
  ({ id, title, me: { pinned } }) as ChatConversation
const conversations = {
  a: conversation('a', 'Orchard build', true),
  b: conversation('b', 'Weekend trips', false),
}
const state = { ...emptyState, conversations }

test('headings part the pinned conversations from the others', () => {
  const rows = listRows(['a', 'b'], countPinned(['a', 'b'], state))
  expect(rows.map((row) => ('name' in row ? row.name : row.id))).toEqual([
    'pinned',
    'a',
    'recent',
    'b',
  ])
})

test('without pinned ones there is no heading', () => {
  expect(listRows(['b'], countPinned(['b'], state))).toEqual([{ kind: 'conversation', id: 'b' }])
})

test('a search finds the beginnings of words before their middles', () => {
  expect(idsNamed(['a', 'b'], 'tri', state)).toEqual(['b'])
  expect(idsNamed(['a', 'b'], 'e', state)).toEqual(['b'])
  expect(idsNamed(['b', 'a'], 'b', state)).toEqual(['a'])
})
