import { expect, test } from 'vitest'
import { highlight, patternOf, termsOf } from './terms.ts'

test('a query is its words, each once', () => {
  expect(termsOf('  one two\tone ')).toEqual(['one', 'two'])
  expect(termsOf('   ')).toEqual([])
})

test('wildcards of LIKE are plain text', () => {
  expect(patternOf('50%_\\')).toBe('%50\\%\\_\\\\%')
})

test('marks stand where the words are, whatever their case and whatever signs they have', () => {
  expect(highlight('One (two) ONE', ['one', '(two)'])).toEqual([
    [0, 3],
    [4, 9],
    [10, 13],
  ])
})
