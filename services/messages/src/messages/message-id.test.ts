import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeMessageId, encodeMessageId } from './message-id.ts'

test('an id leads back to its conversation and position', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 1, max: 2 ** 31 - 1 }), (conversationId, position) => {
      expect(decodeMessageId(encodeMessageId(conversationId, position))).toEqual({
        conversationId,
        position,
      })
    }),
  )
})

test('anything else is no id', () => {
  const id = encodeMessageId('0190b3f0-0000-7000-8000-000000000000', 7)
  for (const bad of [
    '',
    'x',
    `${id}=`,
    `${id} `,
    id.slice(1),
    encodeMessageId('0190b3f0-0000-7000-8000-000000000000', 0),
  ]) {
    expect(decodeMessageId(bad)).toBeUndefined()
  }
})
