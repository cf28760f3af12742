import {
  type Person,
  type Product,
  type PushServer,
  type RawSocket,
  rawSocket,
  settle,
  startProduct,
  startPushServer,
  type TestDevice,
} from '@chatapp/dev-env'
import type { Calling, Notice } from '@chatapp/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decide, type Situation } from '../src/deciding/policy.ts'

const SITUATIONS = 100
const PEOPLE = 5
/** Another one makes other situations. */
const SEED = 20_261_122
const HOUR_MS = 3_600_000
const PATIENCE_MS = 60_000

let push: PushServer
let product: Product
beforeAll(async () => {
  push = await startPushServer()
  product = await startProduct({ env: { ALLOW_PRIVATE_ADDRESSES: 'on' } })
})
afterAll(async () => {
  await product[Symbol.asyncDispose]()
  await push[Symbol.asyncDispose]()
})

const plans = fc.record({
  kind: fc.constantFrom('direct' as const, 'group' as const),
  level: fc.constantFrom('all' as const, 'mentions' as const, 'nothing' as const),
  mutedForMs: fc.constantFrom(null, null, -HOUR_MS, HOUR_MS),
  quietFromMs: fc.constantFrom(null, null, -HOUR_MS, HOUR_MS),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Pacific/Apia'),
  keywords: fc.constantFrom<string[][]>([], [], ['kettle'], ['stove']),
  says: fc.constantFrom('plain' as const, 'mention' as const, 'all' as const, 'reply' as const),
  devices: fc.constantFrom(0, 1, 1, 2),
  looksAt: fc.constantFrom(
    'nothing' as const,
    'nothing' as const,
    'this' as const,
    'other' as const,
  ),
  isOwn: fc.constantFrom(false, false, false, false, true),
  hasLeft: fc.constantFrom(false, false, false, false, false, true),
})
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never

test('in a hundred random situations the log says what the function decides, and devices get just that', async () => {
  const all = fc.sample(plans, { numRuns: SITUATIONS, seed: SEED })
  const alice = await product.person()
  const shares = Array.from({ length: PEOPLE }, (_, i) => all.filter((__, k) => k % PEOPLE === i))
  const wrong = await Promise.all(shares.map((share) => liveThrough(alice, share)))
  expect(wrong.flat()).toEqual([])
}, 600_000)

/** One situation after the other; tells of which the log or the devices say something else. */
async function liveThrough(alice: Person, share: Plan[]): Promise<unknown[]> {
  const [bob, witness] = [await product.person(), await product.person()]
  const ear = push.device()
  await witness.client.notifications.subscribe(ear.subscription)
  const wrong: unknown[] = []
  for (const plan of share) {
    const { expected, found, told } = await liveOnce({ alice, bob, witness, ear }, plan)
    const isSame = expected?.outcome === found?.outcome && expected?.reason === found?.reason
    const isPushed = expected?.outcome === 'push'
    const isTold = told.length === plan.devices && told.every((has) => has === isPushed)
    if (!isSame || !isTold) wrong.push({ plan, expected, found, told })
  }
  return wrong
}

type Known = Pick<Notice, 'outcome' | 'reason'> | undefined

interface Cast {
  alice: Person
  bob: Person
  /** Whom every message of one's own group tells of, on one device. */
  witness: Person
  ear: TestDevice
}

interface Outcome {
  expected: Known
  found: Known
  /** For each device whether it got a push message about it. */
  told: boolean[]
}

async function liveOnce(people: Cast, plan: Plan): Promise<Outcome> {
  const { alice, bob } = people
  const id = await openRoom(alice, bob, plan)
  const asked = await bob.client.messages.send({ conversationId: id, data: 'Who has the stove' })
  const devices = await prepare(bob, id, plan)
  await using socket = rawSocket(product.url, bob.session.accessToken)
  await socket.next('welcome')
  const other = plan.looksAt === 'other' && (await openRoom(alice, bob, { ...plan, kind: 'group' }))
  await look(socket, { nothing: null, this: id, other: other || null }[plan.looksAt])
  const data = textOf(plan, bob)
  const replyTo = plan.says === 'reply' ? asked.id : undefined
  const sender = plan.isOwn ? bob : alice
  if (isGone(plan)) await alice.client.conversations.remove(id, bob.session.user.id)
  const { position, sentAt } = await sender.client.messages.send({
    conversationId: id,
    data,
    ...(replyTo && { replyTo }),
  })
  const situation = situationOf({ plan, bob, alice, text: data, sentAt })
  const expected = hasEntry(situation) && !isGone(plan) ? decide(situation) : undefined
  const found = await findNotice(people, { conversationId: id, position })
  await look(socket, null)
  const has = (device: TestDevice) => isTold(device, { conversationId: id, position })
  if (expected?.outcome === 'push')
    await settle('the push', () => devices.every(has), PATIENCE_MS).catch(() => undefined)
  return { expected, found, told: devices.map(has) }
}

/** Who is in a group no more is told of nothing there. */
const isGone = ({ kind, hasLeft, isOwn }: Plan) => kind === 'group' && hasLeft && !isOwn

interface Place {
  conversationId: string
  position: number
}

const isTold = ({ arrived }: TestDevice, { conversationId, position }: Place): boolean =>
  arrived.some(
    ({ message }) =>
      message.type === 'message' &&
      message.conversationId === conversationId &&
      message.position === position,
  )

/** Answered in its turn, so that it is known from then on. */
async function look(socket: RawSocket, conversationId: string | null): Promise<void> {
  socket.send({ type: 'focus', conversationId })
  socket.send({ type: 'ping' })
  await socket.next('pong')
}

async function openRoom(alice: Person, bob: Person, { kind }: Plan): Promise<string> {
  const userId = bob.session.user.id
  const { id } =
    kind === 'direct'
      ? await alice.client.conversations.openDirect(userId)
      : await alice.client.conversations.create({ title: 'Camping', userIds: [userId] })
  return id
}

/** Resolves to the devices that the person has then. */
async function prepare(
  { client }: Person,
  conversationId: string,
  plan: Plan,
): Promise<TestDevice[]> {
  const { level: notify, mutedForMs, quietFromMs, timeZone, keywords } = plan
  const mutedUntil = new Date(Date.now() + (mutedForMs ?? -HOUR_MS)).toISOString()
  await client.conversations.update(conversationId, { notify, mutedUntil })
  const clockOf = (time: number) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(time)
  const from = Date.now() + (quietFromMs ?? 0)
  const hours = { from: clockOf(from), to: clockOf(from + 2 * HOUR_MS), timeZone }
  await client.notifications.updatePreferences({
    doNotDisturb: quietFromMs === null ? 'off' : hours,
    keywords,
  })
  const { items } = await client.notifications.subscriptions()
  for (const { id } of items) await client.notifications.unsubscribe(id)
  const devices = Array.from({ length: plan.devices }, () => push.device())
  for (const { subscription } of devices) await client.notifications.subscribe(subscription)
  return devices
}

const textOf = ({ says }: Plan, { username }: Person) =>
  ({
    plain: 'The kettle is on',
    mention: `The kettle is on, @${username}`,
    all: 'The kettle is on, @all',
    reply: 'The kettle is on',
  })[says]

interface Lived {
  plan: Plan
  bob: Person
  alice: Person
  text: string
  sentAt: string
}

function situationOf({ plan, bob, alice, text, sentAt }: Lived): Situation {
  const userId = bob.session.user.id
  const isQuiet = plan.quietFromMs !== null && plan.quietFromMs < 0
  const calling: Calling | undefined =
    plan.kind === 'direct' ? 'direct' : plan.says === 'plain' ? undefined : plan.says
  return {
    message: {
      ...{ position: 2, text, sentAt: Date.parse(sentAt) },
      senderId: plan.isOwn ? userId : alice.session.user.id,
    },
    addressee: {
      ...{ userId, level: plan.level, readPosition: 1, ...(calling && { calling }) },
      mutedUntil: new Date(Date.now() + (plan.mutedForMs ?? -HOUR_MS)).toISOString(),
    },
    preferences: {
      doNotDisturb: isQuiet ? hoursAround(Date.parse(sentAt)) : null,
      keywords: plan.keywords,
    },
    devices: {
      subscribed: plan.devices,
      screen: plan.looksAt === 'this' ? 'shows-it' : 'elsewhere',
    },
    now: Date.parse(sentAt),
  }
}

function hoursAround(time: number) {
  const clockOf = (at: number) =>
    new Date(at).toISOString().slice('2026-01-31T'.length, -':00.000Z'.length)
  return { from: clockOf(time - HOUR_MS), to: clockOf(time + HOUR_MS), timeZone: 'UTC' }
}

/** Nobody writes down that the sender was not told, or somebody without devices, or without cause. */
function hasEntry({ message, addressee, preferences, devices }: Situation): boolean {
  if (message.senderId === addressee.userId || devices.subscribed === 0) return false
  return (
    addressee.calling !== undefined || addressee.level === 'all' || preferences.keywords.length > 0
  )
}

/**
 * Messages are told of in their order: once a later one is in somebody's log, all before are, and
 * pushed is what waits longest.
 */
async function findNotice(
  { alice, bob, witness, ear }: Cast,
  { conversationId, position }: Place,
): Promise<Known> {
  const { id } = await alice.client.conversations.create({
    title: 'The last word',
    userIds: [witness.session.user.id],
  })
  const said = await alice.client.messages.send({
    conversationId: id,
    data: `@${witness.username}`,
  })
  const hasHeard = async () =>
    (await witness.client.notifications.log({ conversationId: id })).items.length > 0
  await settle('the last word', hasHeard, PATIENCE_MS)
  await settle('the last push', () => isTold(ear, said), PATIENCE_MS)
  const log = await bob.client.notifications.log({ conversationId })
  return log.items.find((notice) => notice.position === position)
}
