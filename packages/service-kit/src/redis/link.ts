import { openClient, type RedisClient } from './open-client.ts'
import type { RedisTarget } from './url.ts'

export type Listener = (message: string) => void

const BEAT_EVERY_MS = 1_000
/** A connection that is half open takes everything and answers nothing. */
const SILENT_MS = 4_000
const OPEN_WITHIN_MS = 10_000

interface LinkOptions {
  target: RedisTarget
  /** Shown by CLIENT LIST. */
  name: string
  /** How channels of our own begin, on which we hear ourselves. */
  beatChannel: string
  /** Called once, when the link is of no more use. */
  onBroken(reason: Error): void
}

/** Two connections, one to ask and one to listen: they come and go together. */
export class Link {
  readonly #options: LinkOptions
  readonly #clients: RedisClient[] = []
  #state: 'opening' | 'open' | 'broken' = 'opening'
  /** When each server took our beat, and when it told it us, by channel. */
  readonly #takenAt = new Map<string, number>()
  readonly #heardAt = new Map<string, number>()
  #beating: NodeJS.Timeout | undefined

  private constructor(options: LinkOptions) {
    this.#options = options
  }

  static async open(options: LinkOptions, channels: ReadonlyMap<string, Listener>): Promise<Link> {
    const link = new Link(options)
    const tooLate = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => tooLate.reject(new Error('Redis did not answer in time')),
      OPEN_WITHIN_MS,
    )
    try {
      await Promise.race([link.#open(channels), tooLate.promise])
      return link
    } catch (error) {
      link.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  command(key: string, args: string[]): Promise<unknown> {
    return this.#client(0).command(key, args)
  }

  publish(channel: string, message: string): Promise<unknown> {
    return this.#client(0).publish(channel, message)
  }

  async subscribe(channel: string, listener: Listener): Promise<void> {
    try {
      await this.#client(1).subscribe(channel, listener)
    } catch (error) {
      this.#break(toError(error))
    }
  }

  async unsubscribe(channel: string, listener: Listener): Promise<void> {
    try {
      await this.#client(1).unsubscribe(channel, listener)
    } catch (error) {
      this.#break(toError(error))
    }
  }

  close(): void {
    this.#state = 'broken'
    clearInterval(this.#beating)
    for (const client of this.#clients) client.close()
    this.#clients.length = 0
  }

  async #open(channels: ReadonlyMap<string, Listener>): Promise<void> {
    const { target, name, beatChannel } = this.#options
    for (let i = 0; i < 2; i++) {
      const client = await openClient(target, { name, onError: (error) => this.#break(error) })
      if (this.#state === 'broken') {
        client.close()
        throw new Error('the connection to Redis was lost while it was opened')
      }
      this.#clients.push(client)
    }
    const listener = this.#client(1)
    const beatChannels = await this.#client(0).everywhere(beatChannel)
    await Promise.all(
      beatChannels.map((one) =>
        listener.subscribe(one, () => this.#heardAt.set(one, performance.now())),
      ),
    )
    await Promise.all([...channels].map(([channel, listen]) => listener.subscribe(channel, listen)))
    await Promise.all(beatChannels.map((one) => this.publish(one, '')))
    for (const one of beatChannels)
      for (const times of [this.#heardAt, this.#takenAt]) times.set(one, performance.now())
    this.#state = 'open'
    this.#beating = setInterval(() => this.#beat(), BEAT_EVERY_MS)
  }

  #beat(): void {
    const oldest = Math.min(...this.#heardAt.values(), ...this.#takenAt.values())
    if (performance.now() - oldest > SILENT_MS) this.#break(new Error('Redis does not answer'))
    else for (const channel of this.#heardAt.keys()) this.#beatOn(channel)
  }

  #beatOn(channel: string): void {
    const taken = () => void this.#takenAt.set(channel, performance.now())
    this.publish(channel, '').then(taken, () => undefined)
  }

  #break(reason: Error): void {
    const wasOpen = this.#state === 'open'
    if (this.#state === 'broken') return
    this.close()
    if (wasOpen) this.#options.onBroken(reason)
  }

  #client(index: 0 | 1): RedisClient {
    const client = this.#clients[index]
    if (!client) throw new Error('the connection to Redis is closed')
    return client
  }
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
