import {
  type SpawnedProduct,
  settle,
  spawnChatApp,
  spawnProduct,
  startWebhookServer,
} from '@chatapp/dev-env'
import type { Conversation } from '@chatapp/protocol'
import { type Client, createClient } from '@chatapp/sdk'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const env = { ALLOW_PRIVATE_ADDRESSES: 'on' }

let product: SpawnedProduct
let alice: Client
let room: Conversation
let direct: Conversation
beforeAll(async () => {
  product = await spawnProduct({ env })
  alice = createClient({ url: product.url })
  await alice.users.register({ username: 'alice', password: 'a pass phrase for tests' })
  const { account } = await json('bot', 'create', 'builder')
  await json('bot', 'create', 'stranger')
  room = await alice.conversations.create({ title: 'Builds', userIds: [account.id] })
  direct = await alice.conversations.openDirect(account.id)
}, 180_000)
afterAll(async () => {
  await alice.close()
  await product[Symbol.asyncDispose]()
})

async function chatapp(...args: string[]) {
  const child = spawnChatApp(args, {
    env: { ...env, CHATAPP_DATA_DIR: product.directory, PORT: '0' },
  })
  const code = await child.exit
  return { code, stdout: child.stdout(), stderr: child.stderr() }
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await chatapp(...args, '--json')
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const createIncoming = (bot: string, ...more: string[]) => [
  ...['webhook', 'create-incoming', '--conversation', room.id, '--bot', bot],
  ...more,
]

describe('chatapp webhook', { timeout: 120_000 }, () => {
  test('the running server delivers to what was created, until it is deleted', async () => {
    await using server = await startWebhookServer()
    const made = await json('webhook', 'create', server.url, '--conversation', room.id)
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^whsec_/),
      webhook: { conversationId: room.id, state: 'on' },
    })
    const { id } = made.webhook
    await alice.messages.send({ conversationId: room.id, data: 'hello' })
    await settle('it arrives', () => server.arrived.length > 0, 20_000)
    const { outgoing } = await json('webhook', 'list')
    expect(outgoing).toContainEqual(
      expect.objectContaining({ id, url: server.url, conversationTitle: 'Builds', failed: 0 }),
    )
    expect(await chatapp('webhook', 'test', id)).toEqual({
      code: 0,
      stdout: 'It arrived: the answer was 204.\n',
      stderr: '',
    })
    expect(JSON.parse(server.arrived.at(-1)?.body ?? '')).toMatchObject({ type: 'webhook.test' })
    server.answer = { status: 500 }
    expect(await chatapp('webhook', 'test', id)).toEqual({
      code: 1,
      stdout: 'It did not arrive. It answered 500.\n',
      stderr: '',
    })
    expect(await chatapp('webhook', 'delete', id)).toEqual({
      code: 0,
      stdout: 'The webhook is deleted.\n',
      stderr: '',
    })
    expect((await chatapp('webhook', 'list')).stdout).not.toContain(id)
  })

  test('without a conversation it hears every group, and only the events that were named', async () => {
    const events = 'message.created,member.joined'
    const { code, stdout } = await chatapp(
      ...['webhook', 'create', 'https://example.org/hook', '--events', events],
    )
    const [, id = ''] = /^(\S+) signs with the secret whsec_\S+\n$/.exec(stdout) ?? []
    expect(code).toBe(0)
    expect((await chatapp('webhook', 'list')).stdout).toContain(
      `${id} outgoing on   every group to https://example.org/hook: message.created member.joined; 0 waiting, 0 given up\n`,
    )
    expect((await chatapp('webhook', 'delete', id)).code).toBe(0)
  })

  test('what is posted to an incoming one, its bot says, until it is deleted', async () => {
    const { hook, url } = await json(...createIncoming('Builder', '--url', product.url))
    const post = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: 'Build 417 is green' }),
      })
    expect((await post()).status).toBe(200)
    const { items } = await alice.messages.history(room.id)
    expect(items).toContainEqual(
      expect.objectContaining({ senderId: hook.botId, data: 'Build 417 is green' }),
    )
    expect((await chatapp('webhook', 'list')).stdout).toContain(
      `${hook.id} incoming on   "Builds" (${room.id}) by builder\n`,
    )
    expect((await chatapp('webhook', 'delete', hook.id)).code).toBe(0)
    expect((await post()).status).toBe(410)
    const { incoming } = await json('webhook', 'list')
    expect(incoming).not.toContainEqual(expect.objectContaining({ id: hook.id }))
  })

  test('an incoming one says nothing once its bot is deactivated', async () => {
    const { account } = await json('bot', 'create', 'leaver')
    await alice.conversations.addMembers(room.id, [account.id])
    const { hook, url } = await json(...createIncoming('leaver', '--url', product.url))
    const post = (text: string) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      })
    expect((await post('before')).status).toBe(200)
    expect((await chatapp('user', 'deactivate', 'leaver')).code).toBe(0)
    const refused = await post('after')
    expect([refused.status, (await refused.json()).detail]).toEqual([
      403,
      'The bot of this incoming webhook is deactivated or no longer in the conversation.',
    ])
    const { items } = await alice.messages.history(room.id)
    const said = items.filter(({ senderId }) => senderId === hook.botId)
    expect(said).toMatchObject([{ data: 'before' }])
  })

  test('an incoming one may call everybody when that is allowed, at the public address', async () => {
    const child = spawnChatApp(createIncoming('builder', '--allow-all', '--json'), {
      env: { CHATAPP_DATA_DIR: product.directory, PUBLIC_URL: 'https://chat.example.org/' },
    })
    expect(await child.exit).toBe(0)
    const { hook, url } = JSON.parse(child.stdout())
    expect(hook.mayCallAll).toBe(true)
    expect(url).toContain(`https://chat.example.org/api/hooks/${hook.id}/`)
    expect((await chatapp('webhook', 'delete', hook.id)).code).toBe(0)
  })

  const nothing = '0193a1c0-4f44-7e7c-8f5d-ae9b8a7f6e5d'
  test.each([
    [['create', 'example'], /url: must be an https URL/],
    [['create', 'ftp://example.org'], /url: must be an https URL/],
    [['create', 'https://example.org', '--events', 'message.created,lunch'], /events\.1: /],
    [['create', 'https://example.org', '--conversation', 'Builds'], /must be a UUID/],
    [['create', 'https://example.org', '--conversation', nothing], /no group with the id 0193a1c0/],
    [['create-incoming', '--bot', 'builder'], /required option '--conversation <id>'/],
    [['create-incoming', '--conversation', nothing, '--bot', 'builder'], /no group with the id/],
    [['delete', 'first'], /id: must be a UUID/],
    [['test', nothing], /no outgoing webhook with the id 0193a1c0/],
    [['delete', nothing], /no webhook with the id 0193a1c0/],
  ])('%j is refused in a sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await chatapp('webhook', ...args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test.each([
    ['alice', /no bot named "alice"/],
    ['nobody', /no bot named "nobody"/],
    ['stranger', /must be a bot that is in the conversation/],
  ])('%s cannot speak for an incoming one', async (name, sentence) => {
    const { code, stdout, stderr } = await chatapp(...createIncoming(name))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(sentence)
  })

  test('what two say to each other is told to no webhook, and none speaks there', async () => {
    const refusal = `There is no group with the id ${direct.id}.\n`
    const place = ['--conversation', direct.id]
    for (const args of [
      ['create', 'https://example.org', ...place],
      ['create-incoming', '--bot', 'builder', ...place],
    ])
      expect(await chatapp('webhook', ...args)).toEqual({ code: 1, stdout: '', stderr: refusal })
  })
})
