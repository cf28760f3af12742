import type { IncomingHttpHeaders } from 'node:http'
import { ChatError } from '@chatapp/protocol'
import type { GatewayConfig } from '../config.ts'

/** Browsers name the page's origin; only our own pages and those allowed may open sockets. */
export function checkOrigin(
  { origin, host }: IncomingHttpHeaders,
  { publicUrl, allowedOrigins }: GatewayConfig,
): void {
  if (origin === undefined) return
  const own = host ? [`http://${host}`, `https://${host}`] : []
  const given = origin.toLowerCase()
  if ([...own, publicUrl, ...allowedOrigins].some((known) => known?.toLowerCase() === given)) return
  throw new ChatError('forbidden', 'This Origin may not open sockets here.')
}
