import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PushScene, startWithPush } from './push-scene.ts'

let scene: PushScene
beforeAll(async () => {
  scene = await startWithPush({ PUSH_PAYLOAD_MAX: 'sender' })
})
afterAll(() => scene[Symbol.asyncDispose]())

test('a test reaches one device, and its answer is the push service’s', async () => {
  const { notifications } = scene.people.bob.client
  const [tested, other] = [scene.push.device(), scene.push.device()]
  const { id } = await notifications.subscribe(tested.subscription)
  await notifications.subscribe(other.subscription)
  expect(await notifications.test(id)).toEqual({ outcome: 'sent', status: 201 })
  expect(tested.arrived.map(({ message }) => message)).toEqual([{ type: 'test' }])
  expect(other.arrived).toEqual([])
  tested.answer = { status: 503 }
  expect(await notifications.test(id)).toEqual({ outcome: 'failed', status: 503 })
  await expect(scene.people.alice.client.notifications.test(id)).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a test of a device that is gone forgets it', async () => {
  const { notifications } = scene.people.carol.client
  const device = scene.push.device()
  const { id } = await notifications.subscribe(device.subscription)
  device.answer = { status: 410 }
  expect(await notifications.test(id)).toEqual({ outcome: 'gone', status: 410 })
  expect((await notifications.subscriptions()).items).toEqual([])
})

test('one is told how much this server lets push messages tell', async () => {
  const { notifications } = scene.people.alice.client
  expect((await notifications.preferences()).payloadMax).toBe('sender')
  expect(await notifications.updatePreferences({ payload: 'full' })).toMatchObject({
    payload: 'full',
    payloadMax: 'sender',
  })
})

test('the log can be asked of one message', async () => {
  const { alice, dan } = scene.people
  await dan.client.notifications.subscribe(scene.push.device().subscription)
  const room = await alice.client.conversations.openDirect(dan.session.user.id)
  const say = (data: string) => alice.client.messages.send({ conversationId: room.id, data })
  const first = await say('One')
  await say('Two')
  const of = { conversationId: room.id, position: first.position }
  const positions = async () =>
    (await dan.client.notifications.log(of)).items.map(({ position }) => position)
  await expect.poll(positions).toEqual([first.position])
})
