import { expect, test, vi } from 'vitest'
import { ManualClock } from '../../tests/manual-clock.ts'
import { startHeartbeat } from './heartbeat.ts'

function start() {
  const clock = new ManualClock()
  const calls = { ping: vi.fn(), dead: vi.fn() }
  return { clock, ...calls, heartbeat: startHeartbeat(clock, calls) }
}

test('35 s of silence are the end, after one ping', () => {
  const { clock, ping, dead } = start()
  clock.advance(34_999)
  expect(ping).toHaveBeenCalledTimes(1)
  expect(dead).not.toHaveBeenCalled()
  clock.advance(1)
  expect(dead).toHaveBeenCalledTimes(1)
  expect(clock.pending).toBe(0)
})

test('any frame counts as alive', () => {
  const { clock, ping, dead, heartbeat } = start()
  for (let i = 0; i < 10; i++) {
    clock.advance(15_000)
    heartbeat.heard()
  }
  expect(ping).not.toHaveBeenCalled()
  clock.advance(25_000)
  heartbeat.heard()
  clock.advance(34_000)
  expect(dead).not.toHaveBeenCalled()
})

test('a socket in doubt has 5 s to answer, however often it is doubted', () => {
  const { clock, ping, dead, heartbeat } = start()
  clock.advance(1_000)
  for (let i = 0; i < 5; i++) {
    heartbeat.checkNow()
    clock.advance(999)
  }
  expect(ping).toHaveBeenCalledTimes(1)
  expect(dead).not.toHaveBeenCalled()
  clock.advance(5)
  expect(dead).toHaveBeenCalledTimes(1)
  expect(clock.pending).toBe(0)
})

test('a doubted socket that answers goes on as before', () => {
  const { clock, ping, dead, heartbeat } = start()
  clock.advance(1_000)
  heartbeat.checkNow()
  heartbeat.heard()
  clock.advance(34_999)
  expect(ping).toHaveBeenCalledTimes(2)
  expect(dead).not.toHaveBeenCalled()
  clock.advance(1)
  expect(dead).toHaveBeenCalledTimes(1)
})

test('stopping leaves no timer', () => {
  const { clock, heartbeat } = start()
  heartbeat.stop()
  expect(clock.pending).toBe(0)
})
