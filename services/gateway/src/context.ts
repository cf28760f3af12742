import type { MessagesApi } from '@chatapp/protocol'
import type { LimiterFactory, Logger, SessionVerifier } from '@chatapp/service-kit'
import type { GatewayConfig } from './config.ts'
import type { Focus } from './focus/focus.ts'
import type { Hub } from './hub/hub.ts'
import type { Meters } from './meters.ts'
import type { Presence } from './presence/presence.ts'
import type { SendAllowance } from './send-allowance.ts'
import type { Tickets } from './tickets/tickets.ts'
import type { Turn } from './turn.ts'

export type { Arrival } from './hub/hub.ts'

/** What everything about sockets works with. */
export interface Context {
  config: GatewayConfig
  log: Logger
  /** In ms, for how long something took or may take. */
  now: () => number
  /** In ms since 1970, for what another process has dated. */
  timeOfDay: () => number
  tokens: SessionVerifier
  limits: LimiterFactory
  messages: MessagesApi
  meters: Meters
  turn: Turn
  hub: Hub
  presence: Presence
  focus: Focus
  tickets: Tickets
  sendAllowance: SendAllowance
}
