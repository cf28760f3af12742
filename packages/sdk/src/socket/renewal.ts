import type { Clock, Timer } from '../clock.ts'
import { isRetryable } from '../http/errors.ts'
import type { Tokens } from '../http/tokens.ts'

const RETRY_MS = 5_000

export interface Renewal {
  stop(): void
}

/**
 * Keeps an open socket authenticated: renews the access token before it ends, and hands the server
 * each new one, whoever asked for it.
 */
export function startRenewal(
  clock: Clock,
  tokens: Tokens,
  { usedToken, present }: { usedToken: string; present: (accessToken: string) => void },
): Renewal {
  let presented = usedToken
  let timer: Timer | null = null
  const offChange = tokens.onChange(follow)
  follow()

  function follow() {
    timer?.cancel()
    if (!tokens.session) return
    const { accessToken } = tokens.session
    if (accessToken !== presented) present(accessToken)
    presented = accessToken
    timer = clock.after(tokens.renewInMs, renew)
  }
  function renew() {
    // Refused for good: the server closes the socket with 4401 when the token ends.
    tokens.refresh().catch((error: unknown) => {
      if (isRetryable(error) && timer) timer = clock.after(RETRY_MS, renew)
    })
  }
  return {
    stop() {
      offChange()
      timer?.cancel()
      timer = null
    },
  }
}
