import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boot } from './boot.ts'
import { alice, bob, plans } from './cast.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

describe('a bad frame is answered with invalid', () => {
  test.each([
    ['not JSON', '{"type":'],
    ['not an object', '42'],
    ['null', 'null'],
    ['an empty frame', ''],
    ['no type', '{}'],
    ['an unknown type', '{"type":"shout"}'],
    ['a type that is not text', '{"type":{"$ne":null}}'],
    ['a number as text', '{"type":"message","data":5}'],
    ['an object as text', '{"type":"message","data":{"$gt":""}}'],
    ['blank text', '{"type":"message","data":"  "}'],
    ['U+0000', '{"type":"message","data":"a\\u0000b"}'],
    ['a conversation that is no UUID', '{"type":"typing","conversationId":"plans"}'],
    ['a position that is text', `{"type":"read","conversationId":"${plans}","position":"1"}`],
    ['an unknown field outside of message', '{"type":"ping","x":1}'],
    ['deep nesting', nested(30_000)],
    ['deep nesting inside', `{"type":"message","data":${nested(30_000)}}`],
  ])('%s', async (_what, text) => {
    const { dial } = await boot()
    const client = await dial(alice)
    client.send(text)
    expect(await client.next('error')).toMatchObject({ code: 'invalid', retryable: false })
    await client.settled()
  })

  test('a binary one', async () => {
    const { dial } = await boot()
    const client = await dial(alice)
    client.ws.send(Buffer.from('{"type":"ping"}'))
    expect(await client.next('error')).toMatchObject({ code: 'invalid' })
  })

  test('which names its client id and its fields', async () => {
    const { dial } = await boot()
    const client = await dial(alice)
    client.send({ type: 'message', clientId: 'one', data: '', conversationId: 'x' })
    const error = await client.next('error')
    expect(error.clientId).toBe('one')
    expect(error.errors).toMatchObject([{ path: 'conversationId' }, { path: 'data' }])
  })
})

test('20 bad frames in 10 s close the socket with 4400, after as many errors', async () => {
  const { dial } = await boot()
  const client = await dial(alice)
  for (let i = 0; i < 25; i++) client.send('nonsense')
  expect(await client.end()).toMatchObject({ code: 4400 })
  expect(client.ofType('error')).toHaveLength(20)
})

test('20 bad frames over a longer time do not', async () => {
  const { dial, clock } = await boot()
  const client = await dial(alice)
  for (let i = 0; i < 40; i++) {
    client.send('nonsense')
    await client.settled()
    clock.now += 600
  }
  expect(client.closed).toBeUndefined()
})

describe('a large frame', () => {
  test('of 64 KiB is taken', async () => {
    const { dial } = await boot()
    const client = await dial(alice)
    client.send('x'.repeat(65_536))
    expect(await client.next('error')).toMatchObject({ code: 'invalid' })
  })

  test('above 64 KiB closes with 4413 at once, and the neighbours go on', async () => {
    const { dial, messages } = await boot()
    messages.join(plans, [alice, bob])
    const [a, b] = [await dial(alice), await dial(bob)]
    a.send('x'.repeat(65_537))
    expect(await a.end()).toMatchObject({ code: 4413 })
    b.send({ type: 'message', conversationId: plans, clientId: 'one', data: 'still here' })
    await b.next('ack')
  })

  test('is found out in pieces as well', async () => {
    const { dial } = await boot()
    const client = await dial(alice)
    for (let i = 0; i < 3; i++) client.ws.send('x'.repeat(30_000), { fin: false })
    expect(await client.end()).toMatchObject({ code: 4413 })
  })
})

test('a frame in pieces is put together', async () => {
  const { dial } = await boot()
  const client = await dial(alice)
  const text = JSON.stringify({ type: 'message', clientId: 'one', data: 'in pieces 🙂' })
  const bytes = Buffer.from(text)
  for (let i = 0; i < bytes.length; i += 7)
    client.ws.send(bytes.subarray(i, i + 7), { binary: false, fin: i + 7 >= bytes.length })
  expect(await client.next('ack')).toMatchObject({ clientId: 'one' })
})

test('10,000 random frames hurt neither their socket nor another one', async () => {
  const { dial, messages, clock } = await boot()
  messages.join(plans, [alice, bob])
  const neighbour = await dial(bob)
  const type = fc.constantFrom(
    'message',
    'typing',
    'read',
    'delivered',
    'sync',
    'watch',
    'focus',
    'ping',
  )
  const field = fc.oneof(fc.constant(plans), fc.string(), fc.jsonValue(), fc.nat())
  const frame = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc
      .record(
        {
          type,
          conversationId: field,
          clientId: field,
          data: field,
          position: field,
          userIds: field,
          conversations: field,
        },
        { requiredKeys: ['type'] },
      )
      .map((object) => JSON.stringify(object)),
  )
  const client = await dial(alice)
  const texts = fc.sample(frame, 10_000)
  for (let i = 0; i < texts.length; i += 5) {
    for (const text of texts.slice(i, i + 5)) client.send(text)
    await client.settled()
    // Slow enough for all of them to be borne.
    clock.now += 3400
  }
  expect(client.closed).toBeUndefined()
  expect(client.ofType('error').filter((error) => error.code === 'internal')).toEqual([])
  neighbour.send({ type: 'message', conversationId: plans, clientId: 'one', data: 'calm' })
  await neighbour.next('ack')
})
