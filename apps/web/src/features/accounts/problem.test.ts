import { ChatError, invalidField } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { problemBefore, problemOf } from './problem.ts'

test('what is missing is said before anything is sent', () => {
  expect(problemBefore({ username: '', password: '' }, 'signIn')?.text).toBe('usernameMissing')
  expect(problemBefore({ username: 'alice', password: '' }, 'signIn')?.text).toBe('passwordMissing')
})

test('only a new account must keep to the rules: an old one may know better', () => {
  const given = { username: 'a b', password: 'short' }
  expect(problemBefore(given, 'signIn')).toBeNull()
  expect(problemBefore(given, 'register')?.field).toBe('username')
  expect(problemBefore({ ...given, username: 'alice' }, 'register')?.field).toBe('password')
})

test('an answer is said at the field it is about', () => {
  expect(problemOf(new ChatError('conflict', ''), 'register').field).toBe('username')
  expect(problemOf(invalidField('password', 'is common'), 'register').field).toBe('password')
  expect(problemOf(new ChatError('unauthenticated', ''), 'signIn').field).toBe('form')
})
