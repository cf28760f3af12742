import { isTTY, progress } from '@clack/prompts'

export interface Progress {
  advance(by: number): void
  done(message: string): void
}

/** A bar for people; scripts and logs get a line for every tenth. */
export function showProgress(message: string, total: number): Progress {
  if (!isTTY(process.stderr)) return inLines(message, total)
  const bar = progress({ max: total, output: process.stderr })
  bar.start(message)
  return { advance: (by) => bar.advance(by), done: (text) => bar.stop(text) }
}

function inLines(message: string, total: number): Progress {
  let [done, told] = [0, 0]
  return {
    advance(by) {
      done += by
      const tenths = Math.floor((10 * done) / total)
      if (tenths > told) say(`${message} ${10 * tenths} %`)
      told = Math.max(told, tenths)
    },
    done: say,
  }
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
