import { expect, test } from 'vitest'
import { planAfter } from './retry-plan.ts'

const first = { attempt: 0, hasRefreshed: false }
const plan = (code: number, tries = first) => planAfter({ code, reason: '' }, tries, () => 1)

test.each([1000, 1006, 1011, 4000, 4001, 4002])('%i is retried with back-off', (code) => {
  expect(plan(code)).toEqual({ kind: 'retry', afterMs: 500 })
  expect(plan(code, { ...first, attempt: 2 })).toEqual({ kind: 'retry', afterMs: 2_000 })
})

test.each([4400, 4403, 4413, 4499])('%i ends the connection', (code) => {
  expect(plan(code)).toEqual({ kind: 'end', why: 'refused' })
})

test('4401 refreshes the token once', () => {
  expect(plan(4401)).toEqual({ kind: 'refresh' })
  expect(plan(4401, { attempt: 1, hasRefreshed: true })).toEqual({
    kind: 'end',
    why: 'unauthenticated',
  })
})

test('4429 is retried later', () => {
  expect(planAfter({ code: 4429, reason: '' }, first, () => 0)).toEqual({
    kind: 'retry',
    afterMs: 30_000,
  })
})
