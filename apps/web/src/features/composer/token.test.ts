import { expect, test } from 'vitest'
import { closedShortcode, tokenAt } from './token.ts'

test('an @ at the start of a word asks for people', () => {
  expect(tokenAt('hello @bo', 9)).toEqual({ kind: 'mention', query: 'bo', start: 6, end: 9 })
  expect(tokenAt('@', 1)).toEqual({ kind: 'mention', query: '', start: 0, end: 1 })
})

test('an address or a time asks for nothing', () => {
  expect(tokenAt('mail bob@example', 16)).toBeNull()
  expect(tokenAt('at 12:30', 8)).toBeNull()
  expect(tokenAt('so: ', 4)).toBeNull()
})

test('a colon asks for emoji from the second letter on', () => {
  expect(tokenAt(':ta', 3)).toMatchObject({ kind: 'emoji', query: 'ta' })
  expect(tokenAt(':t', 2)).toBeNull()
})

test('only what stands before the caret counts', () => {
  expect(tokenAt('@bob and more', 3)).toMatchObject({ query: 'bo', start: 0, end: 3 })
})

test('a closed shortcode is found with both its colons', () => {
  expect(closedShortcode('so :tada:', 9)).toMatchObject({ query: 'tada', start: 3, end: 9 })
  expect(closedShortcode('12:30:', 6)).toBeNull()
})
