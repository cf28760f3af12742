import type { InboundFrameInput } from '@chatapp/protocol'
import type { Client } from './client.ts'
import { maskedFrame, TEXT } from './masked-frame.ts'
import { stampedText } from './message-frame.ts'

/** Somebody who sends to one conversation, each text with an id of its own. */
export class Publisher {
  readonly client: Client
  readonly conversationId: string
  sent = 0
  #state: 'idle' | 'sending' = 'idle'
  readonly #run = Math.random().toString(36).slice(2, 10).padEnd(8, '0')

  constructor(client: Client, conversationId: string) {
    this.client = client
    this.conversationId = conversationId
  }

  send(): void {
    const { conversationId } = this
    const clientId = `${this.#run}-${String(++this.sent).padStart(8, '0')}`
    const data = stampedText(performance.now() * 1000)
    const frame: InboundFrameInput = { type: 'message', conversationId, clientId, data }
    this.client.send(maskedFrame(TEXT, Buffer.from(JSON.stringify(frame))))
  }

  /** Keeps this many sends under way: each acknowledgement lets the next one go. */
  start(window: number): void {
    this.#state = 'sending'
    this.client.onAck = () => {
      if (this.#state === 'sending') this.send()
    }
    for (let i = 0; i < window; i++) this.send()
  }

  stop(): void {
    this.#state = 'idle'
  }

  get isAnswered(): boolean {
    return this.client.acks >= this.sent
  }
}
