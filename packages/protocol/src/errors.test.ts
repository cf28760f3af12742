import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChatError, ERRORS, errorCodes, parseInput } from './errors.ts'
import { routes } from './http/routes.ts'
import { inboundFrameSchema } from './socket/inbound.ts'

const USER = '0193a1c0-1c11-7a3e-8b1f-6a5d4c3b2a19'

test('unknown fields are named', () => {
  const error = refusalOf(() =>
    parseInput(routes.editMessage.body, { data: 'Hi', text: 'Hi', kind: 'text' }),
  )
  expect(error.code).toBe('invalid')
  expect(error.errors).toEqual([
    { path: 'text', message: 'is not a known field' },
    { path: 'kind', message: 'is not a known field' },
  ])
  expect(error.message).toBe('text: is not a known field; kind: is not a known field')
})

test('a field inside a list or an object is named by its path', () => {
  const wrongId = refusalOf(() => parseInput(routes.addParticipants.body, { userIds: [USER, 'x'] }))
  expect(wrongId.errors).toEqual([{ path: 'userIds.1', message: 'must be a UUID' }])
  const endpoint = 'https://push.test/1'
  const extra = refusalOf(() =>
    parseInput(routes.createSubscription.body, {
      endpoint,
      keys: { p256dh: 'A'.repeat(87), auth: 'A'.repeat(22), more: 1 },
    }),
  )
  expect(extra.errors).toEqual([{ path: 'keys.more', message: 'is not a known field' }])
})

test('every wrong field is named at once', () => {
  const error = refusalOf(() => parseInput(routes.register.body, { username: 'a', password: 'b' }))
  expect(error.errors?.map(({ path }) => path)).toEqual(['username', 'password'])
})

test('a rule about the whole body has no path', () => {
  const error = refusalOf(() => parseInput(routes.advanceReceipts.body, {}))
  expect(error.errors).toEqual([{ path: '', message: 'must have read or delivered' }])
  expect(error.message).toBe('must have read or delivered')
})

test('what is allowed is said in words', () => {
  const wordsOf = (act: () => unknown) => refusalOf(act).errors?.map(({ message }) => message)
  const { setRole, sync, sendMessage } = routes
  expect(wordsOf(() => parseInput(setRole.body, { role: 'king' }))).toEqual([
    'must be owner or admin or member',
  ])
  expect(wordsOf(() => parseInput(setRole.body, []))).toEqual(['must be an object'])
  expect(wordsOf(() => parseInput(sync.body, { conversations: { x: 1 } }))).toEqual([
    'must be a UUID',
  ])
  const send = { conversationId: USER, data: 'Hi', replyTo: 'a'.repeat(65) }
  expect(wordsOf(() => parseInput(sendMessage.body, send))).toEqual([
    'must have at most 64 characters',
  ])
})

test('a refusal stays short, whatever was sent', () => {
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`field${i}`, i]))
  const error = refusalOf(() => parseInput(routes.editMessage.body, { data: 'Hi', ...many }))
  expect(error.errors).toHaveLength(50)
  expect(error.message.length).toBeLessThanOrEqual(1000)
})

test('whatever comes in, it is parsed or refused as invalid', () => {
  const schemas = [inboundFrameSchema, routes.createConversation.body, routes.sync.body]
  fc.assert(
    fc.property(fc.constantFrom(...schemas), fc.jsonValue(), (schema, input) => {
      const error = refusalOf(() => parseInput(schema, input))
      expect(error.code).toBe('invalid')
      expect(error.errors?.length).toBeGreaterThan(0)
    }),
  )
})

test('only the seed-style message frame may have unknown fields', () => {
  const frame = { type: 'message', data: 'Hello, world!', user: 'alice' }
  expect(parseInput(inboundFrameSchema, frame)).toEqual({ type: 'message', data: 'Hello, world!' })
  expect(refusalOf(() => parseInput(inboundFrameSchema, { type: 'ping', x: 1 })).errors).toEqual([
    { path: 'x', message: 'is not a known field' },
  ])
})

test('an error knows its status and whether trying again may help', () => {
  for (const code of errorCodes) {
    const error = new ChatError(code, 'why')
    expect([error.status, error.isRetryable]).toEqual([ERRORS[code].status, ERRORS[code].retryable])
  }
})

function refusalOf(act: () => unknown): ChatError {
  try {
    act()
  } catch (error) {
    if (error instanceof ChatError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
