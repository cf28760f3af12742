import { ChatError, type Route, routes } from '@chatapp/protocol'
import {
  type Binding,
  bindRoute,
  type Checked,
  type HttpServer,
  type Logger,
  type Registry,
  refuseOtherMethods,
  serveHealth,
  serveMetrics,
  type TokenVerifier,
} from '@chatapp/service-kit'
import type { Context } from './context.ts'
import { allowOrigins } from './web/cross-origin.ts'
import { createGuard } from './web/guard.ts'
import { sendSecurityHeaders } from './web/headers.ts'
import { serveWebClient } from './web/web-client.ts'

/** A service whose REST routes this process answers, by itself or by asking another process. */
export interface ServedService extends Checked {
  /** `helpful`: when it is away, the rest goes on. */
  need?: 'required' | 'helpful'
  bind(binding: Binding): void | Promise<void>
}

interface RoutesOptions {
  context: Context
  log: Logger
  tokens: TokenVerifier
  metrics: Registry
  services: ServedService[]
  helpers?: Checked[] | undefined
  webRoot?: string
  documents?: (app: HttpServer) => void | Promise<void>
  isDraining: () => boolean
}

/** Everything that this process answers over HTTP. */
export async function serveRoutes(app: HttpServer, options: RoutesOptions): Promise<void> {
  const { context, tokens, services } = options
  const bound = collectRoutes(app)
  await sendSecurityHeaders(app, context.config)
  allowOrigins(app, context.config.allowedOrigins)
  const binding = { app, tokens, guard: createGuard(context) }
  for (const service of services) await service.bind(binding)
  bindRoute(binding, routes.createSocketTicket, async ({ caller }) => context.tickets.issue(caller))
  serveHealth(binding, { ...options, ...needsOf(options) })
  refuseOtherMethods(binding, [...bound])
  serveMetrics(app, { metrics: options.metrics, token: context.config.metricsToken })
  explainSocketPath(app)
  await options.documents?.(app)
  await serveWebClient(app, options.webRoot)
}

function needsOf({ services, helpers = [] }: RoutesOptions) {
  const [helpful, required] = [services.filter(isHelpful), services.filter((s) => !isHelpful(s))]
  return { services: required, helpers: [...helpers, ...helpful] }
}

const isHelpful = ({ need }: ServedService) => need === 'helpful'

/** The routes of the protocol that get bound from here on. */
function collectRoutes(app: HttpServer): Set<Route> {
  const bound = new Set<Route>()
  app.addHook('onRoute', ({ config }) => {
    // Only bindRoute gives its routes this.
    const { route } = (config ?? {}) as { route?: Route }
    if (route) bound.add(route)
  })
  return bound
}

function explainSocketPath(app: HttpServer): void {
  app.get('/ws', async () => {
    throw new ChatError('invalid', 'This path speaks WebSocket: ask for an upgrade.')
  })
}
