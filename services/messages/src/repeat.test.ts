import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { repeat, restWhileSending } from './repeat.ts'

test('while people send, nine parts of ten are rest, and half for whoever is too far behind', () => {
  expect([0, 0.5, 0.8, 1, 5].map((behind) => restWhileSending(100, behind))).toEqual([
    900,
    450,
    expect.closeTo(180),
    100,
    100,
  ])
})

test('whoever is never up to date soon rests no longer than they work', async () => {
  const stopping = new AbortController()
  let rounds = 0
  const startedAt = performance.now()
  await repeat(
    { everyMs: 0, behindMaxMs: 1, isSending: () => true, signal: stopping.signal },
    async () => {
      await sleep(20)
      if (++rounds === 10) stopping.abort()
      return 'more'
    },
    () => {},
  )
  expect(performance.now() - startedAt).toBeLessThan(1_200)
})
