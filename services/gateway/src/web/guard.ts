import { createHash } from 'node:crypto'
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
  const perHook = limits('hook', { points: 60, perSeconds: 60 })
  return async (request, route, caller) => {
    if (UNLIMITED.has(route.id)) return
    if (!caller) {
      await perAddress.take(request.ip)
      if (route.id === 'postToHook') await perHook.take(hookKeyOf(request.params))
      return
    }
    await perUser.take(caller.userId)
    if (route.id === 'sendMessage') sendAllowance.take(caller.userId)
  }
}

/** With the secret, so that nobody without it uses up a webhook's allowance; hashed, for it is kept. */
const hookKeyOf = (params: unknown) =>
  createHash('sha256').update(JSON.stringify(params)).digest('base64url')
