import { expect, test } from 'vitest'
import { createLanes } from './lanes.ts'

interface Sent {
  by: string
  to: string
  n: number
}

test('what one origin sends to different places is dealt with in its order', async () => {
  const done: number[] = []
  const lanes = createLanes<Sent, number>({
    lanes: 8,
    maxBatch: 2,
    maxWaiting: 1000,
    originOf: (item) => item.by,
    placeOf: (item) => item.to,
    // The later batches of a place are the quicker ones: order must not depend on luck.
    run: async (items) => {
      const turns = 5 - Math.min(4, done.length)
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
      done.push(...items.map(({ n }) => n))
      return items.map(({ n }) => ({ ok: true, value: n }))
    },
  })
  const numbers = Array.from({ length: 40 }, (_, n) => n)
  await Promise.all(numbers.map((n) => lanes.add({ by: 'alice', to: `place ${n % 7}`, n })))
  expect(done).toEqual(numbers)
})

test('places are dealt with side by side, and one place always in the same lane', async () => {
  const lanesOf = new Map<string, Set<number>>()
  const gate = Promise.withResolvers<void>()
  let atOnce = 0
  const lanes = createLanes<Sent, null>({
    lanes: 8,
    maxBatch: 100,
    maxWaiting: 1000,
    originOf: (item) => item.by,
    placeOf: (item) => item.to,
    run: async (items, lane) => {
      atOnce++
      for (const { to } of items) lanesOf.set(to, (lanesOf.get(to) ?? new Set()).add(lane))
      if (atOnce > 1) gate.resolve()
      await gate.promise
      return items.map(() => ({ ok: true, value: null }))
    },
  })
  const items = Array.from({ length: 60 }, (_, n) => ({ by: `sender ${n}`, to: `p${n % 20}`, n }))
  await Promise.all(items.map((item) => lanes.add(item)))
  expect([...lanesOf.values()].every((used) => used.size === 1)).toBe(true)
  expect(new Set([...lanesOf.values()].flatMap((used) => [...used])).size).toBeGreaterThan(3)
})
