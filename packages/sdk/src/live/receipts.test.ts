import type { ReceiptIn } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { OTHER_ROOM, ROOM } from '../../tests/examples.ts'
import { ManualClock } from '../../tests/manual-clock.ts'
import { Receipts } from './receipts.ts'

function setUp() {
  const clock = new ManualClock()
  const wire = { isOpen: true, sent: [] as string[] }
  const send = ({ type, position }: ReceiptIn) => {
    if (wire.isOpen) wire.sent.push(`${type} ${position}`)
    return wire.isOpen
  }
  const receipts = new Receipts({ clock, random: () => 1, send })
  return { clock, wire, receipts }
}

test('many positions in 250 ms become two frames: the first and the highest', () => {
  const { clock, wire, receipts } = setUp()
  for (const position of [1, 2, 5, 3]) receipts.mark('delivered', ROOM, position)
  receipts.mark('delivered', OTHER_ROOM, 9)
  expect(wire.sent).toEqual(['delivered 1'])
  clock.advance(250)
  expect(wire.sent).toEqual(['delivered 1', 'delivered 5', 'delivered 9'])
  clock.advance(250)
  expect(clock.pending).toBe(0)
})

test('reading implies delivery', () => {
  const { clock, wire, receipts } = setUp()
  receipts.mark('read', ROOM, 4)
  receipts.mark('delivered', ROOM, 4)
  clock.advance(1_000)
  expect(wire.sent).toEqual(['read 4'])
})

test('what was not acknowledged is sent again after a reconnect', () => {
  const { clock, wire, receipts } = setUp()
  receipts.mark('read', ROOM, 3)
  receipts.mark('delivered', OTHER_ROOM, 7)
  clock.advance(250)
  receipts.acknowledge('delivered', OTHER_ROOM, 7)
  wire.isOpen = false
  receipts.stop()
  receipts.mark('read', ROOM, 5)
  expect(clock.pending).toBe(0)
  wire.isOpen = true
  receipts.resume()
  expect(wire.sent).toEqual(['read 3', 'delivered 7', 'read 5'])
})

test('what the server has already is not sent', () => {
  const { wire, receipts } = setUp()
  receipts.acknowledge('read', ROOM, 8)
  receipts.mark('delivered', ROOM, 8)
  receipts.mark('read', ROOM, 7)
  expect(wire.sent).toEqual([])
})

test('many conversations are told in rounds of ten, what was read before the rest', () => {
  const { clock, wire, receipts } = setUp()
  for (let i = 1; i <= 1_000; i++) receipts.mark('delivered', `room ${i}`, i)
  receipts.mark('read', 'room 900', 900)
  expect(wire.sent).toHaveLength(1)
  clock.advance(250)
  expect(wire.sent).toHaveLength(11)
  expect(wire.sent[1]).toBe('read 900')
  clock.advance(1_000)
  expect(wire.sent).toHaveLength(51)
  clock.advance(25_000)
  expect(new Set(wire.sent).size).toBe(1_000)
  expect(wire.sent).toHaveLength(1_000)
  expect(clock.pending).toBe(0)
})

test('stopping sends one more round and not all that waits', () => {
  const { clock, wire, receipts } = setUp()
  for (let i = 1; i <= 100; i++) receipts.mark('delivered', `room ${i}`, i)
  receipts.stop()
  expect(wire.sent).toHaveLength(11)
  expect(clock.pending).toBe(0)
})

test('what was refused for now is sent again, except what the server has meanwhile', () => {
  const { clock, wire, receipts } = setUp()
  receipts.mark('read', ROOM, 3)
  receipts.mark('read', OTHER_ROOM, 7)
  clock.advance(250)
  receipts.retryLater()
  receipts.retryLater()
  receipts.acknowledge('read', ROOM, 3)
  clock.advance(749)
  expect(wire.sent).toEqual(['read 3', 'read 7'])
  clock.advance(1)
  expect(wire.sent).toEqual(['read 3', 'read 7', 'read 7'])
})

test('each refusal in a row makes the wait longer, until the server takes something', () => {
  const { clock, wire, receipts } = setUp()
  const waitMs = () => {
    const [start, count] = [clock.now(), wire.sent.length]
    receipts.retryLater()
    while (wire.sent.length === count && clock.pending > 0) clock.advance(250)
    return clock.now() - start
  }
  receipts.mark('read', ROOM, 3)
  expect([waitMs(), waitMs(), waitMs()]).toEqual([750, 1_250, 2_250])
  receipts.acknowledge('delivered', ROOM, 1)
  expect(waitMs()).toBe(750)
})

test('while it backs off nothing new is sent', () => {
  const { clock, wire, receipts } = setUp()
  receipts.retryLater()
  receipts.mark('read', ROOM, 3)
  expect(wire.sent).toEqual([])
  clock.advance(750)
  expect(wire.sent).toEqual(['read 3'])
})
