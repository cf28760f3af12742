/**
 * WebSocket close codes. 4000–4099: reconnect (with back-off). 4400–4499: do not reconnect
 * without a change (new token, other frames). 4429 alone: reconnect, but later.
 */
export const CLOSE = {
  draining: { code: 4000, reason: 'server is restarting, reconnect' },
  slowConsumer: { code: 4001, reason: 'slow consumer, resume' },
  noHeartbeat: { code: 4002, reason: 'no heartbeat' },
  badFrames: { code: 4400, reason: 'too many bad frames' },
  unauthenticated: { code: 4401, reason: 'session or token ended' },
  origin: { code: 4403, reason: 'origin not allowed' },
  tooLarge: { code: 4413, reason: 'frame above 64 KiB' },
  tooMany: { code: 4429, reason: 'too many frames, reconnect later' },
} as const

export type CloseName = keyof typeof CLOSE

/** Whether a client may reconnect by itself after this close code (also after network losses, 1006). */
export function mayReconnect(code: number): boolean {
  return code < 4400 || code === CLOSE.tooMany.code || code >= 4500
}
