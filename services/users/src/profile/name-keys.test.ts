import { expect, test } from 'vitest'
import { nameKeys, toNameKey } from './name-keys.ts'

test('a person is found by username, display name and every later word of it', () => {
  expect(nameKeys('Alice', 'Alice  van Dyke')).toEqual([
    'alice',
    'alice van dyke',
    'van dyke',
    'dyke',
  ])
  expect(nameKeys('bob', 'Bob')).toEqual(['bob'])
})

test('full-width, composed and upper-case letters are the same as plain ones', () => {
  expect(toNameKey('ＡＮＮ')).toBe('ann')
  expect(toNameKey('Zoe\u0308')).toBe(toNameKey('ZO\u00cb'))
  expect(toNameKey('  ann \u3000 lee ')).toBe('ann lee')
})

test('a key stays short however long NFKC makes the name', () => {
  expect([...toNameKey('\ufdfa'.repeat(64))]).toHaveLength(64)
})
