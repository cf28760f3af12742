import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Balancer extends AsyncDisposable {
  url: string
  /** Those that take new connections now. */
  ready(): string[]
}

const LOOK_EVERY_MS = 500
const ANSWERS_WITHIN_MS = 2_000

/**
 * Gives each new connection to the next gateway that is ready. One that does not answer, or says
 * that it drains, gets no new ones; those that are open live as long as it does.
 */
export async function startBalancer(gateways: string[], port = 0): Promise<Balancer> {
  const ready = new Set(gateways)
  const open = new Set<Socket>()
  let turn = 0
  const inTurn = () => {
    const all = gateways.filter((url) => ready.has(url))
    const first = turn++ % Math.max(1, all.length)
    return [...all.slice(first), ...all.slice(0, first)]
  }
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    keep(near, open)
    reach(inTurn(), near, open)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  const stop = new AbortController()
  const watching = gateways.map((url) => watch(url, ready, stop.signal))
  return {
    url: `http://127.0.0.1:${address.port}`,
    ready: () => gateways.filter((url) => ready.has(url)),
    async [Symbol.asyncDispose]() {
      stop.abort()
      server.close()
      for (const socket of open) socket.destroy()
      await Promise.all(watching)
    },
  }
}

/** Nothing has been sent yet when a gateway refuses, so the next one may be asked. */
function reach([first, ...others]: string[], near: Socket, open: Set<Socket>): void {
  if (first === undefined) return void near.destroy()
  const { hostname, port } = new URL(first)
  const far = connect({ host: hostname, port: Number(port), allowHalfOpen: true, noDelay: true })
  const next = () => reach(others, near, open)
  far.once('error', next)
  far.once('connect', () => {
    far.off('error', next)
    keep(far, open)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far)
    far.pipe(near)
    if (near.destroyed) far.destroy()
  })
}

function keep(socket: Socket, open: Set<Socket>): void {
  open.add(socket)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => open.delete(socket))
}

async function watch(url: string, ready: Set<string>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (await isReady(url, signal)) ready.add(url)
    else ready.delete(url)
    await pause(signal)
  }
}

async function isReady(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)])
    const answer = await fetch(`${url}/readyz`, { signal: within })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}

function pause(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, LOOK_EVERY_MS)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    resolve()
  })
  return promise
}
