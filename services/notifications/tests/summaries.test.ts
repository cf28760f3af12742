import { type PushServer, settle, startPushServer, type TestDevice } from '@chatapp/dev-env'
import type { Notice } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, notice, startEngine } from './engine.ts'

const HOUR_MS = 3_600_000
const CONVERSATIONS = 40
const EACH = 25

let push: PushServer
let engine: Engine
/** Stands still until a test moves it. */
let clock = Date.now()
const now = () => clock

beforeAll(async () => {
  push = await startPushServer()
  engine = await startEngine({ now })
})
afterEach(() => expect(push.faults).toEqual([]))
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await push[Symbol.asyncDispose]()
})

async function somebody(devices = 1): Promise<{ to: string; devices: TestDevice[] }> {
  const to = createId()
  return {
    to,
    devices: await Promise.all(Array.from({ length: devices }, () => engine.subscribe(to, push))),
  }
}

const fresh = (to: string, more: object = {}) =>
  notice({ to, sentAt: new Date(clock).toISOString(), ...more })
const late = (to: string, more: object = {}) =>
  notice({ to, sentAt: new Date(clock - 3 * HOUR_MS).toISOString(), ...more })

const manyIds = () => Array.from({ length: CONVERSATIONS }, () => createId())
const backlogOf = (to: string, ids: string[]) =>
  Array.from({ length: EACH }, (_, i) =>
    ids.map((conversationId) => late(to, { conversationId, position: i + 1 })),
  )

const messagesOf = (device: TestDevice) => device.arrived.map(({ message }) => message)
const read = (userId: string, conversationId: string, position: number) =>
  engine.changed([{ type: 'read', userId, conversationId, position }])

/** What is to be sent to somebody has been, and nothing more will come by itself. */
async function untilAllIsSent(to: string): Promise<void> {
  clock += 10_000
  await settle('nothing waits', async () => {
    const waiting = await engine.sql`
      select 1 from notifications.topics where user_id = ${to} and state <> 'shown'`
    return waiting.length === 0
  })
}

test('whoever has old news in 40 conversations gets one push message on each device', async () => {
  const { to, devices } = await somebody(3)
  for (const round of backlogOf(to, manyIds())) {
    await engine.changed(round)
    clock += 1_500
  }
  expect(devices.map(({ asked }) => asked)).toEqual([0, 0, 0])
  await untilAllIsSent(to)
  for (const device of devices) {
    expect(messagesOf(device)).toEqual([
      {
        ...{ type: 'summary', count: CONVERSATIONS * EACH, conversations: CONVERSATIONS },
        titles: ['alice', 'alice', 'alice'],
      },
    ])
    expect(device.arrived[0]?.headers.urgency).toBe('low')
  }
})

test('what is old waits while others still hear of old things', async () => {
  const { to, devices } = await somebody()
  const other = await somebody()
  await engine.changed([late(to)])
  clock += 1_500
  await engine.changed([late(other.to)])
  clock += 1_500
  await engine.changed([late(to)])
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toMatchObject([[{ count: 2, conversations: 2 }]])
})

test('what is new is told at once and by itself, beside old messages of the same conversation', async () => {
  const { to, devices } = await somebody()
  const conversationId = createId()
  const told = [1, 2, 3].map((position) => late(to, { conversationId, position }))
  const latest = fresh(to, { conversationId, position: 4, text: 'Just now' })
  await engine.changed([...told, latest])
  await settle('the new one', () => devices[0]?.arrived.length === 1)
  expect(devices.map(messagesOf)).toMatchObject([[{ type: 'message', count: 1, body: 'Just now' }]])
  await untilAllIsSent(to)
  expect(messagesOf(devices[0] as TestDevice)[1]).toEqual({
    ...{ type: 'summary', count: 3, conversations: 1, titles: ['alice'] },
    only: { conversationId, position: 3 },
  })
})

test('a summary shrinks when some of it is read, and goes with the last of it', async () => {
  const { to, devices } = await somebody(2)
  const [a, b, c] = [createId(), createId(), createId()]
  const told = [a, b, c].flatMap((conversationId) =>
    [1, 2].map((position) => late(to, { conversationId, position })),
  )
  await engine.changed(told)
  await read(to, a, 2)
  await untilAllIsSent(to)
  await read(to, b, 1)
  await read(to, c, 2)
  await untilAllIsSent(to)
  await read(to, b, 2)
  await untilAllIsSent(to)
  await read(to, b, 2)
  await untilAllIsSent(to)
  for (const device of devices) {
    expect(messagesOf(device)).toEqual([
      { type: 'summary', count: 4, conversations: 2, titles: ['alice', 'alice'] },
      {
        ...{ type: 'summary', count: 1, conversations: 1, titles: ['alice'] },
        only: { conversationId: b, position: 2 },
      },
      { type: 'close-summary' },
    ])
    expect(new Set(device.arrived.map(({ headers }) => headers.topic)).size).toBe(1)
  }
})

test('what is read, left or unsent before it was sent is not told of', async () => {
  const { to, devices } = await somebody()
  const [a, b, c] = [late(to), late(to), late(to)]
  await engine.changed([a, b, c])
  await read(to, a.conversationId, 1)
  const { conversationId } = b
  await engine.changed([{ type: 'left', conversationId, userId: to }])
  await engine.changed([{ type: 'unsent', conversationId: c.conversationId, position: 1 }])
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toEqual([[]])
  const rows = await engine.sql`select 1 from notifications.old_news where user_id = ${to}`
  expect(rows).toHaveLength(0)
})

test('what is unsent later is taken back', async () => {
  const { to, devices } = await somebody()
  const [a, b] = [late(to), late(to)]
  await engine.changed([a, b])
  await untilAllIsSent(to)
  const unsend = (conversationId: string) =>
    engine.changed([{ type: 'unsent', conversationId, position: 1 }])
  await unsend(a.conversationId)
  await unsend(a.conversationId)
  await untilAllIsSent(to)
  await unsend(b.conversationId)
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toMatchObject([
    [
      { count: 2, conversations: 2 },
      { count: 1, conversations: 1, only: { conversationId: b.conversationId } },
      { type: 'close-summary' },
    ],
  ])
})

test('a second backlog takes the place of the first summary, with what is unread of both', async () => {
  const { to, devices } = await somebody()
  const [a, b] = [late(to), late(to)]
  await engine.changed([a, b])
  await untilAllIsSent(to)
  await read(to, a.conversationId, 1)
  await engine.changed([late(to)])
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toMatchObject([
    [
      { count: 2, conversations: 2 },
      { count: 2, conversations: 2 },
    ],
  ])
})

test.each([
  ['sender', { titles: ['alice · Camping'] }],
  ['none', {}],
])('who wants push messages to tell %s is told no more', async (payload, told) => {
  const { to, devices } = await somebody()
  await engine.prefer(to, { payload })
  const one = late(to, { title: 'Camping' })
  await engine.changed([one])
  await untilAllIsSent(to)
  const only = { conversationId: one.conversationId, position: 1 }
  const summary = { type: 'summary', count: 1, conversations: 1, only }
  expect(devices.map(messagesOf)).toEqual([[{ ...summary, ...told }]])
})

test('levels, mute and quiet hours keep old news out of a summary', async () => {
  const { to, devices } = await somebody()
  const mutedUntil = new Date(clock + HOUR_MS).toISOString()
  await engine.changed([
    late(to, { addressee: { level: 'nothing' } }),
    late(to, { addressee: { mutedUntil } }),
    late(to, { addressee: { readPosition: 1 } }),
    late(to, { addressee: { calling: null, level: 'mentions' } }),
    late(to),
  ])
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toMatchObject([[{ count: 1, conversations: 1 }]])
  const doNotDisturb = { from: hourAt(-HOUR_MS), to: hourAt(HOUR_MS), timeZone: 'UTC' }
  await engine.prefer(to, { doNotDisturb })
  await engine.changed([late(to)])
  await engine.prefer(to, { doNotDisturb: 'off' })
  await untilAllIsSent(to)
  expect(devices[0]?.arrived).toHaveLength(1)
})

/** On the clock in UTC, so long after now. */
const hourAt = (afterMs: number) =>
  new Date(clock + afterMs).toISOString().slice('2026-01-31T'.length, -':00.000Z'.length)

test('the log says of each message whether a summary told of it', async () => {
  const { to } = await somebody()
  const conversationId = createId()
  await engine.changed([1, 2, 3].map((position) => late(to, { conversationId, position })))
  await read(to, conversationId, 1)
  await untilAllIsSent(to)
  const sent = [{ kind: 'message', outcome: 'sent', status: 201 }]
  expect(await logOf(to, conversationId, 3)).toMatchObject(sent)
  expect(await logOf(to, conversationId, 2)).toMatchObject(sent)
  expect(await logOf(to, conversationId, 1)).toEqual([])
})

async function logOf(to: string, conversationId: string, position: number) {
  const query = `conversationId=${conversationId}&position=${position}`
  const { text } = await engine.visit({
    ...{ method: 'GET', url: `/api/notifications/log?${query}` },
    headers: { authorization: `Bearer ${to}` },
  })
  const { items }: { items: Notice[] } = JSON.parse(text)
  expect(items).toMatchObject([{ outcome: 'digest', reason: 'direct' }])
  return items[0]?.deliveries ?? []
}

test('who dies after sending a summary has it sent once more, in its place', async () => {
  const { to, devices } = await somebody()
  const device = devices[0] as TestDevice
  const gate = Promise.withResolvers<void>()
  device.answer = { status: 201, after: gate.promise }
  await engine.changed(backlogOf(to, manyIds()).flat())
  clock += 5_000
  await settle('it is under way', () => device.asked === 1)
  // As after a crash: nobody writes down how it ended within the time in which somebody should have.
  clock += 31_000
  await using _ = await startEngine({ now, beside: engine })
  clock += 5_000
  await settle('it is tried again', () => device.asked === 2)
  gate.resolve()
  await settle('both', () => device.arrived.length === 2)
  await untilAllIsSent(to)
  expect(device.arrived).toHaveLength(2)
  expect(messagesOf(device)[1]).toMatchObject({ count: CONVERSATIONS * EACH })
  expect(new Set(device.arrived.map(({ headers }) => headers.topic)).size).toBe(1)
})

test('two processes that take in one backlog send one summary', async () => {
  await using second = await startEngine({ now, beside: engine })
  const { to, devices } = await somebody(2)
  const rounds = backlogOf(to, manyIds())
  await Promise.all([
    engine.changed(rounds.slice(0, 15).flat()),
    second.changed(rounds.slice(10).flat()),
  ])
  await untilAllIsSent(to)
  for (const device of devices)
    expect(messagesOf(device)).toMatchObject([{ count: CONVERSATIONS * EACH }])
})

test('a process that is stopped in the middle of a backlog leaves the rest to the next', async () => {
  const { to, devices } = await somebody()
  const rounds = backlogOf(to, manyIds())
  const first = await startEngine({ now, beside: engine })
  await first.changed(rounds.slice(0, 10).flat())
  await first[Symbol.asyncDispose]()
  await engine.changed(rounds.slice(8).flat())
  await untilAllIsSent(to)
  expect(devices.map(messagesOf)).toMatchObject([[{ count: CONVERSATIONS * EACH }]])
})

test('what waits on a device for somebody else does not go to whoever has it now', async () => {
  const { to, devices } = await somebody()
  await engine.changed([late(to)])
  const next = createId()
  await engine.take(next, devices[0] as TestDevice)
  await untilAllIsSent(next)
  expect(devices.map(messagesOf)).toEqual([[]])
})
