import { expect, onTestFinished, test, vi } from 'vitest'
import { createInProcessBus } from '../src/bus/in-process.ts'
import { EndedSessions } from '../src/ended-sessions.ts'

test('what could not be looked up after an outage is looked up again soon', async () => {
  const calls: (() => string[])[] = [
    () => [],
    () => {
      throw new Error('away')
    },
  ]
  const endedSessions = vi.fn(async () => (calls.shift() ?? (() => ['stolen']))())
  let recover = (_lostMs: number) => undefined
  const bus = createInProcessBus()
  bus.onRecovery = (handler) => {
    recover = (lostMs) => void handler(lostMs)
    return { [Symbol.dispose]: () => undefined }
  }
  const ended = new EndedSessions({ users: { endedSessions }, bus, rememberMs: 60_000 })
  onTestFinished(() => ended[Symbol.dispose]())
  await ended.start()
  recover(1_000)
  await expect.poll(() => ended.has('stolen'), { timeout: 10_000 }).toBe(true)
  expect(endedSessions).toHaveBeenCalledTimes(3)
})
