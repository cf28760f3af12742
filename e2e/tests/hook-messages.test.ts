import { makeAdmin, settle } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PushScene, startWithPush } from './push-scene.ts'

let scene: PushScene
beforeAll(async () => {
  scene = await startWithPush()
  await makeAdmin(scene.product, scene.people.alice)
})
afterAll(() => scene[Symbol.asyncDispose]())

/** Bob again, wherever the product is now. */
async function bobAgain() {
  const { bob } = scene.people
  const client = createClient({ url: scene.product.url })
  await client.users.login({
    username: bob.username,
    password: bob.password,
  })
  return client
}

async function post(url: string, text: string, key: string) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ text }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()).messageId
}

test('what an incoming webhook says is unread, found, notified of, and outlives a restart', async () => {
  const { alice, bob } = scene.people
  const { conversations, bots, hooks } = alice.client
  // Said by no try before.
  const word = `build${Date.now()}`
  const { user: bot } = await bots.create({ username: word })
  const userIds = [bob.session.user.id, bot.id]
  const room = await conversations.create({ title: 'Builds', userIds })
  const { url } = await hooks.create({ conversationId: room.id, botId: bot.id })
  const device = scene.push.device()
  await bob.client.notifications.subscribe(device.subscription)
  const before = (await bob.client.conversations.get(room.id)).unread
  const text = `${word} is green, @${bob.username}`
  const id = await post(url, text, word)

  expect((await bob.client.conversations.get(room.id)).unread).toBe(before + 1)
  const { items: activity } = await bob.client.messages.activity()
  expect(activity[0]).toMatchObject({ kind: 'mention', isUnread: true, message: { id } })
  const pushed = () =>
    device.arrived.some(({ message }) => 'body' in message && message.body?.includes(word))
  await settle('a push message arrives', pushed, 20_000)
  const finds = async (client: typeof bob.client) => {
    const { items } = await client.messages.search(word)
    return items.map(({ message }) => message.id)
  }
  await settle('it is found', async () => (await finds(bob.client)).includes(id), 20_000)

  const called = scene.product.url
  await scene.product.restart()
  await using again = await bobAgain()
  const { items } = await again.messages.history(room.id)
  const said = items.filter(({ senderId }) => senderId === bot.id)
  expect(said).toMatchObject([{ id, data: text }])
  expect(await finds(again)).toEqual([id])
  expect(await post(url.replace(called, scene.product.url), text, word)).toBe(id)
})
