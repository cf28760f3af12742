/** Says on standard error what is being done; on a terminal one line is enough. */
export class Progress {
  readonly #start = performance.now()
  readonly #isTerminal = process.stderr.isTTY === true

  say(what: string): void {
    const seconds = ((performance.now() - this.#start) / 1000).toFixed(1).padStart(6)
    const line = `[${seconds} s] ${what}`
    process.stderr.write(this.#isTerminal ? `\r\x1b[K${line}` : `${line}\n`)
  }

  clear(): void {
    if (this.#isTerminal) process.stderr.write('\r\x1b[K')
  }
}
