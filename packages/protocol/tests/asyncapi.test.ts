import { Parser } from '@asyncapi/parser'
import { expect, test } from 'vitest'
import {
  CLOSE,
  createAsyncApiDocument,
  inboundFrameSchema,
  outboundFrameSchema,
} from '../src/index.ts'

const document = createAsyncApiDocument({ version: '1.2.3' })
/** The parser's 0 is an error and its 1 a warning. */
const WORTH_MENDING = [0, 1]

test('the parser has nothing to say about the AsyncAPI document', async () => {
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document))
  expect(diagnostics.filter(({ severity }) => WORTH_MENDING.includes(severity))).toEqual([])
  expect(parsed?.version()).toBe('3.0.0')
  expect(parsed?.channels().get('socket')?.address()).toBe('/ws')
})

test('every frame is a message with an operation', () => {
  const options = [...inboundFrameSchema.options, ...outboundFrameSchema.options]
  const ids = options.map((schema) => schema.meta()?.id)
  expect(Object.keys(document.channels.socket.messages)).toEqual(ids)
  const operations = Object.values(document.operations)
  expect(operations.flatMap(({ messages }) => messages.map(({ $ref }) => $ref))).toEqual(
    ids.map((id) => `#/channels/socket/messages/${id}`),
  )
  expect(operations.filter(({ action }) => action === 'receive')).toHaveLength(
    inboundFrameSchema.options.length,
  )
})

test('the examples are real frames, one of every type', () => {
  const shown = Object.entries(document.components.messages).flatMap(([id, message]) =>
    message.examples.map(({ payload }) =>
      id.endsWith('In') ? inboundFrameSchema.parse(payload) : outboundFrameSchema.parse(payload),
    ),
  )
  const names = Object.values(document.components.messages).flatMap(({ name }) => name.split(' | '))
  expect(shown.map(({ type }) => type)).toEqual(names)
})

test('every close code is listed with what to do after it', () => {
  const codes = document.channels.socket['x-close-codes']
  expect(codes.map(({ code }) => code)).toEqual(Object.values(CLOSE).map(({ code }) => code))
  expect(codes.filter(({ mayReconnect }) => mayReconnect).map(({ code }) => code)).toEqual([
    4000, 4001, 4002, 4429,
  ])
})

test('a server behind TLS and a path is named as such', () => {
  const { servers } = createAsyncApiDocument({ version: '1', serverUrl: 'https://a.test/chat/' })
  expect(servers.socket).toMatchObject({ protocol: 'wss', host: 'a.test', pathname: '/chat' })
})
