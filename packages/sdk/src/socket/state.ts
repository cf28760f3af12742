import type { Closed } from './open-socket.ts'

/**
 * Where a connection stands.
 *
 * - `connecting`: opening a socket, or fetching what was missed;
 * - `online`: nothing is missing, changes arrive as they happen;
 * - `offline`: no socket; the next try is at `retryAt` (milliseconds since 1970), or on `retryNow()`;
 * - `ended`: for good. `closed`: by `close()`; `unauthenticated`: the session is over;
 *   `refused`: the server does not want this client as it is.
 */
export type ConnectionState =
  | { kind: 'connecting'; attempt: number }
  | { kind: 'online'; userId: string; sessionId: string }
  | { kind: 'offline'; why: Closed; retryAt: number }
  | { kind: 'ended'; why: 'closed' | 'unauthenticated' | 'refused'; by: Closed | null }
