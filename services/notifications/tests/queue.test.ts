import { type PushServer, settle, startPushServer, type TestDevice } from '@chatapp/dev-env'
import type { NotificationChange } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, notice, startEngine } from './engine.ts'

const HOUR_MS = 3_600_000
/** For what is much on a machine that others use. */
const PATIENCE_MS = 20_000

let push: PushServer
let engine: Engine
/** Stands still until a test moves it. */
let clock = Date.now()
const now = () => clock
const at = (time: number) => new Date(time).toISOString()

beforeAll(async () => {
  push = await startPushServer()
  engine = await startEngine({ now })
})
afterEach(() => expect(push.faults).toEqual([]))
afterAll(async () => {
  await engine[Symbol.asyncDispose]()
  await push[Symbol.asyncDispose]()
})

async function somebody(): Promise<{ to: string; device: TestDevice }> {
  const to = createId()
  return { to, device: await engine.subscribe(to, push) }
}

const fresh = (to: string, more: object = {}) => notice({ to, sentAt: at(clock), ...more })
const late = (to: string, more: object = {}) =>
  notice({ to, sentAt: at(clock - 3 * HOUR_MS), ...more })

/** Keeps what is for somebody from being sent, as their push service may ask. */
async function hold(to: string): Promise<void> {
  await engine.sql`
    update notifications.subscriptions set wait_until = ${at(clock + 10_000)} where user_id = ${to}`
}

/** What is to be sent to somebody has been, and nothing more will come by itself. */
async function untilAllIsSent(to: string): Promise<void> {
  await settle('nothing waits', async () => {
    const waiting = await engine.sql`
      select 1 from notifications.topics where user_id = ${to} and state <> 'shown'`
    return waiting.length === 0
  })
}

/** What was held has been sent. */
async function untilHeldIsSent(to: string): Promise<void> {
  clock += 60_000
  await untilAllIsSent(to)
}

const messagesOf = (device: TestDevice) => device.arrived.map(({ message }) => message)

test('the same news told again are not pushed again', async () => {
  const { to, device } = await somebody()
  const told = fresh(to)
  await engine.changed([told])
  await engine.changed([told, told])
  await untilAllIsSent(to)
  expect(messagesOf(device)).toMatchObject([{ conversationId: told.conversationId, count: 1 }])
})

const waiting: [
  string,
  (message: { conversationId: string; position: number }, to: string) => NotificationChange,
  object[],
][] = [
  ['is unsent', (message) => ({ ...message, type: 'unsent' }), []],
  ['is read', (message, userId) => ({ ...message, type: 'read', userId }), []],
  [
    'is in a conversation that was left',
    ({ conversationId }, userId) => ({ type: 'left', conversationId, userId }),
    [],
  ],
  [
    'is edited',
    (message) => ({ ...message, type: 'edited', text: 'The soup is cold' }),
    [{ count: 1, body: 'The soup is cold' }],
  ],
]
test.each(waiting)(
  'what %s while it waits goes out as it then is, or not at all',
  async (_, change, expected) => {
    const { to, device } = await somebody()
    await hold(to)
    const told = fresh(to)
    await engine.changed([told])
    const { conversationId, position } = told
    await engine.changed([change({ conversationId, position }, to)])
    await untilHeldIsSent(to)
    expect(messagesOf(device)).toMatchObject(expected)
  },
)

test('of several that wait, one that is unsent is not counted and its text is not told', async () => {
  const { to, device } = await somebody()
  await hold(to)
  const first = fresh(to)
  const second = { ...first, position: 2, text: 'A slip' }
  await engine.changed([first, second])
  await engine.changed([{ type: 'unsent', conversationId: first.conversationId, position: 2 }])
  await untilHeldIsSent(to)
  expect(messagesOf(device)).toMatchObject([{ count: 1, title: 'alice' }])
  expect(JSON.stringify(messagesOf(device))).not.toContain('A slip')
})

test('of several, those that were read meanwhile are no longer counted', async () => {
  const { to, device } = await somebody()
  await hold(to)
  const { conversationId, ...said } = fresh(to)
  const at = (position: number) => ({ ...said, conversationId, position, text: `No. ${position}` })
  const read = (position: number) =>
    engine.changed([{ type: 'read', conversationId, userId: to, position }])
  await engine.changed([at(1), at(2), at(3)])
  await read(2)
  await untilHeldIsSent(to)
  expect(messagesOf(device)).toMatchObject([{ count: 1, position: 3, body: 'No. 3' }])
  await engine.changed([at(4), at(5), at(6)])
  await untilAllIsSent(to)
  expect(messagesOf(device).at(-1)).toMatchObject({ count: 4, position: 6 })
  await read(4)
  await engine.changed([at(7)])
  await untilAllIsSent(to)
  expect(messagesOf(device).at(-1)).toMatchObject({ count: 3, position: 7 })
})

test('what changes while it is being sent is sent again, in the place of the first', async () => {
  const { to, device } = await somebody()
  const gate = Promise.withResolvers<void>()
  device.answer = { status: 201, after: gate.promise }
  const told = fresh(to)
  await engine.changed([told])
  await settle('it is under way', () => device.asked === 1)
  await engine.changed([{ ...told, position: 2, text: 'Come and eat' }])
  gate.resolve()
  await settle('both', () => device.arrived.length === 2)
  expect(messagesOf(device)).toMatchObject([{ count: 1 }, { count: 2, body: 'Come and eat' }])
  expect(new Set(device.arrived.map(({ headers }) => headers.topic)).size).toBe(1)
})

test('who leaves while it is being sent has it closed', async () => {
  const { to, device } = await somebody()
  const gate = Promise.withResolvers<void>()
  device.answer = { status: 201, after: gate.promise }
  const { conversationId, ...told } = fresh(to)
  await engine.changed([{ conversationId, ...told }])
  await settle('it is under way', () => device.asked === 1)
  await engine.changed([{ type: 'left', conversationId, userId: to }])
  gate.resolve()
  await settle('the close', () => device.arrived.length === 2)
  expect(messagesOf(device)[1]).toEqual({ type: 'close', conversationId })
})

test.each(['120', 'a date'])(
  'a device that is to be left alone (%s) is, and only that one',
  async (kind) => {
    const { to, device } = await somebody()
    const other = await engine.subscribe(to, push)
    const wait = kind === '120' ? kind : new Date(clock + 120_000).toUTCString()
    device.answer = { status: 429, headers: { 'retry-after': wait } }
    await engine.changed([fresh(to)])
    await settle('the refusal is known', async () => {
      const [row] = await engine.sql<{ waits: boolean }[]>`
      select bool_or(wait_until is not null) as waits from notifications.subscriptions
      where user_id = ${to}`
      return row?.waits
    })
    clock += 60_000
    await engine.changed([fresh(to), fresh(to)])
    await settle('the others', () => other.arrived.length === 3)
    expect(device.asked).toBe(1)
    device.answer = { status: 201 }
    clock += 61_000
    await settle('all that waited', () => device.arrived.length === 3)
    expect(device.asked).toBe(4)
  },
)

test('a push service that is away for hours loses nothing', async () => {
  const { to, device } = await somebody()
  device.answer = { status: 503 }
  const told = fresh(to)
  await engine.changed([told])
  for (let tries = 1; tries <= 10; tries++) {
    await settle(`try ${tries} is written down`, async () => {
      const rows = await engine.sql`select 1 from notifications.deliveries where user_id = ${to}`
      return rows.length === tries
    })
    if (tries === 10) device.answer = { status: 201 }
    clock += 15 * 60_000
  }
  await settle('the push', () => device.arrived.length === 1)
  expect(messagesOf(device)).toMatchObject([{ conversationId: told.conversationId, count: 1 }])
})

test.each([404, 410])(
  'a subscription that is answered with %d is deleted, with all that waits',
  async (status) => {
    const { to, device } = await somebody()
    device.answer = { status }
    await engine.changed([fresh(to), late(to)])
    await settle('it is gone', async () => {
      const rows = await engine.sql`select 1 from notifications.subscriptions where user_id = ${to}`
      return rows.length === 0
    })
    expect(await engine.sql`select 1 from notifications.topics where user_id = ${to}`).toEqual([])
    expect(device.asked).toBe(1)
  },
)

test('a push service that does not answer gets few at once, and keeps nobody from others', async () => {
  await using silent = await startPushServer()
  const { to, device } = await somebody()
  const stuck = await engine.subscribe(to, silent)
  const gate = Promise.withResolvers<void>()
  stuck.answer = { status: 201, after: gate.promise }
  const told = Array.from({ length: 120 }, () => fresh(to))
  await engine.changed(told)
  await settle('all elsewhere', () => device.arrived.length === 120, PATIENCE_MS)
  expect(stuck.arrived).toEqual([])
  gate.resolve()
  await settle('all here as well', () => stuck.arrived.length === 120, PATIENCE_MS)
  expect(silent.busiest).toBeGreaterThan(1)
  expect(silent.busiest).toBeLessThanOrEqual(64)
})

test('two processes share a queue and send nothing twice', async () => {
  await using second = await startEngine({ now, beside: engine })
  const { to, device } = await somebody()
  const others = await Promise.all([1, 2, 3].map(() => engine.subscribe(to, push)))
  const told = Array.from({ length: 100 }, () => fresh(to))
  await Promise.all([
    engine.changed(told.slice(0, 60)),
    second.changed(told.slice(40)),
    engine.changed(told.slice(30, 80)),
  ])
  const devices = [device, ...others]
  await settle('all', () => devices.every((one) => one.arrived.length >= 100), PATIENCE_MS)
  await untilAllIsSent(to)
  for (const { arrived, asked } of others) {
    const topics = arrived.map(({ headers }) => headers.topic)
    expect([new Set(topics).size, asked]).toEqual([100, 100])
  }
})

test('the server may allow less than the receiver has chosen', async () => {
  for (const [payloadMax, fields] of [
    ['sender', ['title']],
    ['none', []],
  ] as const) {
    await using capped = await startEngine({ config: { payloadMax } })
    const to = createId()
    const device = await capped.subscribe(to, push)
    await capped.prefer(to, { payload: 'full' })
    await capped.changed([notice({ to, sentAt: new Date().toISOString() })])
    const [arrived] = await settle('the push', () => device.arrived.length > 0 && device.arrived)
    const told = Object.keys(arrived?.message ?? {}).filter((key) =>
      ['title', 'body'].includes(key),
    )
    expect(told).toEqual(fields)
  }
})

test('what waits and how it ended is measured', async () => {
  const { to, device } = await somebody()
  device.answer = { status: 503 }
  await engine.changed([fresh(to)])
  clock += 500
  await settle('a failure', () => device.asked > 0)
  clock += 60_000
  const text = await engine.metrics()
  expect(text).toMatch(/chatapp_notifications_pushes_total\{outcome="sent"\} [1-9]/)
  expect(text).toMatch(
    /chatapp_notifications_decisions_total\{outcome="push",reason="direct"\} [1-9]/,
  )
  const age = Number(/^chatapp_notifications_queue_age_seconds ([\d.]+)$/m.exec(text)?.[1])
  expect(age).toBeGreaterThanOrEqual(60)
  expect(text).toMatch(/^chatapp_notifications_queue_rows [1-9]/m)
  await engine.sql`delete from notifications.subscriptions where user_id = ${to}`
})
