const PING_INTERVAL_MS = 25_000
const PATIENCE_MS = 10_000

/** When to ping, and when silence means that nobody is there. */
export class Heartbeat {
  #pingAt: number
  #unansweredSince = 0

  constructor(now: number) {
    // Jitter: sockets that came together are not pinged together.
    this.#pingAt = now + Math.floor(Math.random() * PING_INTERVAL_MS)
  }

  hear(): void {
    this.#unansweredSince = 0
  }

  check(now: number): 'fine' | 'ping' | 'dead' {
    if (this.#unansweredSince > 0 && now - this.#unansweredSince >= PATIENCE_MS) return 'dead'
    if (now < this.#pingAt) return 'fine'
    this.#pingAt = now + PING_INTERVAL_MS
    if (this.#unansweredSince === 0) this.#unansweredSince = now
    return 'ping'
  }
}
