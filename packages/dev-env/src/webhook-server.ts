import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A server that webhooks call, as stubborn as a test wants it. */
export interface WebhookServer extends AsyncDisposable {
  url: string
  /** All that came, in its order. */
  arrived: { path: string; headers: IncomingHttpHeaders; body: string }[]
  /** How requests are answered from now on; `hang`: not at all. */
  answer: { status: number; headers?: Record<string, string> } | 'hang'
}

export async function startWebhookServer(): Promise<WebhookServer> {
  const arrived: WebhookServer['arrived'] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      arrived.push({ path: request.url ?? '', headers: request.headers, body })
      if (made.answer === 'hang') return
      response.writeHead(made.answer.status, made.answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const made: WebhookServer = {
    // A server that listens at a port has an address of this kind.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    arrived,
    answer: { status: 204 },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return made
}
