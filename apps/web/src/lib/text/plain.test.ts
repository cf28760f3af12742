import { expect, test } from 'vitest'
import { isEmojiOnly, plainLine } from './plain.ts'

test('a line for the list has no marks and no breaks', () => {
  expect(plainLine('**now**\n\n> `go` on')).toBe('now go on')
})

test('a few emoji alone are shown large, words and crowds are not', () => {
  expect(isEmojiOnly('👍🏽 🎉')).toBe(true)
  expect(isEmojiOnly('👨‍👩‍👧‍👦')).toBe(true)
  expect(isEmojiOnly('ok 👍')).toBe(false)
  expect(isEmojiOnly('12')).toBe(false)
  expect(isEmojiOnly('🎉'.repeat(7))).toBe(false)
})
