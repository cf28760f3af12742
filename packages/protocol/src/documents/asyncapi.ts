import { CLOSE, type CloseName, mayReconnect } from '../close-codes.ts'
import type { AsyncApiDocument, AsyncApiMessage, AsyncApiOperation } from './asyncapi-types.ts'
import { closeNotes } from './error-notes.ts'
import { type Frame, listFrames } from './frames.ts'
import { socketIntroduction } from './introduction.ts'
import { createSchemaCollection } from './json-schema.ts'
import type { DocumentInfo } from './openapi.ts'

/** The AsyncAPI 3.0 document of the WebSocket. Without `serverUrl` it names a server on this machine. */
export function createAsyncApiDocument({
  version,
  serverUrl = 'http://localhost:8080',
}: DocumentInfo): AsyncApiDocument {
  const schemas = createSchemaCollection({ target: 'draft-7' })
  const frames = listFrames()
  for (const { schema, direction } of frames) schemas.add(schema, direction)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'ChatApp WebSocket',
      version,
      description: socketIntroduction,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { socket: describeServer(new URL(serverUrl)) },
    channels: { socket: describeChannel(frames) },
    operations: Object.fromEntries(frames.map(describeOperation)),
    components: {
      messages: Object.fromEntries(frames.map((frame) => [frame.id, describeMessage(frame)])),
      schemas: schemas.components,
      securitySchemes,
    },
  }
}

const securitySchemes: AsyncApiDocument['components']['securitySchemes'] = {
  accessToken: {
    type: 'http',
    scheme: 'bearer',
    description: '`Authorization: Bearer <accessToken>`, or as a subprotocol from browsers.',
  },
  ticket: {
    type: 'httpApiKey',
    in: 'query',
    name: 'ticket',
    description: 'From `POST /api/ws-ticket`; it works once.',
  },
}

function describeServer({ protocol, host, pathname }: URL): AsyncApiDocument['servers']['socket'] {
  return {
    host,
    ...(pathname !== '/' && { pathname: pathname.replace(/\/$/, '') }),
    protocol: protocol === 'https:' ? 'wss' : 'ws',
    description: 'The gateway, the same address as that of the REST side.',
    security: Object.keys(securitySchemes).map((name) =>
      reference('components/securitySchemes', name),
    ),
  }
}

function describeChannel(frames: Frame[]): AsyncApiDocument['channels']['socket'] {
  const text = { type: 'string' }
  return {
    address: '/ws',
    summary: 'Everything that happens in my conversations, live.',
    servers: [reference('servers', 'socket')],
    messages: Object.fromEntries(
      frames.map(({ id }) => [id, reference('components/messages', id)]),
    ),
    bindings: {
      ws: {
        method: 'GET',
        query: { type: 'object', properties: { ticket: text } },
        headers: {
          type: 'object',
          properties: { Authorization: text, 'Sec-WebSocket-Protocol': text },
        },
        bindingVersion: '0.1.0',
      },
    },
    'x-close-codes': listCloseCodes(),
  }
}

function listCloseCodes(): AsyncApiDocument['channels']['socket']['x-close-codes'] {
  return (Object.keys(CLOSE) as CloseName[]).map((name) => ({
    name,
    ...CLOSE[name],
    mayReconnect: mayReconnect(CLOSE[name].code),
    description: closeNotes[name],
  }))
}

/** What comes back to the sender of a frame when all is well. */
const REPLIES: Record<string, string> = {
  MessageIn: 'AckFrame',
  SyncIn: 'SyncedFrame',
  PingIn: 'PongFrame',
}

function describeOperation({ id, direction, note }: Frame): [string, AsyncApiOperation] {
  const channel = reference('channels', 'socket')
  const answer = REPLIES[id]
  const operation: AsyncApiOperation = {
    action: direction === 'input' ? 'receive' : 'send',
    summary: note,
    channel,
    messages: [reference('channels/socket/messages', id)],
    ...(answer && {
      reply: {
        channel,
        messages: [answer, 'ErrorFrame'].map((to) => reference('channels/socket/messages', to)),
      },
    }),
  }
  return [`${operation.action}${id}`, operation]
}

function describeMessage({ id, types, note, examples }: Frame): AsyncApiMessage {
  return {
    name: types.join(' | '),
    title: id,
    summary: note,
    contentType: 'application/json',
    payload: reference('components/schemas', id),
    examples: examples.map((payload) => ({ name: payload.type, payload })),
  }
}

const reference = (place: string, name: string) => ({ $ref: `#/${place}/${name}` })
