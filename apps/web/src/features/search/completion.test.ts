import { expect, test } from 'vitest'
import { tokenAt } from './completion.ts'

test('behind an operator its value is completed', () => {
  expect(tokenAt('pump from:al', 12)).toEqual({
    key: 'from',
    written: 'al',
    place: { start: 10, end: 12 },
  })
})

test('in quotation marks they belong to what is replaced', () => {
  expect(tokenAt('in:"Team L', 10)).toEqual({
    key: 'in',
    written: 'Team L',
    place: { start: 3, end: 10 },
  })
})

test('words and what is behind a value are not completed', () => {
  expect(tokenAt('from:al ', 8)).toBeNull()
  expect(tokenAt('pump', 4)).toBeNull()
  expect(tokenAt('in:"Team"', 9)).toBeNull()
})
