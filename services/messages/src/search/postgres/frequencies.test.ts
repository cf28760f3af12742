import { expect, test } from 'vitest'
import type { PlainPlan } from '../words/plan.ts'
import { shareOf } from './frequencies.ts'

const frequencies = {
  total: 1_000,
  oldest: undefined,
  shares: new Map([
    ['the', 0.5],
    ['there', 0.1],
    ['boat', 0.02],
  ]),
}
const planOf = (...all: PlainPlan['all']): PlainPlan => ({ all, none: [] })

test('a plan is as frequent as its rarest part', () => {
  const the = [[{ token: 'the', how: 'exact' as const }]]
  const boat = [[{ token: 'boat', how: 'exact' as const }]]
  const rare = [[{ token: 'zebu', how: 'exact' as const }]]
  expect(shareOf(planOf(the), frequencies)).toBe(0.5)
  expect(shareOf(planOf(the, boat), frequencies)).toBe(0.02)
  expect(shareOf(planOf(the, rare), frequencies)).toBe(0)
  expect(shareOf(planOf([[...(the[0] ?? []), ...(boat[0] ?? [])]]), frequencies)).toBe(0.02)
})

test('of a beginning all words count, and of alternatives each', () => {
  expect(shareOf(planOf([[{ token: 'the', how: 'prefix' }]]), frequencies)).toBeCloseTo(0.6)
  const either = [
    [{ token: 'the', how: 'exact' as const }],
    [{ token: 'boat', how: 'exact' as const }],
  ]
  expect(shareOf(planOf(either), frequencies)).toBeCloseTo(0.52)
})

test('an index without statistics knows nothing', () => {
  expect(shareOf(planOf(), { total: 0, oldest: undefined, shares: new Map() })).toBeUndefined()
})
