import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { env, pid } from 'node:process'
import { fileURLToPath } from 'node:url'
import { type Cast, cast, makeAdmin, type Product, settle, startProduct } from '@chatapp/dev-env'
import { createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ECHO_BOT = fileURLToPath(new URL('../../examples/echo-bot/echo-bot.ts', import.meta.url))

/** Several processes and four people, on a busy machine. */
const START_WITHIN_MS = 180_000

let product: Product
let people: Cast
beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
  await makeAdmin(product, people.alice)
}, START_WITHIN_MS)
afterAll(() => product[Symbol.asyncDispose]())

let made = 0
/** Each under a name of its own, as a test may be tried again. */
const makeBot = (name: string) =>
  people.alice.client.bots.create({ username: `${name}-${pid}-${++made}` })

test('the echo bot of the examples answers, and ends when its token is revoked', async () => {
  const { alice, bob } = people
  const { user, id, token } = await makeBot('echo')
  const bot = spawn(process.execPath, [ECHO_BOT], {
    env: { PATH: env.PATH, CHATAPP_URL: product.url, CHATAPP_TOKEN: token },
    stdio: 'ignore',
  })
  const ended = once(bot, 'exit')
  try {
    const direct = await bob.client.conversations.openDirect(user.id)
    expect(direct.participants?.find((one) => one.id === user.id)).toMatchObject({ isBot: true })
    await using eyes = bob.client.connect()
    const seen: string[] = []
    eyes.on('presence', ({ userId, state }) => state === 'online' && seen.push(userId))
    eyes.watch([user.id])
    await settle('the bot is online', () => seen.includes(user.id), 20_000)
    const answers = async () => {
      const { items } = await bob.client.messages.history(direct.id)
      return items.flatMap((one) =>
        one.kind === 'text' && one.senderId === user.id ? [one.data] : [],
      )
    }
    // What it finds on arriving it does not answer: until then it is asked again.
    const ask = async () => {
      await bob.client.messages.send({ conversationId: direct.id, data: 'hello' })
      return (await answers()).length > 0
    }
    await settle('the bot has answered', ask, 20_000)
    expect(new Set(await answers())).toEqual(new Set(['You said: hello']))
    await alice.client.bots.revokeToken(user.id, id)
    expect(await ended).toEqual([1, null])
  } finally {
    bot.kill()
  }
})

test('the socket of a revoked bot closes, and it does not come back', async () => {
  const { user, id, token } = await makeBot('short')
  const bot = createClient({ url: product.url, token })
  await bot.users.refresh()
  const connection = bot.connect()
  await settle('it is online', () => connection.state.kind === 'online', 20_000)
  await people.alice.client.bots.revokeToken(user.id, id)
  await settle('it has ended', () => connection.state.kind === 'ended', 20_000)
  expect(connection.state).toMatchObject({ kind: 'ended', why: 'unauthenticated' })
  await expect(bot.users.me()).rejects.toMatchObject({ code: 'unauthenticated' })
  await bot.close()
})

test('a token is enough for REST, and members see who is a bot', async () => {
  const { alice } = people
  const { user, token } = await makeBot('quiet')
  const room = await alice.client.conversations.create({ title: 'With a bot', userIds: [user.id] })
  await using bot = createClient({ url: product.url, token })
  const sent = await bot.messages.send({ conversationId: room.id, data: 'beep' })
  expect(sent.senderId).toBe(user.id)
  const { items } = await alice.client.conversations.members(room.id)
  expect(items.flatMap((one) => (one.user.isBot ? [one.user.username] : []))).toEqual([
    user.username,
  ])
})

test('a bot cannot subscribe to push messages, and learns what to use', async () => {
  const { token } = await makeBot('pusher')
  await using client = createClient({ url: product.url, token })
  const keys = {
    p256dh: Buffer.alloc(65, 4).toString('base64url'),
    auth: Buffer.alloc(16).toString('base64url'),
  }
  const asked = client.notifications.subscribe({ endpoint: 'https://push.example.org/bot', keys })
  await expect(asked).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('webhook'),
  })
  expect((await client.notifications.subscriptions()).items).toEqual([])
})
