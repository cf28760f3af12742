import { ChatError, routes } from '@chatapp/protocol'
import type { Logger } from '../logger.ts'
import { type Binding, bindRoute } from './bind-route.ts'

/** Whoever asks will ask again; an answer that takes longer is none. Probes wait for 5 s. */
const SERVICE_TIMEOUT_MS = 3_000
/** Whether it is away changes a word of the answer only: no probe is to give up for its sake. */
const HELPER_TIMEOUT_MS = 1_000

export interface Checked {
  name: string
  check(): Promise<void>
}

export interface HealthOptions {
  /** What one can't serve without. */
  services: Checked[]
  /** What one can serve without for a while. */
  helpers?: Checked[] | undefined
  log: Logger
  isDraining: () => boolean
}

export function serveHealth(binding: Binding, options: HealthOptions): void {
  bindRoute(binding, routes.health, async () => ({ status: 'ok' as const }))
  bindRoute(binding, routes.readiness, () => readiness(options))
}

/** Throws `overloaded` when something is missing that one can't serve without. */
export async function readiness({ services, helpers = [], log, isDraining }: HealthOptions) {
  if (isDraining())
    throw new ChatError('overloaded', 'This server is about to stop.', { retryAfter: 1 })
  const checks = await Promise.all([
    ...services.map((service) => demand(service, log)),
    ...helpers.map((helper) => mention(helper, log)),
  ])
  return { status: 'ready' as const, checks: Object.fromEntries(checks) }
}

async function demand(service: Checked, log: Logger): Promise<[string, string]> {
  if (await isWell(service, SERVICE_TIMEOUT_MS, log)) return [service.name, 'ok']
  throw new ChatError('overloaded', `The service ${service.name} can't serve now.`, {
    retryAfter: 2,
  })
}

/** Without it every process would be as badly off: sending people elsewhere helps nobody. */
async function mention(helper: Checked, log: Logger): Promise<[string, string]> {
  return [helper.name, (await isWell(helper, HELPER_TIMEOUT_MS, log)) ? 'ok' : 'away']
}

/** Why it fails is for the log: it may name what the outside need not know. */
async function isWell({ name, check }: Checked, withinMs: number, log: Logger): Promise<boolean> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error('no answer in time')), withinMs)
  try {
    await Promise.race([check(), timeout.promise])
    return true
  } catch (error) {
    log.warn({ err: error, service: name }, 'a service is not ready')
    return false
  } finally {
    clearTimeout(timer)
  }
}
