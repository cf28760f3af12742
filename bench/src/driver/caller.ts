import { Agent, get, type IncomingMessage } from 'node:http'

export interface Called {
  took: number
  body: string
}

/** Asks over one connection that stays open, and takes the time in milliseconds. */
export class Caller implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async get(path: string, token: string): Promise<Called> {
    const start = performance.now()
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const headers = { authorization: `Bearer ${token}` }
    get(new URL(path, this.#url), { agent: this.#agent, headers }, resolve).on('error', reject)
    const answer = await promise
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${body}`)
    return { took: performance.now() - start, body }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy()
  }
}
