import { expect, test } from 'vitest'
import { median, percentile } from './statistics.ts'

test('a percentile is one of the values', () => {
  const values = [30, 10, 20, 50, 40]
  expect(percentile(values, 0)).toBe(10)
  expect(median(values)).toBe(30)
  expect(percentile(values, 0.8)).toBe(40)
  expect(percentile(values, 0.99)).toBe(50)
})

test('of nothing there is no percentile', () => {
  expect(median([])).toBeNaN()
})
