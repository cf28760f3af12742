import { expect, test } from 'vitest'
import { mayRemove, rolesToGive } from './roles.ts'

test('only owners make, unmake and remove owners', () => {
  expect(rolesToGive('owner', 'member')).toEqual(['owner', 'admin'])
  expect(rolesToGive('admin', 'member')).toEqual(['admin'])
  expect(rolesToGive('admin', 'owner')).toEqual([])
  expect(mayRemove('admin', 'owner')).toBe(false)
  expect(mayRemove('owner', 'owner')).toBe(true)
})

test('members change nobody', () => {
  expect(rolesToGive('member', 'member')).toEqual([])
  expect(mayRemove('member', 'member')).toBe(false)
})
