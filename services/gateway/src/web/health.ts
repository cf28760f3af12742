import { ChatError, routes } from '@chatapp/protocol'
import { type Binding, bindRoute, type Logger } from '@chatapp/service-kit'

/** Whoever asks will ask again; an answer that takes longer is none. */
const CHECK_TIMEOUT_MS = 3000

export interface Checked {
  name: string
  check(): Promise<void>
}

interface HealthOptions {
  services: Checked[]
  log: Logger
  isDraining: () => boolean
}

export function serveHealth(binding: Binding, { services, log, isDraining }: HealthOptions): void {
  bindRoute(binding, routes.health, async () => ({ status: 'ok' as const }))
  bindRoute(binding, routes.readiness, async () => {
    if (isDraining())
      throw new ChatError('overloaded', 'This server is about to stop.', { retryAfter: 1 })
    const checks = await Promise.all(services.map((service) => checkOne(service, log)))
    return { status: 'ready' as const, checks: Object.fromEntries(checks) }
  })
}

/** Why it fails is for the log: it may name what the outside need not know. */
async function checkOne({ name, check }: Checked, log: Logger): Promise<[string, string]> {
  const timeout = Promise.withResolvers<never>()
  const timer = setTimeout(() => timeout.reject(new Error('no answer in time')), CHECK_TIMEOUT_MS)
  try {
    await Promise.race([check(), timeout.promise])
    return [name, 'ok']
  } catch (error) {
    log.warn({ err: error, service: name }, 'a service is not ready')
    throw new ChatError('overloaded', `The service ${name} can't serve now.`, { retryAfter: 2 })
  } finally {
    clearTimeout(timer)
  }
}
