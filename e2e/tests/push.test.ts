import { type Person, rawSocket, settle as settleWithin, type TestDevice } from '@chatapp/dev-env'
import type { Message } from '@chatapp/protocol'
import { connectPostgres } from '@chatapp/service-kit'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PushScene, startWithPush } from './push-scene.ts'

/** Several processes on a busy machine take their time. */
const PATIENCE_MS = 20_000
const settle = <T>(what: string, test: () => T | Promise<T>, withinMs = PATIENCE_MS) =>
  settleWithin(what, test, withinMs)

let scene: PushScene
beforeAll(async () => {
  scene = await startWithPush()
})
afterEach(async () => {
  await forgetDevices()
  expect(scene.push.faults).toEqual([])
})
afterAll(() => scene[Symbol.asyncDispose]())

/** In the database, as the product may just have been started at another port. */
async function forgetDevices(): Promise<void> {
  const target = scene.product.database.admin
  await using postgres = await connectPostgres({ target, name: 'tests', maxConnections: 1 })
  await postgres.sql`delete from notifications.subscriptions`
}

const idOf = (person: Person) => person.session.user.id

async function subscribe({ client }: Person): Promise<TestDevice & { id: string }> {
  const device = scene.push.device()
  const { id } = await client.notifications.subscribe(device.subscription)
  return Object.assign(device, { id })
}

const openRoom = (by: Person, ...others: Person[]) =>
  by.client.conversations.create({ title: 'Camping', userIds: others.map(idOf) })

const openDirect = (by: Person, other: Person) => by.client.conversations.openDirect(idOf(other))

const say = ({ client }: Person, conversationId: string, data: string) =>
  client.messages.send({ conversationId, data })

const answer = ({ client }: Person, to: Message, data: string) =>
  client.messages.send({ conversationId: to.conversationId, data, replyTo: to.id })

const logOf = async ({ client }: Person, conversationId: string) =>
  (await client.notifications.log({ conversationId })).items

/** The reason for the message, as soon as it is known. */
const reasonOf = (person: Person, message: { conversationId: string; position: number }) =>
  settle('a reason', async () => {
    const log = await logOf(person, message.conversationId)
    return log.find((notice) => notice.position === message.position)?.reason
  })

test('a direct message reaches the device in time, encrypted and signed', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  const sent = await say(alice, id, 'Who brings the tent?')
  const ackedAt = performance.now()
  const [arrived] = await settle('the push', () => device.arrived.length > 0 && device.arrived)
  expect(arrived?.message).toEqual({
    type: 'message',
    conversationId: id,
    position: sent.position,
    count: 1,
    title: 'alice',
    body: 'Who brings the tent?',
  })
  expect(arrived?.headers.urgency).toBe('high')
  expect((arrived?.at ?? Infinity) - ackedAt).toBeLessThan(5_000)
})

test('in a group a mention, a reply and @all are pushed; the rest says why not', async () => {
  const { alice, bob, carol } = scene.people
  await subscribe(bob)
  const { id } = await openRoom(alice, bob, carol)
  const own = await say(bob, id, 'I bring the tent')
  const plain = await say(alice, id, 'Good')
  const mention = await say(alice, id, 'And the stove, @bob?')
  expect(await reasonOf(bob, mention)).toBe('mention')
  expect(await reasonOf(bob, await answer(alice, own, 'A big one?'))).toBe('reply')
  expect(await reasonOf(bob, await say(carol, id, '@all: it rains'))).toBe('all')
  const log = await logOf(bob, id)
  expect(log.map(({ position }) => position)).not.toContain(plain.position)
  expect(log.map(({ position }) => position)).not.toContain(own.position)
})

test('levels, mute, keywords and quiet hours decide, and say so', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openRoom(alice, bob)
  const { conversations, notifications } = bob.client
  await conversations.update(id, { notify: 'nothing' })
  expect(await reasonOf(bob, await say(alice, id, '@bob one'))).toBe('level-nothing')
  await conversations.update(id, { notify: 'all' })
  expect(await reasonOf(bob, await say(alice, id, 'two'))).toBe('level-all')
  const mutedUntil = new Date(Date.now() + 3_600_000).toISOString()
  await conversations.update(id, { mutedUntil })
  expect(await reasonOf(bob, await say(alice, id, 'three'))).toBe('muted')
  await conversations.update(id, {
    mutedUntil: new Date(0).toISOString(),
    notify: 'mentions',
  })
  await notifications.updatePreferences({ keywords: ['kettle'] })
  expect(await reasonOf(bob, await say(alice, id, 'Where is the Kettle?'))).toBe('keyword')
  // All day but for a minute half a day away.
  const hours =
    new Date().getUTCHours() < 12 ? { from: '00:00', to: '23:59' } : { from: '12:00', to: '11:59' }
  const doNotDisturb = { ...hours, timeZone: 'UTC' }
  await notifications.updatePreferences({ keywords: [], doNotDisturb })
  expect(await reasonOf(bob, await say(alice, id, '@bob five'))).toBe('do-not-disturb')
  await notifications.updatePreferences({ doNotDisturb: 'off' })
  await settle('the last push', () => device.arrived.at(-1)?.message.type === 'message')
})

test('what is on screen on any device is not pushed, until one looks away', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  await using socket = rawSocket(scene.product.url, bob.session.accessToken)
  await socket.next('welcome')
  // Other processes hear of it a moment later.
  const sayUntil = (reason: string, data: string) =>
    settle(`one is ${reason}`, async () => {
      const message = await say(alice, id, data)
      return (await reasonOf(bob, message)) === reason && message
    })
  socket.send({ type: 'focus', conversationId: id })
  const seen = await sayUntil('on-screen', 'You see this')
  socket.send({ type: 'focus', conversationId: null })
  const unseen = await sayUntil('direct', 'And not this')
  const positions = () =>
    device.arrived.map(({ message }) => 'position' in message && message.position)
  await settle('the push', () => positions().includes(unseen.position))
  expect(positions()).not.toContain(seen.position)
})

test('several messages are one notification with a count, closed once they are read', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  for (const data of ['One', 'Two', 'Three']) await say(alice, id, data)
  const last = await settle('all of them', () =>
    device.arrived.find(({ message }) => message.type === 'message' && message.count === 3),
  )
  expect(last.message).toMatchObject({ body: 'Three' })
  expect(new Set(device.arrived.map(({ headers }) => headers.topic)).size).toBe(1)
  const { lastMessage } = await bob.client.conversations.get(id)
  await bob.client.messages.advance(id, { read: lastMessage?.position ?? 0 })
  await settle('the close', () => device.arrived.at(-1)?.message.type === 'close')
})

test('the log of a message tells of its own push messages, not of those of later ones', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  for (const [i, data] of ['One', 'Two', 'Three'].entries()) {
    await say(alice, id, data)
    await settle('the push', () => device.arrived.length === i + 1)
  }
  const log = await settle('all are written down', async () => {
    const notices = await logOf(bob, id)
    return notices[0]?.deliveries.length === 1 && notices
  })
  expect(log.slice(0, 3).map(({ deliveries }) => deliveries.map(({ outcome }) => outcome))).toEqual(
    [['sent'], ['sent'], ['sent']],
  )
})

test('what is unsent is taken back from the notification', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  await say(alice, id, 'Keep this')
  const slip = await say(alice, id, 'A slip')
  await settle('both', () => device.arrived.at(-1)?.message.type === 'message' && device.arrived)
  await settle('both are counted', () =>
    device.arrived.some(({ message }) => message.type === 'message' && message.count === 2),
  )
  await alice.client.messages.unsend(slip.id)
  const corrected = await settle('one less', () =>
    device.arrived.at(-1)?.message.type === 'message' &&
    !('body' in (device.arrived.at(-1)?.message ?? {}))
      ? device.arrived.at(-1)
      : undefined,
  )
  expect(corrected.message).toMatchObject({ count: 1, title: 'alice' })
  expect(await reasonOf(bob, slip)).toBe('unsent')
})

test('a subscription that is gone is forgotten, one that is asked to wait waits', async () => {
  const { alice, bob } = scene.people
  const gone = await subscribe(bob)
  const busy = await subscribe(bob)
  gone.answer = { status: 410 }
  busy.answer = { status: 429, headers: { 'retry-after': '1' } }
  const { id } = await openDirect(alice, bob)
  await say(alice, id, 'Hello')
  const { items } = await settle('one is left', async () => {
    const page = await bob.client.notifications.subscriptions()
    return page.items.length === 1 && page
  })
  expect(items[0]?.id).toBe(busy.id)
  await settle('a refusal', async () =>
    (await logOf(bob, id)).some(({ deliveries }) => deliveries.some((one) => one.status === 429)),
  )
  busy.answer = { status: 201 }
  await settle('the push', () => busy.arrived.length > 0)
  const [notice] = await settle('its record', async () => {
    const log = await logOf(bob, id)
    return log[0]?.deliveries.some(({ outcome }) => outcome === 'sent') && log
  })
  const outcomes = notice?.deliveries.map(({ outcome }) => outcome) ?? []
  expect(outcomes.toSorted()).toEqual(['failed', 'gone', 'sent'])
})

test('the receiver chooses how much a push message tells', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  const { id } = await openDirect(alice, bob)
  for (const payload of ['sender', 'none'] as const) {
    await bob.client.notifications.updatePreferences({ payload })
    const { position } = await say(alice, id, 'A secret')
    const { message } = await settle('the push', () =>
      device.arrived.find(({ message }) => 'position' in message && message.position === position),
    )
    expect(message).not.toHaveProperty('body')
    expect('title' in message).toBe(payload === 'sender')
  }
  await bob.client.notifications.updatePreferences({ payload: 'full' })
})

test('what was said while ChatApp was about to end is pushed after its restart, once', async () => {
  const { alice, bob } = scene.people
  const device = await subscribe(bob)
  device.answer = { status: 503 }
  const { id } = await openDirect(alice, bob)
  const { position } = await say(alice, id, 'Before the end')
  await scene.product.restart()
  device.answer = { status: 201 }
  await settle('the push', () => device.arrived.length > 0, 60_000)
  expect(device.arrived.map(({ message }) => message)).toMatchObject([{ position, count: 1 }])
}, 180_000)
