import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'

interface TerminalStreams {
  input: NodeJS.ReadStream
  output: NodeJS.WriteStream
}

/** Lines in, lines out; what arrives while a person types appears above their line. */
export class Terminal {
  readonly isInteractive: boolean
  readonly #output: NodeJS.WriteStream
  readonly #lines: Interface
  readonly #waiting: ((line: string | undefined) => void)[] = []
  readonly #arrived: string[] = []
  #state: 'open' | 'closed' = 'open'
  #isSecret = false

  constructor({ input, output }: TerminalStreams) {
    this.isInteractive = input.isTTY === true && output.isTTY === true
    this.#output = output
    this.#lines = createInterface({
      input,
      output: this.isInteractive ? this.#echo() : undefined,
      terminal: this.isInteractive,
      prompt: '',
    })
    this.#lines.on('line', (line) => this.#take(line))
    // Ctrl-C and Ctrl-D both mean: leave.
    this.#lines.on('SIGINT', () => this.#lines.close())
    this.#lines.on('close', () => this.#end())
    if (this.isInteractive) input.on('keypress', () => this.onKey?.(this.#lines.line))
  }

  /** Called with the line so far, on every key. */
  onKey: ((line: string) => void) | undefined

  /** The next line; undefined when there are no more. */
  next(): Promise<string | undefined> {
    const line = this.#arrived.shift()
    if (line !== undefined) return Promise.resolve(line)
    if (this.#state === 'closed') return Promise.resolve(undefined)
    this.#prompt()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async ask(question: string): Promise<string | undefined> {
    const before = this.#lines.getPrompt()
    this.setPrompt(question)
    const answer = await this.next()
    this.setPrompt(before)
    return answer
  }

  /** Does not show what is typed. */
  async askSecret(question: string): Promise<string | undefined> {
    if (!this.isInteractive) return this.next()
    this.#output.write(question)
    this.#isSecret = true
    const answer = await this.next()
    this.#isSecret = false
    this.#output.write('\n')
    return answer
  }

  setPrompt(prompt: string): void {
    this.#lines.setPrompt(prompt)
  }

  print(text: string): void {
    if (!this.isInteractive || this.#state === 'closed') {
      this.#output.write(`${text}\n`)
      return
    }
    this.#output.write(`\r\x1b[2K${text}\n`)
    if (this.#waiting.length > 0) this.#prompt()
  }

  /** No more lines, not even those that have arrived. */
  leave(): void {
    this.#arrived.length = 0
    this.#lines.close()
  }

  #prompt(): void {
    if (this.isInteractive && !this.#isSecret) this.#lines.prompt(true)
  }

  #take(line: string): void {
    const waiting = this.#waiting.shift()
    if (waiting) waiting(line)
    else this.#arrived.push(line)
  }

  #end(): void {
    this.#state = 'closed'
    for (const resolve of this.#waiting.splice(0)) resolve(undefined)
  }

  #echo(): Writable {
    return new Writable({
      write: (chunk, _encoding, done) => {
        if (!this.#isSecret) this.#output.write(chunk)
        done()
      },
    })
  }
}
