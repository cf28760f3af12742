import { expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

const ok = <T>(value: T) => ({ ok: true as const, value })

test('what arrives while a batch is under way makes the next batch, in order', async () => {
  const batches: number[][] = []
  const gate = Promise.withResolvers<void>()
  const batcher = createBatcher<number, number>({
    maxBatch: 100,
    maxWaiting: 100,
    run: async (items) => {
      batches.push(items)
      await gate.promise
      return items.map((n) => ok(n * 2))
    },
  })
  const first = batcher.add(1)
  await new Promise((resolve) => setImmediate(resolve))
  const rest = [2, 3, 4].map((n) => batcher.add(n))
  gate.resolve()
  expect(await Promise.all([first, ...rest])).toEqual([2, 4, 6, 8])
  expect(batches).toEqual([[1], [2, 3, 4]])
})

test('a failing item fails alone, a failing batch fails all of its items, and the next goes on', async () => {
  const batcher = createBatcher<number, number>({
    maxBatch: 2,
    maxWaiting: 100,
    run: async (items) => {
      if (items.includes(9)) throw new Error('whole batch')
      return items.map((n) => (n === 2 ? { ok: false, error: new Error('two') } : ok(n)))
    },
  })
  const outcomes = await Promise.allSettled([1, 2, 9, 8, 5].map((n) => batcher.add(n)))
  expect(outcomes.map((o) => (o.status === 'fulfilled' ? o.value : o.reason.message))).toEqual([
    1,
    'two',
    'whole batch',
    'whole batch',
    5,
  ])
})

test('above the waiting limit it refuses as overloaded', async () => {
  const batcher = createBatcher<number, number>({
    maxBatch: 1,
    maxWaiting: 2,
    run: async (items) => items.map(ok),
  })
  const outcomes = await Promise.allSettled([1, 2, 3].map((n) => batcher.add(n)))
  expect(outcomes.map((o) => o.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
  expect(outcomes[2]).toMatchObject({ reason: { code: 'overloaded' } })
})
