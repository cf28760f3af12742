import type { Participant, User } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { memberOrder } from './member-order.ts'

const user = (id: string, displayName: string): User => ({
  id,
  displayName,
  username: id,
  avatarUrl: null,
  bio: '',
})
const participant = (userId: string, role: Participant['role']): Participant => ({
  userId,
  role,
  joinedAt: '2026-01-01T00:00:00.000Z',
  joinedPosition: 0,
  deliveredPosition: 0,
  readPosition: 0,
})
const people = {
  a: user('a', 'Alice Larsen'),
  b: user('b', 'Bob'),
  c: user('c', 'Carol'),
  d: user('d', 'Dan'),
}
const members = {
  d: participant('d', 'member'),
  c: participant('c', 'member'),
  b: participant('b', 'owner'),
  a: participant('a', 'admin'),
}

test('owners come first, then admins, then members by name', () => {
  expect(memberOrder(members, people, '')).toEqual(['b', 'a', 'c', 'd'])
})

test('a search is by the beginning of any name', () => {
  expect(memberOrder(members, people, 'lar')).toEqual(['a'])
  expect(memberOrder(members, people, ' BO ')).toEqual(['b'])
})
