import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'

test('work runs two at a time, in order, and a failure makes room for the next', async () => {
  const queue = createQueue({ atOnce: 2, maxWaiting: 10, whenFull: 'later' })
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<void>())
  const begun: number[] = []
  const results = gates.map((gate, i) =>
    queue(() => {
      begun.push(i)
      return gate.promise
    }),
  )
  await expect.poll(() => begun).toEqual([0, 1])
  gates[1]?.reject(new Error('one'))
  await expect(results[1]).rejects.toThrow('one')
  await expect.poll(() => begun).toEqual([0, 1, 2])
  for (const gate of gates) gate.resolve()
  await Promise.allSettled(results)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('above the waiting limit it refuses as overloaded', async () => {
  const queue = createQueue({ atOnce: 1, maxWaiting: 1, whenFull: 'later' })
  const gate = Promise.withResolvers<void>()
  const first = [queue(() => gate.promise), queue(() => gate.promise)]
  await expect(queue(() => gate.promise)).rejects.toMatchObject({ code: 'overloaded' })
  gate.resolve()
  await Promise.all(first)
})
