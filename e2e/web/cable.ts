import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Cable extends AsyncDisposable {
  /** Where the product answers as long as the cable is whole. */
  url: string
  cut(): void
  mend(): void
}

/** A way to the product that can be cut: a browser that plays offline keeps its WebSockets. */
export async function layCable(productUrl: string): Promise<Cable> {
  const { hostname, port } = new URL(productUrl)
  const ends = new Set<Socket>()
  let isCut = false
  const keep = (end: Socket) => {
    ends.add(end)
    // What breaks is closed next, and its other end with it.
    end.on('error', () => undefined).on('close', () => ends.delete(end))
  }
  const server = createServer((near) => {
    keep(near)
    if (isCut) {
      near.destroy()
      return
    }
    const far = connect(Number(port), hostname)
    keep(far)
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  const cut = () => {
    isCut = true
    for (const end of ends) end.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has a port, only one on a pipe has none.
  const { port: own } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${own}`,
    cut,
    mend() {
      isCut = false
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
