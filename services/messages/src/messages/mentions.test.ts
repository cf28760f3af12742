import { expect, test } from 'vitest'
import { namesIn } from './mentions.ts'

test('names are found where a person would see them', () => {
  expect(namesIn('hi @Bob, and @carol.smith!')).toEqual(['bob', 'carol.smith'])
  expect(namesIn('ask @bob.')).toEqual(['bob.', 'bob'])
  expect(namesIn('(@dan)')).toEqual(['dan'])
})

test('an e-mail address mentions nobody', () => {
  expect(namesIn('mail bob@example.com')).toEqual([])
})
