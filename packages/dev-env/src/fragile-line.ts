import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface FragileLine extends AsyncDisposable {
  port: number
  /** Ends every connection and refuses new ones. */
  cut(): void
  /** Passes nothing on and says nothing; connections of this time stay dead. */
  stall(): void
  mend(): void
}

/** Stands between somebody and a server on this machine, and fails at will. */
export async function startFragileLine(target: number): Promise<FragileLine> {
  let state: 'passing' | 'cut' | 'stalled' = 'passing'
  const open = new Set<Socket>()
  const dead = new WeakSet<Socket>()
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy()
    const far = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      if (state === 'stalled') dead.add(socket)
      socket.on('data', (data) => dead.has(socket) || other.write(data))
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  const cut = () => {
    state = 'cut'
    for (const socket of open) socket.destroy()
  }
  return {
    port: address.port,
    cut,
    stall: () => {
      state = 'stalled'
      for (const socket of open) dead.add(socket)
    },
    mend: () => {
      state = 'passing'
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
