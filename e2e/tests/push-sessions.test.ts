import { type Person, settle } from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PushScene, startWithPush } from './push-scene.ts'

let scene: PushScene
beforeAll(async () => {
  scene = await startWithPush()
})
afterAll(() => scene[Symbol.asyncDispose]())

/** One more device of somebody, which is to get push messages. */
async function signIn({ username, password }: Person) {
  const client = scene.product.client()
  await client.users.login({ username, password })
  const device = scene.push.device()
  await client.notifications.subscribe(device.subscription)
  return { client, device }
}

type Device = Awaited<ReturnType<typeof signIn>>

/** That the server knows the device no more. */
const untilForgotten = ({ device }: Device, { client }: Pick<Person, 'client'>) =>
  settle('the end', async () => {
    const { items } = await client.notifications.subscriptions()
    return items.every(({ endpoint }) => endpoint !== device.subscription.endpoint)
  })

test('a device that is signed out from another one hears of nothing any more', async () => {
  const { alice, bob } = scene.people
  const [phone, tablet] = [await signIn(bob), await signIn(bob)]
  const { id } = await alice.client.conversations.openDirect(bob.session.user.id)
  const say = (data: string) => alice.client.messages.send({ conversationId: id, data })
  await say('Both of them hear this')
  await settle('both', () => [phone, tablet].every(({ device }) => device.arrived.length === 1))
  const { items } = await tablet.client.users.sessions()
  const current = items.find((one) => one.current)
  await bob.client.users.endSession(current?.id ?? '')
  await untilForgotten(tablet, bob)
  await say('And only one of them this')
  await settle('the push', () => phone.device.arrived.length === 2)
  expect(tablet.device.arrived).toHaveLength(1)
})

test('a new password silences all devices but the one where it was chosen', async () => {
  const [phone, tablet] = [await signIn(scene.people.carol), await signIn(scene.people.carol)]
  const { client, device } = phone
  await client.users.changePassword(scene.people.carol.password, scene.people.carol.password)
  await untilForgotten(tablet, { client })
  const { items } = await client.notifications.subscriptions()
  expect(items.map(({ endpoint }) => endpoint)).toContain(device.subscription.endpoint)
})
