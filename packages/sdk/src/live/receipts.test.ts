import type { ReceiptIn } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { OTHER_ROOM, ROOM } from '../../tests/examples.ts'
import { ManualClock } from '../../tests/manual-clock.ts'
import { Receipts } from './receipts.ts'

function setUp() {
  const clock = new ManualClock()
  const wire = { isOpen: true, sent: [] as string[] }
  const receipts = new Receipts(clock, ({ type, position }: ReceiptIn) => {
    if (wire.isOpen) wire.sent.push(`${type} ${position}`)
    return wire.isOpen
  })
  return { clock, wire, receipts }
}

test('many positions in 250 ms become two frames: the first and the highest', () => {
  const { clock, wire, receipts } = setUp()
  for (const position of [1, 2, 5, 3]) receipts.mark('delivered', ROOM, position)
  receipts.mark('delivered', OTHER_ROOM, 9)
  expect(wire.sent).toEqual(['delivered 1', 'delivered 9'])
  clock.advance(250)
  expect(wire.sent).toEqual(['delivered 1', 'delivered 9', 'delivered 5'])
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
