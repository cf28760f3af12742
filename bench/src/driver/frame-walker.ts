const LENGTH_IN_2_BYTES = 126
const LENGTH_IN_8_BYTES = 127

const CONTROL = 0x8

/** The bytes are only there during the call. */
export interface FrameHandlers {
  /** Where the payload of a text frame lies. */
  onText(bytes: Buffer, start: number, end: number): void
  onControl(opcode: number, payload: Buffer): void
}

/** Finds a server's WebSocket frames by their headers alone, wherever the chunks are cut. */
export class FrameWalker {
  readonly #handlers: FrameHandlers
  #cut: Buffer | undefined

  constructor(handlers: FrameHandlers) {
    this.#handlers = handlers
  }

  walk(chunk: Buffer): void {
    const bytes = this.#cut ? Buffer.concat([this.#cut, chunk]) : chunk
    const rest = this.#walkWhole(bytes)
    // Copied, because the chunk's memory is read into again.
    this.#cut = rest < bytes.length ? Buffer.from(bytes.subarray(rest)) : undefined
  }

  /** Up to where the frames were complete. */
  #walkWhole(bytes: Buffer): number {
    const { length } = bytes
    for (let at = 0; ; ) {
      if (length - at < 2) return at
      let size = bytes[at + 1] ?? 0
      let start = at + 2
      if (size === LENGTH_IN_2_BYTES) {
        if (length - at < 4) return at
        size = bytes.readUInt16BE(start)
        start = at + 4
      } else if (size === LENGTH_IN_8_BYTES) {
        if (length - at < 10) return at
        // The upper half is 0: nobody sends 4 GiB here.
        size = bytes.readUInt32BE(at + 6)
        start = at + 10
      }
      const end = start + size
      if (end > length) return at
      const opcode = (bytes[at] ?? 0) & 0x0f
      if (opcode < CONTROL) this.#handlers.onText(bytes, start, end)
      else this.#handlers.onControl(opcode, bytes.subarray(start, end))
      at = end
    }
  }
}
