import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A push service that reads nothing and takes everything. */
export interface Endpoint extends AsyncDisposable {
  origin: string
  /** By device and conversation, how often. */
  taken: Map<string, number>
  /** Told of every request, with its path. */
  onPush: ((path: string) => void) | undefined
}

export async function startEndpoint(): Promise<Endpoint> {
  const taken = new Map<string, number>()
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    const key = `${path} ${request.headers.topic}`
    taken.set(key, (taken.get(key) ?? 0) + 1)
    endpoint.onPush?.(path)
    request.resume()
    response.writeHead(201).end()
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  // A server that listens at a port has an address of this kind.
  const { port } = server.address() as AddressInfo
  const endpoint: Endpoint = {
    ...{ origin: `http://127.0.0.1:${port}`, taken, onPush: undefined },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return endpoint
}
