import type { Connection } from '@chatapp/sdk'

/** Tells the connection what the browser knows of the network, so that nobody waits for a time-out. */
export function followNetwork(connection: Connection, signal: AbortSignal): void {
  addEventListener('offline', () => connection.networkLost(), { signal })
  addEventListener('online', () => connection.retryNow(), { signal })
  // A hidden page is slowed down, and a computer that slept has lost its sockets.
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && connection.retryNow(),
    { signal },
  )
}
