import { isTTY, progress } from '@clack/prompts'

export interface Progress {
  advance(by: number): void
  done(message: string): void
}

/** A bar for people; scripts and logs get the last line only. */
export function showProgress(message: string, total: number): Progress {
  if (!isTTY(process.stderr)) return { advance: () => {}, done: say }
  const bar = progress({ max: total, output: process.stderr })
  bar.start(message)
  return { advance: (by) => bar.advance(by), done: (text) => bar.stop(text) }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
