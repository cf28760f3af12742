import {
  type Environment,
  onOff,
  portVariable,
  readEnvironment,
  urlVariable,
} from '@chatapp/service-kit'
import proxyAddr from '@fastify/proxy-addr'
import { z } from 'zod'

export interface GatewayConfig {
  port: number
  host: string
  /** Where people reach us, without a path. */
  publicUrl: string | undefined
  /** Web pages besides our own that may talk to us. */
  allowedOrigins: string[]
  rateLimits: boolean
  /** Whose `X-Forwarded-For` is believed: addresses, networks, `loopback`, `uniquelocal`. */
  trustedProxies: string[]
  /** Whoever reads `/metrics` must have it; without one, only near addresses may read them. */
  metricsToken: string | undefined
}

const listVariable = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  )
  .default([])

const variables = z.object({
  PORT: portVariable(8080),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: urlVariable(['http', 'https']).optional(),
  ALLOWED_ORIGINS: listVariable.refine(
    (items) => items.every(isOrigin),
    'must be origins like https://chat.example.org, separated by commas',
  ),
  RATE_LIMITS: onOff('on'),
  METRICS_TOKEN: z
    .string()
    .regex(/^[\w.~+/=-]{16,}$/, 'must be at least 16 letters, digits or . _ ~ + / = -')
    .optional(),
  TRUSTED_PROXIES: listVariable.refine(
    areAddresses,
    'must be addresses or networks like 10.0.0.0/8, loopback or uniquelocal, separated by commas',
  ),
})

/** Throws a StartError that names every variable that is wrong. */
export function readGatewayConfig(env: Environment = process.env): GatewayConfig {
  const given = readEnvironment(variables, env)
  return {
    port: given.PORT,
    host: given.HOST,
    publicUrl: given.PUBLIC_URL === undefined ? undefined : new URL(given.PUBLIC_URL).origin,
    allowedOrigins: given.ALLOWED_ORIGINS.map((origin) => new URL(origin).origin),
    rateLimits: given.RATE_LIMITS,
    trustedProxies: given.TRUSTED_PROXIES,
    metricsToken: given.METRICS_TOKEN,
  }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin, href } = new URL(text)
  return /^https?:$/.test(protocol) && href === `${origin}/`
}

function areAddresses(items: string[]): boolean {
  try {
    proxyAddr.compile(items)
    return true
  } catch {
    return false
  }
}
