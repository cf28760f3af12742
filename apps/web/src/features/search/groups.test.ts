import { expect, test } from 'vitest'
import { BOB, text } from '../../lib/chat/samples.ts'
import { groupsOf } from './groups.ts'

const hit = (position: number, id: string) => ({
  message: text(position, { senderId: BOB }),
  conversation: { id, title: id },
  highlights: [],
})
const shown = (...pages: ReturnType<typeof hit>[][]) =>
  groupsOf(pages).map(
    ({ conversation, hits }) => `${conversation.id} ${hits.map((h) => h.message.position)}`,
  )

test('hits of a page stand below their conversation', () => {
  expect(shown([hit(1, 'a'), hit(2, 'b'), hit(3, 'a')])).toEqual(['a 1,3', 'b 2'])
})

test('a later page changes nothing above it', () => {
  expect(shown([hit(1, 'a'), hit(2, 'b')], [hit(3, 'b'), hit(4, 'a')])).toEqual([
    'a 1',
    'b 2,3',
    'a 4',
  ])
})

test('there is nothing to show without a page', () => {
  expect(shown()).toEqual([])
  expect(shown([])).toEqual([])
})
