import type { AddressInfo } from 'node:net'
import type { MessagesApi } from '@chatapp/protocol'
import {
  type Bus,
  type Checked,
  createHttpServer,
  type HttpServer,
  type LimiterFactory,
  type Logger,
  type Redis,
  type Registry,
  type SessionVerifier,
} from '@chatapp/service-kit'
import type { GatewayConfig } from './config.ts'
import type { Context } from './context.ts'
import { Focus } from './focus/focus.ts'
import { Hub } from './hub/hub.ts'
import { createMeters } from './meters.ts'
import { nowhereElse } from './presence/elsewhere.ts'
import { PresenceOverRedis } from './presence/over-redis.ts'
import { Presence } from './presence/presence.ts'
import { tellIdle, tellWhoIsHere } from './presence/tell-here.ts'
import { type ServedService, serveRoutes } from './routes.ts'
import { SendAllowance } from './send-allowance.ts'
import { Connections } from './socket/connections.ts'
import { Sockets } from './socket/sockets.ts'
import { Tickets } from './tickets/tickets.ts'
import { Turn } from './turn.ts'

export interface GatewayOptions {
  config: GatewayConfig
  log: Logger
  bus: Bus
  /** What gateways share: tickets, limits, who is there. */
  redis?: Redis | undefined
  limits: LimiterFactory
  tokens: SessionVerifier
  metrics: Registry
  messages: MessagesApi
  services: ServedService[]
  /** Told of by /readyz; this process serves without them, too. */
  helpers?: Checked[]
  /** The folder of the built web client. */
  webRoot?: string
  /** Mounts the pages that describe the API. */
  documents?: (app: HttpServer) => void | Promise<void>
  /** The only clock, in ms; by default the time of day for what others date, else a steady one. */
  now?: () => number
  sweepIntervalMs?: number
  /** How long people stay present whose gateway is heard no more. */
  leaseMs?: number
}

export interface Gateway extends AsyncDisposable {
  listen(): Promise<{ url: string }>
  /** Stops accepting, answers what is under way and sends the sockets elsewhere; at most 10 s. */
  drain(signal?: AbortSignal): Promise<void>
}

export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log, tokens } = options
  const app = createHttpServer({ log, tokens, trustProxy: config.trustedProxies })
  const connections = new Connections()
  const context = createContext(options, connections)
  const { sweepIntervalMs } = options
  const sockets = new Sockets({ context, connections, sweepIntervalMs })
  sockets.serve(app.server)
  const questions = tellWhoIsHere(options.bus, context.presence)
  const isDraining = () => connections.isDraining
  await serveRoutes(app, { ...options, context, isDraining })

  let ending: Promise<void> | undefined
  async function end(signal?: AbortSignal): Promise<void> {
    connections.beginDraining()
    const closed = app.close()
    await sockets.drain(signal)
    await closed
    sockets[Symbol.dispose]()
    context.hub[Symbol.dispose]()
    questions[Symbol.dispose]()
    context.presence[Symbol.dispose]()
    context.focus[Symbol.dispose]()
  }
  return {
    async listen() {
      await app.listen({ port: config.port, host: config.host })
      return { url: urlOf(app.server.address() as AddressInfo) }
    },
    drain: (signal) => (ending ??= end(signal)),
    [Symbol.asyncDispose]: () => (ending ??= end(AbortSignal.abort())),
  }
}

function createContext(options: GatewayOptions, connections: Connections): Context {
  const { config, log, tokens, limits, messages, bus, redis, leaseMs } = options
  const { now = steadyNow, now: timeOfDay = Date.now } = options
  const meters = createMeters(options.metrics, () => connections.size)
  const turn = new Turn()
  return {
    config,
    log,
    now,
    timeOfDay,
    tokens,
    limits,
    messages,
    meters,
    turn,
    hub: new Hub({ bus, messages, turn, log, now, onDelivered: meters.delivered }),
    presence: new Presence({
      now,
      open: (onChange) =>
        redis ? new PresenceOverRedis({ redis, bus, onChange, leaseMs }) : nowhereElse,
      onGone: (people) => tellIdle(bus, people),
    }),
    focus: new Focus({ bus, gatewayId: redis?.id ?? 'alone', now }),
    tickets: new Tickets({ now, timeOfDay, redis }),
    sendAllowance: new SendAllowance(config.rateLimits ? 'limited' : 'unlimited', now),
  }
}

/** Never goes back and never leaps, as the time of day does when somebody sets it. */
function steadyNow(): number {
  return performance.timeOrigin + performance.now()
}

/** An address that listens on every interface is reached by this one's name. */
function urlOf({ address, family, port }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
