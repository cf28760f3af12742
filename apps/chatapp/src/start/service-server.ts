import type { AddressInfo } from 'node:net'
import { type CallsOf, type Route, routes } from '@chatapp/protocol'
import {
  type Checked,
  createHttpServer,
  type Logger,
  type Registry,
  refuseOtherMethods,
  type Service,
  serveCalls,
  serveHealth,
  serveMetrics,
  type TokenVerifier,
} from '@chatapp/service-kit'
import type { StoringService } from '../config.ts'
import type { Address } from './port.ts'

interface Served<Api> {
  name: StoringService
  service: Service<Api>
  calls: CallsOf<Api>
  tokens: TokenVerifier
  serviceToken: string
  address: Address
  /** What else it can't serve without. */
  needs: Checked[]
  helpers: Checked[]
  log: Logger
  metrics: Registry
  metricsToken: string | undefined
}

export interface ServiceServer extends AsyncDisposable {
  listen(): Promise<{ url: string }>
  needs: Checked[]
}

/** One service behind a port of its own: its routes, its calls, and what operators ask. */
export function createServiceServer<Api>(served: Served<Api>): ServiceServer {
  const { name, service, calls, tokens, serviceToken, address, log } = served
  const app = createHttpServer({ log, tokens, trustProxy: { serviceToken } })
  const needs = [{ name, check: () => service.check() }, ...served.needs]
  let state: 'serving' | 'draining' = 'serving'
  const binding = { app, tokens }
  service.bind(binding)
  serveCalls(app, { service: name, calls, api: service.api, serviceToken, log })
  serveHealth(binding, {
    services: needs,
    helpers: served.helpers,
    log,
    isDraining: () => state === 'draining',
  })
  serveMetrics(app, { metrics: served.metrics, token: served.metricsToken })
  refuseOtherMethods(binding, [...ownRoutes(name), routes.health, routes.readiness])
  return {
    needs,
    async listen() {
      await app.listen(address)
      // A server that listens at a port has an address of this kind.
      const { port } = app.server.address() as AddressInfo
      return { url: `http://${nameOf(address.host)}:${port}` }
    },
    async [Symbol.asyncDispose]() {
      state = 'draining'
      await app.close()
    },
  }
}

const ownRoutes = (name: StoringService): Route[] =>
  Object.values<Route>(routes).filter((route) => route.service === name)

/** An address that listens on every interface is reached by this one's name. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
