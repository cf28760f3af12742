import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

interface StubbornProxy extends AsyncDisposable {
  url: string
  /** The next so many bulk requests are answered with 429: the first whole, then each other item. */
  beBusy(times: number): void
  busy(): number
  /** From now on the document of this id is one that the engine does not take. */
  refuse(id: string): void
}

interface Item {
  index: { _id: string; status: number; error?: { type: string; reason: string } }
}

/** Stands in front of a real search server, which does what it is asked; only its answers change. */
export async function startStubbornProxy(target: string): Promise<StubbornProxy> {
  let busy = 0
  const refused = new Set<string>()
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request)
    const isBulk = request.url?.startsWith('/_bulk') ?? false
    const isBusy = isBulk && busy > 0
    if (isBusy) busy--
    if (isBusy && busy % 2 === 0) return void response.writeHead(429).end('{}')
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
      ...(body.length > 0 && { body }),
    })
    const text = await answer.text()
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(isBulk && answer.ok ? distort(text, { isBusy, refused }) : text)
  }
  const server = createServer((request, response) => void pass(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return {
    url: `http://127.0.0.1:${address.port}`,
    beBusy: (times) => {
      busy = times
    },
    busy: () => busy,
    refuse: (id) => void refused.add(id),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function distort(
  text: string,
  { isBusy, refused }: { isBusy: boolean; refused: Set<string> },
): string {
  const answer: { items: Item[] } = JSON.parse(text)
  const items = answer.items.map(({ index }, i) => {
    if (refused.has(index._id)) return failed(index, 400, 'it is poison')
    return isBusy && i % 2 === 1 ? failed(index, 429, 'too much to do') : { index }
  })
  return JSON.stringify({ ...answer, errors: true, items })
}

const failed = (index: Item['index'], status: number, reason: string): Item => ({
  index: { ...index, status, error: { type: 'refused', reason } },
})
