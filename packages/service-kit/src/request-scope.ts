import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingHttpHeaders } from 'node:http'
import type { Span } from '@opentelemetry/api'

/** The request that is being answered: log lines and statements name it. */
export interface RequestScope {
  requestId: string
  /** The id of the route in the protocol. */
  route: string
  /** W3C Trace Context, as it came. */
  traceparent?: string
  /** Where traces are wanted. */
  span?: Span
}

export const requestScope = new AsyncLocalStorage<RequestScope>()

/** On what we ask of others meanwhile, so that the logs of both can be read together. */
export function scopeHeaders(): Record<string, string> {
  const scope = requestScope.getStore()
  if (!scope) return {}
  const { requestId, traceparent } = scope
  return { 'x-request-id': requestId, ...(traceparent !== undefined && { traceparent }) }
}

export function scopeOf({ id: requestId, headers: { traceparent } }: Requested, route: string) {
  return { requestId, route, ...(typeof traceparent === 'string' && { traceparent }) }
}

interface Requested {
  id: string
  headers: IncomingHttpHeaders
}
