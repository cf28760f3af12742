import { type Address, Client, type ClientOptions, type Totals } from './client.ts'

/** So many sockets are opened at once. */
const OPENING = 32

/** Many clients of one server. */
export class Fleet {
  readonly clients: Client[] = []
  readonly totals: Totals = { messages: 0, acks: 0, bytes: 0, reads: 0 }
  readonly #address: Address
  readonly #order: ClientOptions['order']

  constructor(address: Address, order: ClientOptions['order'] = 'followed') {
    this.#address = address
    this.#order = order
  }

  /** Opens one socket for each token; resolves when all of them are welcome. */
  async open(tokens: string[]): Promise<Client[]> {
    const opened: Client[] = []
    let next = 0
    const openSome = async () => {
      for (let i = next++; i < tokens.length; i = next++) {
        const client = this.#open(tokens[i] ?? '')
        this.clients.push(client)
        opened[i] = client
        await client.welcomed
      }
    }
    await Promise.all(Array.from({ length: OPENING }, openSome))
    return opened
  }

  #open(token: string): Client {
    const [address, totals, order] = [this.#address, this.totals, this.#order]
    return new Client({ address, token, totals, order })
  }

  /** Throws what the first unhappy client was told. */
  assertHappy(): void {
    const failure = this.clients.find((client) => client.failure)?.failure
    if (failure) throw new Error(`the server refused or closed: ${failure}`)
  }

  close(): void {
    for (const client of this.clients) client.close()
  }
}
