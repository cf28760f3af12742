import { type PushServer, settle, startPushServer, type TestDevice } from '@chatapp/dev-env'
import type { Notice } from '@chatapp/protocol'
import { createId } from '@chatapp/service-kit'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Engine, notice, startEngine } from './engine.ts'

let push: PushServer
let engine: Engine
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

interface Looking {
  to: string
  device: TestDevice
  conversationId: string
  /** Alice says something in what is in front of them. */
  hear(position: number): Promise<void>
  /** The screen of a gateway turns out to have been dead for so long. */
  lose(silentMs: number): void
}

async function somebodyLooking(): Promise<Looking> {
  const [to, conversationId] = [createId(), createId()]
  const device = await engine.subscribe(to, push)
  const show = (gatewayId: string, conversationIds: string[]) =>
    engine.bus.publish('focus', { type: 'focus', gatewayId, people: [[to, conversationIds]] })
  show('one', [conversationId])
  return {
    ...{ to, device, conversationId },
    hear: (position) =>
      engine.changed([
        notice({ to, conversationId, position, sentAt: new Date(clock).toISOString() }),
      ]),
    lose(silentMs) {
      show('one', [])
      engine.bus.publish('focus', { type: 'lost', userId: to, conversationId, silentMs })
    },
  }
}

async function reasonOf({ to, conversationId }: Looking, position: number) {
  const query = `conversationId=${conversationId}&position=${position}`
  const { text } = await engine.visit({
    ...{ method: 'GET', url: `/api/notifications/log?${query}` },
    headers: { authorization: `Bearer ${to}` },
  })
  const { items }: { items: Notice[] } = JSON.parse(text)
  return items[0]?.reason
}

const waitUntil = (looking: Looking, position: number, reason: string) =>
  settle(`${position} is ${reason}`, async () => (await reasonOf(looking, position)) === reason)

test('what came while a screen was dead is told, and what came before is not', async () => {
  const bob = await somebodyLooking()
  await bob.hear(1)
  clock += 20_000
  await bob.hear(2)
  clock += 10_000
  await bob.hear(3)
  expect(await reasonOf(bob, 3)).toBe('on-screen')
  bob.lose(15_000)
  await settle('the push', () => bob.device.arrived.length > 0)
  expect(bob.device.arrived.map(({ message }) => message)).toMatchObject([
    { type: 'message', count: 2, position: 3 },
  ])
  expect(await reasonOf(bob, 2)).toBe('direct')
  expect(await reasonOf(bob, 1)).toBe('on-screen')
  bob.lose(15_000)
  await bob.hear(4)
  await waitUntil(bob, 4, 'direct')
  await settle('the next push', () => bob.device.arrived.length === 2)
})

test('what was read elsewhere, or unsent, before the screen was found dead is told by nobody', async () => {
  const bob = await somebodyLooking()
  const { to: userId, conversationId } = bob
  for (const position of [1, 2, 3, 4]) await bob.hear(position)
  await engine.changed([{ type: 'read', userId, conversationId, position: 2 }])
  await engine.changed([{ type: 'unsent', conversationId, position: 3 }])
  bob.lose(10_000)
  await settle('the push', () => bob.device.arrived.length > 0)
  expect(bob.device.arrived.map(({ message }) => message)).toMatchObject([
    { type: 'message', count: 1, position: 4 },
  ])
  expect(await reasonOf(bob, 2)).toBe('on-screen')
})

test('what another screen shows is left to that one, and told when it is dead as well', async () => {
  const bob = await somebodyLooking()
  const { to, conversationId } = bob
  const show = (conversationIds: string[]) =>
    engine.bus.publish('focus', {
      type: 'focus',
      gatewayId: 'two',
      people: [[to, conversationIds]],
    })
  show([conversationId])
  await bob.hear(1)
  bob.lose(10_000)
  await bob.hear(2)
  expect(await reasonOf(bob, 2)).toBe('on-screen')
  expect(await reasonOf(bob, 1)).toBe('on-screen')
  show([])
  engine.bus.publish('focus', { type: 'lost', userId: to, conversationId, silentMs: 10_000 })
  await waitUntil(bob, 1, 'direct')
  await settle('the push', () => bob.device.arrived.length > 0)
  expect(bob.device.arrived.map(({ message }) => message)).toMatchObject([{ count: 2 }])
})

test('two processes that hear of a dead screen tell once', async () => {
  await using _ = await startEngine({ now, beside: engine })
  const bob = await somebodyLooking()
  await bob.hear(1)
  bob.lose(10_000)
  await waitUntil(bob, 1, 'direct')
  await settle('nothing waits', async () => {
    const rows = await engine.sql`
      select 1 from notifications.topics where user_id = ${bob.to} and state = 'shown'`
    return rows.length === 1
  })
  expect(bob.device.arrived).toMatchObject([{ message: { count: 1 } }])
})
