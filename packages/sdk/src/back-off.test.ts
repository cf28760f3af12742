import { expect, test } from 'vitest'
import { backOffMs } from './back-off.ts'

test('the ceiling doubles from 0.5 s to 30 s', () => {
  const ceilings = [0, 1, 2, 5, 6, 100].map((attempt) => backOffMs(attempt, () => 1))
  expect(ceilings).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000])
})

test('the jitter is full: any time below the ceiling', () => {
  expect(backOffMs(6, () => 0)).toBe(0)
  expect(backOffMs(6, () => 0.5)).toBe(15_000)
})
