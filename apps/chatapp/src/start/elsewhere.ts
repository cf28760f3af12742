import { routes } from '@chatapp/protocol'
import { type Binding, forwardRoutes, type Logger, StartError, Targets } from '@chatapp/service-kit'
import type { StoringService } from '../config.ts'
import type { SplitConfig } from '../split-config.ts'
import type { Closers } from './closers.ts'

export interface Elsewhere {
  targets: Targets
  serviceToken: string
}

/** The way to a service that runs in other processes. */
export function openElsewhere(
  service: StoringService,
  { split, log }: { split: SplitConfig; log: Logger },
  closers: Closers,
): Elsewhere {
  const targets = new Targets(service, { urls: split.urls[service], log })
  closers.add(`the connections to ${service}`, targets)
  return { targets, serviceToken: tokenOf(split) }
}

/** As the gateway serves it: by asking where it is. */
export function forwarded(name: StoringService, elsewhere: Elsewhere) {
  const own = Object.values(routes).filter((route) => route.service === name)
  return {
    name,
    check: () => elsewhere.targets.check(),
    bind: (binding: Binding) => forwardRoutes(binding, own, elsewhere),
  }
}

export function tokenOf({ serviceToken }: SplitConfig): string {
  if (serviceToken === undefined) throw new StartError('SERVICE_TOKEN is not set')
  return serviceToken
}
