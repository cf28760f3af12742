import {
  makeFolder,
  type PushServer,
  removeFolder,
  type SpawnedProduct,
  settle,
  spawnProduct,
  startPushServer,
  type TestDevice,
} from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** More than are handed over at once. */
const ROOMS = 40
const DEVICES = 2
/** What was under way is taken up again half a minute after a crash. */
const TAKEN_UP_WITHIN_MS = 90_000
const env = { ALLOW_PRIVATE_ADDRESSES: 'on' }

let directory: string
let push: PushServer
beforeAll(async () => {
  directory = await makeFolder()
  push = await startPushServer()
})
afterAll(async () => {
  await push[Symbol.asyncDispose]()
  await removeFolder(directory)
})

test('after kill -9 in the middle of a backlog every notification comes once or twice, whole, in one place', async () => {
  const gate = Promise.withResolvers<void>()
  const devices = Array.from({ length: DEVICES }, () => push.device())
  for (const device of devices) device.answer = { status: 201, after: gate.promise }
  let product = await spawnProduct({ directory, env })
  try {
    const [alice, bob] = [await register(product, 'alice'), await register(product, 'bob')]
    for (const { subscription } of devices) await bob.notifications.subscribe(subscription)
    const userIds = [bob.session?.user.id ?? '']
    const rooms = await Promise.all(
      Array.from({ length: ROOMS }, (_, i) =>
        alice.conversations.create({ title: `Room ${i}`, userIds }),
      ),
    )
    const say = (text: string) =>
      Promise.all(
        rooms.map(({ id }) => alice.messages.send({ conversationId: id, data: `@bob ${text}` })),
      )
    await say('one')
    await settle('many are under way', () => askedOf(devices) >= ROOMS, 30_000)
    await say('two')
    await product.crash()
    gate.resolve()
    for (const client of [alice, bob]) await client.close()
    product = await spawnProduct({ directory, env })
    await settle(
      'the last word of all rooms on all devices',
      () =>
        devices.every((device) => toldOf(device).every(({ last }) => last === '@bob two')) &&
        devices.every((device) => toldOf(device).length === ROOMS),
      TAKEN_UP_WITHIN_MS,
    )
    for (const device of devices)
      expect(toldOf(device).filter(({ count, tries }) => count !== 2 || tries > 2)).toEqual([])
    expect(push.faults).toEqual([])
    expect(await product.stop()).toBe(0)
  } finally {
    await product[Symbol.asyncDispose]()
  }
}, 240_000)

async function register(product: SpawnedProduct, username: string) {
  const client = createClient({ url: product.url })
  await client.users.register({ username, password: 'a pass phrase for tests' })
  return client
}

const askedOf = (devices: TestDevice[]) => devices.reduce((sum, { asked }) => sum + asked, 0)

/** By conversation, whose topic is the place on the device. */
function toldOf({ arrived }: TestDevice) {
  return [...Map.groupBy(arrived, ({ headers }) => headers.topic).values()].map((group) => {
    const message = group.at(-1)?.message
    const isMessage = message?.type === 'message'
    return {
      last: isMessage ? message.body : undefined,
      count: isMessage ? message.count : 0,
      /** Of the text that came most often. */
      tries: Math.max(...Array.from(Map.groupBy(group, bodyOf).values(), (same) => same.length)),
    }
  })
}

const bodyOf = ({ message }: TestDevice['arrived'][number]) =>
  message.type === 'message' ? message.body : undefined
