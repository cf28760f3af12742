import type { NotifyLevel } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { whyUndecided } from './undecided.ts'

const now = Date.parse('2026-11-23T12:00:00.000Z')
const group = (notify: NotifyLevel) => ({ kind: 'group' as const, me: { notify } })
const message = { sentAt: '2026-11-23T11:00:00.000Z', mentions: [] }
const known = {
  ...{ message, answers: 'nobody' as const, conversation: group('mentions'), selfId: 'me' },
  ...{ hasDevices: true, now },
}

test('of an old message nothing is kept any more', () => {
  const old = { ...message, sentAt: '2026-11-09T11:59:59.000Z' }
  expect(whyUndecided({ ...known, message: old })).toBe('tooOld')
})

test('without a device there is nothing to decide', () => {
  expect(whyUndecided({ ...known, hasDevices: false })).toBe('noDevices')
})

test('what calls me neither by name nor by an answer is not for me', () => {
  expect(whyUndecided(known)).toBe('notForMe')
  expect(whyUndecided({ ...known, conversation: group('nothing') })).toBe('notForMe')
  expect(whyUndecided({ ...known, answers: 'another' })).toBe('notForMe')
})

test('what is for me and not decided is not known', () => {
  expect(whyUndecided({ ...known, conversation: group('all') })).toBe('unknown')
  expect(whyUndecided({ ...known, message: { ...message, mentions: ['me'] } })).toBe('unknown')
  expect(whyUndecided({ ...known, message: { ...message, mentionsAll: true as const } })).toBe(
    'unknown',
  )
  for (const answers of ['me', 'unknown'] as const)
    expect(whyUndecided({ ...known, answers })).toBe('unknown')
  const conversation = { ...group('mentions'), kind: 'direct' as const }
  expect(whyUndecided({ ...known, conversation })).toBe('unknown')
})
