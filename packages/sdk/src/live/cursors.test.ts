import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ALICE,
  aConversation,
  aMessage,
  aSyncAnswer,
  aSystemMessage,
  BOB,
  messageFrame,
  OTHER_ROOM,
  participantFrame,
  ROOM,
  reactionFrame,
} from '../../tests/examples.ts'
import type { SyncedConversation } from './changes.ts'
import { Cursors } from './cursors.ts'
import type { LogEvent } from './events.ts'

const inRoom = (version: number, position = version) =>
  new Cursors(ALICE, { [ROOM]: { version, position } })

/** Answers everything that is asked now. */
function sync(cursors: Cursors, answer: Parameters<typeof aSyncAnswer>[0]): LogEvent[] {
  return cursors.ask().flatMap((asked) => cursors.synced(aSyncAnswer(answer), asked))
}

function item(version: number, changes: SyncedConversation['changes'] = []): SyncedConversation {
  return { id: ROOM, version, changes, reset: false }
}

function told(events: LogEvent[]) {
  return events.map((event) => [event.type, 'version' in event ? event.version : null])
}

test('the next version is applied, lower and equal ones are not', () => {
  const cursors = inRoom(3)
  expect(told(cursors.take(messageFrame(4)))).toEqual([['message', 4]])
  expect(cursors.take(messageFrame(4))).toEqual([])
  expect(cursors.take(messageFrame(2))).toEqual([])
  expect(cursors.known()).toEqual({ [ROOM]: { version: 4, position: 4 } })
  expect(cursors.isBehind).toBe(false)
})

test('a gap is closed by sync, and what came meanwhile follows in order, once', () => {
  const cursors = inRoom(3)
  for (const version of [6, 8, 7, 5]) expect(cursors.take(messageFrame(version))).toEqual([])
  expect(cursors.isBehind).toBe(true)
  const changes = [aMessage({ position: 5 }), aMessage({ position: 4 })]
  const events = sync(cursors, { conversations: [item(5, changes)] })
  expect(told(events)).toEqual([4, 5, 6, 7, 8].map((version) => ['message', version]))
  expect(events.map((event) => 'source' in event && event.source)).toEqual([
    'sync',
    'sync',
    'live',
    'live',
    'live',
  ])
  expect(cursors.isBehind).toBe(false)
})

test('a head that is ahead makes a gap, one that is not makes none', () => {
  const cursors = inRoom(3)
  cursors.hear(ROOM, 3)
  expect(cursors.isBehind).toBe(false)
  cursors.hear(ROOM, 5)
  expect(cursors.isBehind).toBe(true)
  expect(cursors.take(messageFrame(6))).toEqual([])
  const changes = [aMessage({ position: 4 }), aMessage({ position: 5 })]
  const events = sync(cursors, { conversations: [item(5, changes)] })
  expect(told(events)).toEqual([4, 5, 6].map((version) => ['message', version]))
})

test('a head that sync knows nothing of is forgotten', () => {
  const cursors = inRoom(3)
  cursors.hear(ROOM, 5)
  for (let i = 0; i < 3; i++) expect(sync(cursors, { conversations: [item(3)] })).toEqual([])
  expect(cursors.isBehind).toBe(false)
  expect(told(cursors.take(messageFrame(4)))).toEqual([['message', 4]])
})

test('a gap left by hidden versions is closed by a sync without changes', () => {
  const cursors = inRoom(3)
  cursors.take(messageFrame(6))
  expect(told(sync(cursors, { conversations: [item(6, [aMessage({ position: 6 })])] }))).toEqual([
    ['message', 6],
  ])
  cursors.take(messageFrame(9))
  expect(told(sync(cursors, { conversations: [item(8)] }))).toEqual([['message', 9]])
})

test('when sync says three times that there is nothing before a frame, it is applied', () => {
  const cursors = inRoom(3)
  cursors.take(messageFrame(6))
  expect(sync(cursors, { conversations: [item(3)] })).toEqual([])
  expect(sync(cursors, {})).toEqual([])
  expect(cursors.isBehind).toBe(true)
  expect(told(sync(cursors, {}))).toEqual([['message', 6]])
  expect(cursors.isBehind).toBe(false)
})

test('a sync answer that live frames have overtaken repeats nothing', () => {
  const cursors = inRoom(3)
  const [asked = {}] = cursors.ask()
  cursors.take(messageFrame(4))
  const changes = [aMessage({ position: 4 }), aMessage({ position: 5 })]
  const events = cursors.synced(aSyncAnswer({ conversations: [item(5, changes)] }), asked)
  expect(told(events)).toEqual([['message', 5]])
})

test('sync tells a new message from a change of an old one by the position', () => {
  const at = '2026-01-31T12:00:00.000Z'
  const cursors = inRoom(3)
  const changes = [
    aMessage({ position: 1, version: 4, reactions: [{ emoji: '👍', userIds: [BOB] }] }),
    aMessage({ position: 2, version: 5, data: null, unsentAt: at }),
    aMessage({ position: 5, version: 7 }),
    aMessage({ position: 3, version: 8, data: 'better', editedAt: at }),
    aMessage({ position: 4, version: 9, data: 'edited before it was seen', editedAt: at }),
  ]
  const events = sync(cursors, { conversations: [item(9, changes)] })
  expect(told(events)).toEqual([
    ['reaction', 4],
    ['unsent', 5],
    ['message', 7],
    ['edited', 8],
    ['reaction', 8],
    ['message', 9],
  ])
  expect(cursors.known()).toEqual({ [ROOM]: { version: 9, position: 5 } })
})

test('a system line is a message, after the change that it tells', () => {
  const cursors = inRoom(3)
  const frame = participantFrame(4, { userId: BOB, left: false })
  expect(told(cursors.take(frame))).toEqual([
    ['participant', 4],
    ['message', 4],
  ])
  const events = sync(cursors, { conversations: [item(5, [aSystemMessage(5)])] })
  expect(told(events)).toEqual([['message', 5]])
})

test('the first sync gives every conversation as joined', () => {
  const cursors = new Cursors(ALICE)
  expect(cursors.ask()).toEqual([{}])
  const added = [aConversation(), aConversation({ id: OTHER_ROOM, version: 9, lastPosition: 4 })]
  expect(told(sync(cursors, { added }))).toEqual([
    ['joined', null],
    ['joined', null],
  ])
  expect(cursors.ask()).toEqual([{ [ROOM]: 1, [OTHER_ROOM]: 9 }])
})

test('the first frame of an unknown conversation makes it joined, and later frames follow', () => {
  const cursors = new Cursors(ALICE)
  cursors.take(participantFrame(4, { userId: ALICE, left: false }))
  cursors.take(messageFrame(5))
  cursors.take(messageFrame(6))
  const events = sync(cursors, { added: [aConversation({ version: 5, lastPosition: 5 })] })
  expect(told(events)).toEqual([
    ['joined', null],
    ['message', 6],
  ])
})

test('a late frame of a conversation that is not mine comes to nothing', () => {
  const cursors = new Cursors(ALICE)
  cursors.take(messageFrame(4))
  expect(sync(cursors, {})).toEqual([])
  expect(cursors.isBehind).toBe(false)
})

test('an answer that was asked for before the first frame does not end the conversation', () => {
  const cursors = new Cursors(ALICE)
  const [asked = {}] = cursors.ask()
  cursors.take(messageFrame(4))
  expect(cursors.synced(aSyncAnswer(), asked)).toEqual([])
  expect(cursors.isBehind).toBe(true)
})

test('my own removal is the last change, then the conversation is left', () => {
  const cursors = inRoom(3)
  const frame = participantFrame(4, { userId: ALICE, left: true })
  expect(told(cursors.take(frame))).toEqual([
    ['participant', 4],
    ['message', 4],
    ['left', null],
  ])
  expect(cursors.take(frame)).toEqual([])
  expect(cursors.known()).toEqual({})
  expect(cursors.isBehind).toBe(false)
})

test('what sync no longer knows is left', () => {
  const cursors = inRoom(3)
  expect(told(sync(cursors, { unknown: [ROOM] }))).toEqual([['left', null]])
})

test('a reset forgets the cursor and begins anew with the conversation', () => {
  const cursors = inRoom(3)
  expect(sync(cursors, { conversations: [{ ...item(2_000), reset: true }] })).toEqual([])
  expect(cursors.take(reactionFrame(2_001))).toEqual([])
  expect(cursors.isBehind).toBe(true)
  const added = [aConversation({ version: 2_000, lastPosition: 1_500 })]
  expect(told(sync(cursors, { added }))).toEqual([
    ['reset', null],
    ['reaction', 2_001],
  ])
})

test('more conversations than fit into one request are asked for in several', () => {
  const id = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
  const known = Array.from({ length: 2_500 }, (_, n) => [id(n), { version: 1, position: 1 }])
  const cursors = new Cursors(ALICE, Object.fromEntries(known))
  expect(cursors.ask().map((asked) => Object.keys(asked).length)).toEqual([1_000, 1_000, 500])
})

test('whatever is lost, repeated or reordered: each change comes once, in order', () => {
  const last = 30
  const arrival = fc.oneof(fc.integer({ min: 2, max: last }), fc.constant('sync' as const))
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 80 }), (arrivals) => {
      const cursors = inRoom(1)
      let head = 1
      const catchUp = () => {
        const from = cursors.ask()[0]?.[ROOM] ?? 0
        const positions = Array.from({ length: head - from }, (_, n) => from + n + 1)
        const changes = positions.map((position) => aMessage({ position })).toReversed()
        return sync(cursors, { conversations: [item(head, changes)] })
      }
      const events = arrivals.flatMap((next) => {
        if (next === 'sync') return catchUp()
        head = Math.max(head, next)
        return cursors.take(messageFrame(next))
      })
      const versions = told([...events, ...catchUp()]).map(([, version]) => version)
      expect(versions).toEqual(Array.from({ length: head - 1 }, (_, n) => n + 2))
    }),
  )
})

test('an answer that has not all ends nothing; the list of all does', () => {
  const cursors = inRoom(3)
  const [asked = {}] = cursors.ask()
  const reset = { ...item(9), reset: true }
  expect(cursors.synced(aSyncAnswer({ conversations: [reset], more: true }), asked)).toEqual([])
  cursors.ask()
  expect(told(cursors.synced(aSyncAnswer({ more: true }), {}))).toEqual([])
  expect(cursors.isBehind).toBe(true)
  const other = aConversation({ id: OTHER_ROOM, version: 5, lastPosition: 5 })
  expect(told(cursors.found([other, other]))).toEqual([['joined', null]])
  expect(told(cursors.foundAll())).toEqual([['left', null]])
  expect(cursors.isBehind).toBe(false)
})

test('what is spoken in while the list is read is asked for once more', () => {
  const cursors = new Cursors(ALICE)
  cursors.take(messageFrame(4))
  cursors.ask()
  expect(cursors.synced(aSyncAnswer({ more: true }), {})).toEqual([])
  expect(cursors.foundAll()).toEqual([])
  expect(cursors.isBehind).toBe(true)
  const added = [aConversation({ version: 5, lastPosition: 5 })]
  expect(told(sync(cursors, { added }))).toEqual([['joined', null]])
  expect(cursors.isBehind).toBe(false)
})
