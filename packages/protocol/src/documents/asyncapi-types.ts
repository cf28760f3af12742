import type { JsonSchema } from './json-schema.ts'

/** As much of AsyncAPI 3.0 as the document uses. */
export interface AsyncApiDocument {
  asyncapi: '3.0.0'
  info: {
    title: string
    version: string
    description: string
    license: { name: string }
  }
  defaultContentType: 'application/json'
  servers: { socket: AsyncApiServer }
  channels: { socket: AsyncApiChannel }
  operations: Record<string, AsyncApiOperation>
  components: {
    messages: Record<string, AsyncApiMessage>
    schemas: Record<string, JsonSchema>
    securitySchemes: Record<string, Record<string, string>>
  }
}

export interface AsyncApiReference {
  $ref: string
}

interface AsyncApiServer {
  host: string
  pathname?: string
  protocol: 'ws' | 'wss'
  description: string
  security: AsyncApiReference[]
}

interface AsyncApiChannel {
  address: '/ws'
  summary: string
  servers: AsyncApiReference[]
  messages: Record<string, AsyncApiReference>
  bindings: {
    ws: { method: 'GET'; query: JsonSchema; headers: JsonSchema; bindingVersion: '0.1.0' }
  }
  'x-close-codes': {
    name: string
    code: number
    reason: string
    mayReconnect: boolean
    description: string
  }[]
}

/** Seen from the server: it receives what clients send. */
export interface AsyncApiOperation {
  action: 'send' | 'receive'
  summary: string
  channel: AsyncApiReference
  messages: AsyncApiReference[]
  reply?: { channel: AsyncApiReference; messages: AsyncApiReference[] }
}

export interface AsyncApiMessage {
  name: string
  title: string
  summary: string
  contentType: 'application/json'
  payload: AsyncApiReference
  examples: { name: string; payload: unknown }[]
}
