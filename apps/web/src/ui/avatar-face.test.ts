import { expect, test } from 'vitest'
import { colourOf, initialsOf } from './avatar-face.ts'

test('initials are of the first and the last word', () => {
  expect(initialsOf('Maya van Brandt')).toBe('MB')
  expect(initialsOf('alice')).toBe('AL')
  expect(initialsOf('👩‍🚀 Crew')).toBe('👩‍🚀C')
  expect(initialsOf(' ')).toBe('')
})

test('a colour stays with its id', () => {
  expect(colourOf('0192-a')).toBe(colourOf('0192-a'))
})
