import type { Guard, LimiterFactory } from '@chatapp/service-kit'
import type { SendAllowance } from '../send-allowance.ts'

/** Probes come as often as an orchestrator likes. */
const UNLIMITED = new Set(['health', 'readiness'])

interface GuardOptions {
  limits: LimiterFactory
  sendAllowance: SendAllowance
}

/** Limits REST calls per address and per user; sends count together with those over sockets. */
export function createGuard({ limits, sendAllowance }: GuardOptions): Guard {
  const perAddress = limits('rest-address', { points: 6000, perSeconds: 60 })
  const perUser = limits('rest-user', { points: 1200, perSeconds: 60 })
  return async (request, route, caller) => {
    if (UNLIMITED.has(route.id)) return
    if (!caller) return perAddress.take(request.ip)
    await perUser.take(caller.userId)
    if (route.id === 'sendMessage') sendAllowance.take(caller.userId)
  }
}
