import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ChatError } from '@chatapp/protocol'
import { createId, toProblem } from '@chatapp/service-kit'

/** Answers an upgrade with a problem document and hangs up. */
export function refuseUpgrade(socket: Duplex, error: ChatError): void {
  const requestId = createId()
  const body = JSON.stringify(toProblem(error, requestId))
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    'Connection: close',
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
    ...(error.retryAfter === undefined ? [] : [`Retry-After: ${error.retryAfter}`]),
    ...(error.status === 400 ? ['Sec-WebSocket-Version: 13'] : []),
  ]
  socket.once('finish', () => socket.destroy())
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
