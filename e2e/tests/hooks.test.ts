import {
  type Cast,
  cast,
  makeAdmin,
  type Person,
  type Product,
  startProduct,
} from '@chatapp/dev-env'
import { afterAll, beforeAll, expect, test } from 'vitest'

let product: Product
let people: Cast
beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
  await makeAdmin(product, people.alice)
})
afterAll(() => product[Symbol.asyncDispose]())

const idOf = (person: Person) => person.session.user.id

async function openHook(username: string, options: { mayCallAll?: boolean } = {}) {
  const { alice, bob } = people
  const { user: bot } = await alice.client.bots.create({ username })
  const room = await alice.client.conversations.create({
    title: 'Builds',
    userIds: [idOf(bob), bot.id],
  })
  const made = await alice.client.hooks.create({
    conversationId: room.id,
    botId: bot.id,
    ...options,
  })
  return { ...made, room, bot }
}

function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function said(conversationId: string) {
  const { items } = await people.bob.client.messages.history(conversationId)
  return items.flatMap((one) => (one.kind === 'text' ? [one] : []))
}

test('what is posted to an incoming webhook, its bot says in the group', async () => {
  const { url, room, bot, hook } = await openHook('builder')
  expect(url).toContain(`${product.url}/api/hooks/${hook.id}/`)
  const answer = await post(url, { text: 'Build **417** is green, @bob @all', username: 'Alice' })
  expect(answer.status).toBe(200)
  const [message] = await said(room.id)
  expect(await answer.json()).toEqual({ messageId: message?.id })
  expect(message).toMatchObject({
    senderId: bot.id,
    data: '**Alice:** Build **417** is green, @bob @all',
    mentions: [idOf(people.bob)],
  })
  expect(message).not.toHaveProperty('mentionsAll')
  const listed = await people.alice.client.hooks.list({ conversationId: room.id })
  expect(listed.items).toEqual([hook])
})

test('@all calls everybody where the webhook may do so', async () => {
  const { url, room } = await openHook('siren', { mayCallAll: true })
  await post(url, { text: '@all fire' })
  expect(await said(room.id)).toMatchObject([{ data: '@all fire', mentionsAll: true }])
})

test('a repeat with the same Idempotency-Key is said once', async () => {
  const { url, room } = await openHook('repeater')
  const key = { 'idempotency-key': 'build-417' }
  const first = await (await post(url, { text: 'once' }, key)).json()
  expect(await (await post(url, { text: 'once' }, key)).json()).toEqual(first)
  expect((await post(url, { text: 'other' }, key)).status).toBe(409)
  expect((await post(url, { text: 'once' }, { 'idempotency-key': 'x'.repeat(256) })).status).toBe(
    400,
  )
  expect(await said(room.id)).toHaveLength(1)
})

test('wrong posts are told what is wrong', async () => {
  const { url, room } = await openHook('picky')
  const problem = async (body: unknown) => {
    const answer = await post(url, body)
    return [answer.status, (await answer.json()).errors?.[0]?.path]
  }
  expect(await problem({})).toEqual([400, 'text'])
  expect(await problem({ text: ' ' })).toEqual([400, 'text'])
  expect(await problem({ text: 'x', blocks: [] })).toEqual([400, 'blocks'])
  expect(await problem({ text: 'x', username: '**boss**' })).toEqual([400, 'username'])
  expect(await problem({ text: 'x'.repeat(70_000) })).toEqual([413, undefined])
  const plain = await fetch(url, { method: 'POST', body: 'text' })
  expect(plain.status).toBe(415)
  expect(await said(room.id)).toEqual([])
})

test('an old secret, a wrong one and an unknown webhook look the same; a deleted one has gone', async () => {
  const { url, hook } = await openHook('changing')
  const { hooks } = people.alice.client
  const renewed = await hooks.replaceSecret(hook.id)
  const body = { text: 'hello' }
  const detailOf = async (at: string) => {
    const answer = await post(at, body)
    return [answer.status, (await answer.json()).detail]
  }
  const wrong = [404, 'There is no such incoming webhook.']
  expect(await detailOf(url)).toEqual(wrong)
  expect(await detailOf(url.replace(hook.id, idOf(people.bob)))).toEqual(wrong)
  expect(await detailOf(url.replace(hook.id, 'x'))).toEqual(wrong)
  expect((await post(renewed.url, body)).status).toBe(200)
  await hooks.delete(hook.id)
  expect((await post(renewed.url, body)).status).toBe(410)
  expect(await detailOf(url)).toEqual(wrong)
  await expect(hooks.delete(hook.id)).rejects.toMatchObject({ code: 'not-found' })
})

test('a webhook whose bot was removed from the group says nothing more', async () => {
  const { url, room, bot } = await openHook('leaver')
  await people.alice.client.conversations.remove(room.id, bot.id)
  expect((await post(url, { text: 'still here' })).status).toBe(403)
  expect(await said(room.id)).toEqual([])
})

test('only bots that are in the group get a webhook', async () => {
  const { alice, bob } = people
  const { room } = await openHook('insider')
  const { user: outsider } = await alice.client.bots.create({ username: 'outsider' })
  for (const botId of [outsider.id, idOf(bob)])
    await expect(
      alice.client.hooks.create({ conversationId: room.id, botId }),
    ).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'botId' }] })
  const direct = await bob.client.conversations.openDirect(outsider.id)
  await expect(
    alice.client.hooks.create({ conversationId: direct.id, botId: outsider.id }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('of many that are made for a group at once ten are kept', async () => {
  const { room, bot } = await openHook('crowd')
  const { hooks } = people.alice.client
  const makings = Array.from({ length: 20 }, () =>
    hooks.create({ conversationId: room.id, botId: bot.id }),
  )
  const made = await Promise.allSettled(makings)
  const refused = made.filter(({ status }) => status === 'rejected')
  expect(refused).toHaveLength(11)
  for (const one of refused) expect(one).toMatchObject({ reason: { code: 'conflict' } })
  expect((await hooks.list({ conversationId: room.id })).items).toHaveLength(10)
})

test('the URL begins with the public one, wherever the admin has called', async () => {
  const env = { PUBLIC_URL: 'https://chat.example.org/' }
  await using known = await startProduct({ env })
  const admin = await known.person()
  await makeAdmin(known, admin)
  const { conversations, bots, hooks } = admin.client
  const { user: bot } = await bots.create({ username: 'builder' })
  const room = await conversations.create({ title: 'Builds', userIds: [bot.id] })
  const { hook, url } = await hooks.create({ conversationId: room.id, botId: bot.id })
  const renewed = await hooks.replaceSecret(hook.id)
  for (const told of [url, renewed.url])
    expect(told).toMatch(`https://chat.example.org/api/hooks/${hook.id}/`)
  const answer = await post(renewed.url.replace('https://chat.example.org', known.url), {
    text: 'Build 417 is green',
  })
  expect(answer.status).toBe(200)
})

test('a URL is posted to 60 times in a minute, and no other pays for it', async () => {
  await using limited = await startProduct({ env: { RATE_LIMITS: 'on' } })
  const postTo = (secret: string) =>
    post(`${limited.url}/api/hooks/${idOf(people.bob)}/${secret}`, { text: 'hello' })
  const answers = await Promise.all(Array.from({ length: 61 }, () => postTo('one')))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(1)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await postTo('other')).status).toBe(404)
})
