import type { MessageIn } from '@chatapp/protocol'
import { expect, test } from 'vitest'
import { ALICE, ackFrame, errorFrame, OTHER_ROOM, ROOM } from '../../tests/examples.ts'
import { ManualClock } from '../../tests/manual-clock.ts'
import { Outbox, type OutboxEvent } from './outbox.ts'
import type { ClientStorage } from './store.ts'

function memory(): ClientStorage & { kept: Map<string, string> } {
  const kept = new Map<string, string>()
  return {
    kept,
    get: async (key) => JSON.parse(kept.get(key) ?? 'null'),
    set: async (key, value) => void kept.set(key, JSON.stringify(value)),
    delete: async (key) => void kept.delete(key),
  }
}

function setUp(storage?: ClientStorage) {
  const clock = new ManualClock()
  const wire = { isOpen: true, sent: [] as MessageIn[], overdue: 0 }
  const events: OutboxEvent[] = []
  const outbox = new Outbox({
    ...{ ownId: ALICE, storage, clock, random: () => 1 },
    transmit(frame) {
      if (wire.isOpen) wire.sent.push(frame)
      return wire.isOpen
    },
    emit: (event) => events.push(event),
    onOverdue: () => wire.overdue++,
  })
  const texts = () => wire.sent.map(({ data }) => data)
  const send = (data: string, room = ROOM) => outbox.send(room, data, null)
  const ack = ({ clientId }: { clientId: string }, position = 1) =>
    outbox.acknowledge(ackFrame(clientId, position))
  const refuse = ({ clientId }: { clientId: string }, code: 'overloaded' | 'invalid') =>
    outbox.refuse(errorFrame(clientId, code))
  const lose = () => {
    wire.isOpen = false
    outbox.interrupt()
  }
  const reconnect = () => {
    wire.isOpen = true
    outbox.resume()
  }
  return { clock, wire, events, outbox, texts, send, ack, refuse, lose, reconnect }
}

test('several messages are under way at once, in order, and settle with their acks', async () => {
  const { clock, outbox, texts, send, ack } = setUp()
  const [one, two] = [send('one'), send('two')]
  expect(texts()).toEqual(['one', 'two'])
  ack(two, 2)
  ack(one, 1)
  expect((await one.settled).position).toBe(1)
  expect((await two.settled).position).toBe(2)
  expect(outbox.items).toEqual([])
  expect(clock.pending).toBe(0)
})

test('no more than 16 of a conversation are under way', () => {
  const { texts, send, ack } = setUp()
  const sent = Array.from({ length: 20 }, (_, n) => send(`${n}`))
  expect(texts()).toHaveLength(16)
  for (const one of sent.slice(0, 1)) ack(one)
  expect(texts()).toHaveLength(17)
  send('elsewhere', OTHER_ROOM)
  expect(texts().at(-1)).toBe('elsewhere')
})

test('after a refusal that may pass, the rest goes one by one from the refused one on', () => {
  const { clock, texts, send, ack, refuse } = setUp()
  const [one, two, three] = [send('one'), send('two'), send('three')]
  ack(one)
  refuse(two, 'overloaded')
  refuse(three, 'overloaded')
  send('four')
  clock.advance(499)
  expect(texts()).toEqual(['one', 'two', 'three'])
  clock.advance(1)
  expect(texts()).toEqual(['one', 'two', 'three', 'two'])
  ack(two)
  expect(texts().at(-1)).toBe('three')
  ack(three)
  expect(texts()).toEqual(['one', 'two', 'three', 'two', 'three', 'four'])
})

test('the refused one waits for the answers to those behind it', () => {
  const { clock, texts, send, ack, refuse } = setUp()
  const [one, two] = [send('one'), send('two')]
  refuse(one, 'overloaded')
  clock.advance(60_000)
  expect(texts()).toEqual(['one', 'two'])
  ack(two)
  expect(texts()).toEqual(['one', 'two', 'one'])
})

test('what was not acknowledged goes out again after a reconnect, with the same client ids', () => {
  const { clock, wire, send, ack, lose, reconnect } = setUp()
  const [one, two, three] = [send('one'), send('two'), send('three')]
  ack(one)
  lose()
  send('four')
  expect(clock.pending).toBe(0)
  reconnect()
  expect(wire.sent.slice(3).map(({ data }) => data)).toEqual(['two', 'three', 'four'])
  const ids = wire.sent.slice(3, 5).map(({ clientId }) => clientId)
  expect(ids).toEqual([two.clientId, three.clientId])
})

test('a refusal that stays fails the item only, until it is tried again or discarded', async () => {
  const { events, outbox, texts, send, ack, refuse } = setUp()
  const [one, two] = [send('one'), send('two')]
  refuse(one, 'invalid')
  ack(two)
  await expect(one.settled).rejects.toMatchObject({ code: 'invalid' })
  expect(outbox.items).toMatchObject([{ data: 'one', state: { kind: 'failed' } }])
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'sendFailed', clientId: one.clientId }),
  )
  const again = outbox.retry(one.clientId)
  expect(again.clientId).toBe(one.clientId)
  expect(texts()).toEqual(['one', 'two', 'one'])
  refuse(one, 'invalid')
  expect(outbox.discard(one.clientId)).toBe(true)
  expect(outbox.items).toEqual([])
})

test('a text that no server would take is not sent', async () => {
  const { outbox, texts, send } = setUp()
  const { settled } = send('x'.repeat(10_001))
  await expect(settled).rejects.toMatchObject({ code: 'invalid' })
  expect(texts()).toEqual([])
  expect(outbox.items).toHaveLength(1)
})

test('a missing acknowledgement costs the socket its trust', () => {
  const { clock, wire, send } = setUp()
  send('one')
  clock.advance(14_999)
  expect(wire.overdue).toBe(0)
  clock.advance(1)
  expect(wire.overdue).toBe(1)
})

test('a message is kept before the first try', async () => {
  const writing = Promise.withResolvers<void>()
  const storage = { ...memory(), set: () => writing.promise }
  const { events, texts, send, ack } = setUp(storage)
  const one = send('one')
  await expect.poll(() => events.length).toBe(1)
  expect(texts()).toEqual([])
  writing.resolve()
  await expect.poll(texts).toEqual(['one'])
  ack(one)
  await one.settled
})

test('after a reload the kept messages go first, with the same client ids', async () => {
  const storage = memory()
  const before = setUp(storage)
  before.lose()
  const kept = [before.send('one'), before.send('two')]
  const failed = before.send(' ')
  await before.outbox.close()
  await expect(kept[0]?.settled).rejects.toThrow('closed')

  const { wire, outbox, texts, send, ack } = setUp(storage)
  const three = send('three')
  await expect.poll(texts).toEqual(['one', 'two', 'three'])
  expect(wire.sent.map(({ clientId }) => clientId)).toEqual([
    ...kept.map(({ clientId }) => clientId),
    three.clientId,
  ])
  for (const sent of [...kept, three]) ack(sent)
  outbox.discard(failed.clientId)
  await outbox.close()
  expect(storage.kept.size).toBe(0)
})

test('a storage that refuses keeps nobody from sending', async () => {
  const broken = () => Promise.reject(new Error('full'))
  const { texts, send } = setUp({ get: broken, set: broken, delete: broken })
  send('one')
  await expect.poll(texts).toEqual(['one'])
})

test('what another client has left takes its place by time, once, and is kept', async () => {
  const [own, left] = [memory(), memory()]
  const other = setUp(left)
  other.clock.advance(-1_000)
  other.wire.isOpen = false
  const [early, both] = [other.send('early'), other.send('both')]
  await other.outbox.close()
  const saved = await left.get(`chatapp.outbox.${ALICE}`)

  const { wire, outbox, texts, send, reconnect } = setUp(own)
  wire.isOpen = false
  send('late')
  await outbox.adopt(saved)
  await outbox.adopt(saved)
  const ids = outbox.items.map(({ clientId }) => clientId)
  expect(ids.slice(0, 2)).toEqual([early.clientId, both.clientId])
  expect(await own.get(`chatapp.outbox.${ALICE}`)).toHaveLength(3)
  reconnect()
  expect(texts()).toEqual(['early', 'both', 'late'])
})

test('what is taken over goes after what is under way', async () => {
  const left = memory()
  const other = setUp(left)
  other.clock.advance(-1_000)
  other.wire.isOpen = false
  other.send('early')
  await other.outbox.close()
  const { outbox, texts, send } = setUp()
  send('under way')
  await outbox.adopt(await left.get(`chatapp.outbox.${ALICE}`))
  expect(texts()).toEqual(['under way', 'early'])
})
