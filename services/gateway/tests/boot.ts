import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import {
  createInProcessBus,
  createLogger,
  createMetrics,
  memoryLimits,
  noLimits,
} from '@chatapp/service-kit'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { createGateway, type GatewayConfig, type GatewayOptions } from '../src/index.ts'
import { Client } from './client.ts'
import { FakeMessages } from './fake-messages.ts'
import { createFakeTokens, tokenOf } from './fake-tokens.ts'

const CONFIG: GatewayConfig = {
  port: 0,
  host: '127.0.0.1',
  publicUrl: undefined,
  allowedOrigins: [],
  rateLimits: false,
  trustedProxies: [],
  metricsToken: undefined,
}

type BootOptions = Partial<Omit<GatewayOptions, 'config'>> & { config?: Partial<GatewayConfig> }

/** The gateway alone on a free port, its neighbours played by fakes; closed after the test. */
export async function boot({ config, ...options }: BootOptions = {}) {
  const clock = { now: Date.now() }
  const bus = createInProcessBus()
  const messages = new FakeMessages(bus)
  const now = () => clock.now
  const tokens = createFakeTokens(bus, now)
  const gateway = await createGateway({
    config: { ...CONFIG, ...config },
    log: createLogger('silent'),
    bus,
    limits: config?.rateLimits ? memoryLimits : noLimits,
    tokens,
    metrics: createMetrics(),
    messages,
    services: [],
    now,
    sweepIntervalMs: 10,
    ...options,
  })
  onTestFinished(() => gateway[Symbol.asyncDispose]())
  const { url } = await gateway.listen()
  return { gateway, url, bus, messages, clock, ...dialing(url) }
}

function dialing(url: string) {
  const socketUrl = url.replace('http', 'ws')
  async function open(path: string, options: ClientOptions & { protocols?: string[] } = {}) {
    const client = new Client(new WebSocket(socketUrl + path, options.protocols ?? [], options))
    onTestFinished(() => client.ws.terminate())
    await new Promise((resolve, reject) => {
      client.ws.once('open', resolve)
      client.ws.once('error', reject)
    })
    return client
  }
  return {
    open,
    /** A welcomed socket of this user. */
    async dial(userId: string, token = tokenOf(userId)) {
      const client = await open('/ws', { headers: { authorization: `Bearer ${token}` } })
      await client.next('welcome')
      return client
    },
    /** The answer to an upgrade that is refused. */
    refusal: (path: string, options: ClientOptions & { protocols?: string[] } = {}) =>
      askInVain(socketUrl + path, options),
    get: (path: string, init: RequestInit = {}) => fetch(url + path, init),
  }
}

async function askInVain(url: string, options: ClientOptions & { protocols?: string[] }) {
  const ws = new WebSocket(url, options.protocols ?? [], options)
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  ws.on('open', () => reject(new Error('it was let in')))
  ws.on('error', reject)
  ws.on('unexpected-response', (_request, response) => resolve(response))
  onTestFinished(() => ws.terminate())
  const answer = await promise
  const body: { code: string } = JSON.parse(await text(answer))
  return { status: answer.statusCode, headers: answer.headers, body }
}
