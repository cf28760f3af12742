import { parseArgs } from 'node:util'

export const parts = ['A', 'B', 'C', 'D', 'floors', 'history'] as const
export type Part = (typeof parts)[number]

export interface Options {
  only: ReadonlySet<Part>
  /** How long each rate is measured. */
  seconds: number
  quick: boolean
  json: boolean
  /** Writes a CPU profile of every server process beside the results. */
  profile: boolean
}

export const USAGE = `Usage: npm run bench -- [options]

  --only A,B,C,D,floors,history   only these parts
  --seconds N                     measure each rate for N seconds (default 10, with --quick 2)
  --quick                         everything small, in a minute: does it work at all?
  --json                          print the results as JSON on standard output
  --profile                       write CPU profiles of the server to bench/results`

/** Throws an error whose message is a sentence for the person who typed. */
export function readOptions(args: string[]): Options | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: parts.join() },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const { quick, json, profile } = values
  const seconds = Number(values.seconds ?? (quick ? 2 : 10))
  if (!(seconds >= 1 && seconds <= 60)) throw new Error('--seconds must be from 1 to 60')
  return { only: new Set(values.only.split(',').map(toPart)), seconds, quick, json, profile }
}

function toPart(word: string): Part {
  const part = parts.find((name) => name.toLowerCase() === word.trim().toLowerCase())
  if (!part) throw new Error(`--only knows ${parts.join(', ')}, and no "${word}"`)
  return part
}
