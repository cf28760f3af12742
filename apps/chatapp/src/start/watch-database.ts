import { connect } from 'node:net'
import { join } from 'node:path'
import type { Logger } from '@chatapp/service-kit'

interface WatchOptions {
  log: Logger
  restart(): Promise<void>
  onLost(reason: unknown): void
}

/** There is no TCP; the number is only a part of the socket's name. */
export const socketPort = 5432
const LOOK_EVERY_MS = 1_000
/** A server that ends more often has a reason that another restart does not mend. */
const RESTARTS_A_MINUTE_MAX = 5

/** PostgreSQL survives the end of its own workers; this is for when its first process is gone. */
export function watchDatabase(folder: string, options: WatchOptions): AsyncDisposable {
  const { log, restart, onLost } = options
  let state: 'watching' | 'closed' = 'watching'
  let restartedAt: number[] = []
  let look = Promise.resolve()
  let timer = setTimeout(next, LOOK_EVERY_MS)

  function next(): void {
    look = lookOnce().finally(() => {
      if (state === 'watching') timer = setTimeout(next, LOOK_EVERY_MS)
    })
  }
  async function lookOnce(): Promise<void> {
    if ((await isListening(folder)) || state === 'closed') return
    try {
      const now = performance.now()
      restartedAt = restartedAt.filter((at) => now - at < 60_000)
      if (restartedAt.push(now) > RESTARTS_A_MINUTE_MAX) throw new Error('it keeps ending')
      log.error('the embedded PostgreSQL has ended; starting it again')
      await restart()
      log.warn('the embedded PostgreSQL is running again')
    } catch (error) {
      state = 'closed'
      onLost(error)
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      state = 'closed'
      clearTimeout(timer)
      await look
    },
  }
}

export function isListening(folder: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect(join(folder, `.s.PGSQL.${socketPort}`))
  socket.once('connect', () => resolve(true))
  // Anything else, such as EAGAIN of a full queue, is a server that is there and busy.
  socket.once('error', (error: NodeJS.ErrnoException) =>
    resolve(!['ENOENT', 'ECONNREFUSED'].includes(error.code ?? '')),
  )
  return promise.finally(() => socket.destroy())
}
