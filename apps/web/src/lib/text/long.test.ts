import { expect, test } from 'vitest'
import { isLong } from './long.ts'

test('what fills more than a screen is long, by its lines or by its length', () => {
  expect(isLong('short')).toBe(false)
  expect(isLong('line\n'.repeat(27))).toBe(false)
  expect(isLong('line\n'.repeat(40))).toBe(true)
  expect(isLong('word '.repeat(300))).toBe(false)
  expect(isLong('word '.repeat(500))).toBe(true)
})
