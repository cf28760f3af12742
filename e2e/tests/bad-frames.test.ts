import {
  type Cast,
  cast,
  type Product,
  type RawSocket,
  rawSocket,
  settle,
  startProduct,
} from '@chatapp/dev-env'
import type { Conversation } from '@chatapp/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'
import { assertFrame } from './wire.ts'

let product: Product
let people: Cast
let room: Conversation

beforeAll(async () => {
  product = await startProduct()
  people = await cast(product)
  room = await people.alice.client.conversations.create({ title: 'Room', userIds: [] })
})
afterAll(() => product[Symbol.asyncDispose]())

const tokenOf = () => people.alice.session.accessToken

async function openSocket(): Promise<RawSocket> {
  const socket = rawSocket(product.url, tokenOf())
  await socket.next('welcome')
  return socket
}

async function expectUnharmed(): Promise<void> {
  await using socket = await openSocket()
  socket.send({ type: 'message', conversationId: room.id, data: 'still here' })
  await socket.next('ack')
}

test('bad frames get an error that says what is allowed, and the twentieth in ten seconds closes with 4400', async () => {
  await using socket = await openSocket()
  socket.send({ type: 'message', clientId: 'mine', data: ' ' })
  expect(await socket.next('error')).toMatchObject({
    code: 'invalid',
    retryable: false,
    clientId: 'mine',
    message: expect.stringContaining('data'),
  })
  for (const bad of [
    '',
    '{',
    'null',
    '[]',
    '{"type":"message"}',
    new Uint8Array([1, 2, 3]),
    '"x"',
    '{"type":{}}',
  ])
    socket.send(bad)
  await settle(
    'each is answered',
    () => socket.frames.filter((frame) => frame.type === 'error').length === 9,
  )
  for (let i = 0; i < 11; i++) socket.send({ type: 'unknown' })
  expect(await socket.closed).toBe(4400)
  await expectUnharmed()
})

test('a frame above 64 KiB closes with 4413 at once, one below is only refused', async () => {
  await using small = await openSocket()
  small.send({ type: 'message', conversationId: room.id, data: 'x'.repeat(60_000) })
  expect(await small.next('error')).toMatchObject({ code: 'invalid' })
  await using large = await openSocket()
  large.send({ type: 'message', conversationId: room.id, data: 'x'.repeat(66_000) })
  expect(await large.closed).toBe(4413)
  await expectUnharmed()
})

test('a message in fragments is one message', async () => {
  const socket = new NodeSocket(`${product.url.replace('http', 'ws')}/ws`, {
    headers: { authorization: `Bearer ${tokenOf()}` },
  })
  const frames: { type: string }[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  await settle('welcome', () => frames.length > 0)
  const text = JSON.stringify({
    type: 'message',
    conversationId: room.id,
    clientId: 'in parts',
    data: 'in parts',
  })
  for (const [i, part] of (text.match(/.{1,20}/g) ?? []).entries())
    socket.send(part, { fin: (i + 1) * 20 >= text.length })
  await settle('ack', () => frames.some((frame) => frame.type === 'ack'))
  socket.terminate()
})

test('ten thousand random frames kill nothing, and every answer is a frame of the protocol', async () => {
  const id = fc.constantFrom(room.id, people.bob.session.user.id, 'x', '')
  const value = fc.oneof(
    fc.anything({ maxDepth: 2 }),
    id,
    fc.string({ unit: 'binary' }),
    fc.integer(),
  )
  const type = fc.constantFrom(
    'message',
    'typing',
    'read',
    'delivered',
    'sync',
    'watch',
    'focus',
    'authenticate',
    'ping',
    'nonsense',
  )
  const keys = [
    'conversationId',
    'clientId',
    'data',
    'replyTo',
    'position',
    'conversations',
    'userIds',
    'accessToken',
  ]
  const shaped = fc.record(
    { type, ...Object.fromEntries(keys.map((key) => [key, value])) },
    { requiredKeys: ['type'] },
  )
  const nested = fc
    .integer({ min: 1, max: 5_000 })
    .map((depth) => '['.repeat(depth) + ']'.repeat(depth))
  const frame = fc.oneof(
    { weight: 6, arbitrary: shaped.map((object) => JSON.stringify(object) ?? '') },
    { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
    { weight: 1, arbitrary: nested },
    { weight: 1, arbitrary: fc.uint8Array().map((bytes) => new Uint8Array(bytes)) },
  )
  for (const batch of chunk(fc.sample(frame, { numRuns: 10_000, seed: 7 }), 25)) {
    const socket = await openSocket()
    for (const one of batch) socket.send(one)
    socket.send({ type: 'ping' })
    await Promise.race([socket.next('pong'), socket.closed])
    for (const answer of socket.frames) assertFrame(answer)
    await socket[Symbol.asyncDispose]()
  }
  await expectUnharmed()
}, 120_000)

function chunk<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  )
}
