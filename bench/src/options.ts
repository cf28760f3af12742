import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { searchEngines } from '@chatapp/dev-env'

export const parts = ['A', 'B', 'C', 'D', 'floors', 'history', 'search', 'split', 'push'] as const
/** The others take long: they are asked for by name. */
const PARTS_BY_DEFAULT: Part[] = ['A', 'B', 'C', 'D', 'floors', 'history']
export type Part = (typeof parts)[number]

/** What answers searches: the database itself, or an engine beside it. */
export const answerers = ['postgres', ...searchEngines] as const
export type Answerer = (typeof answerers)[number]

export interface Options {
  only: ReadonlySet<Part>
  /** How long each rate is measured. */
  seconds: number
  quick: boolean
  json: boolean
  /** How many messages are searched … */
  messages: number
  /** … with which engines, one after the other … */
  engines: readonly Answerer[]
  /** … in which data directory, for the next run to find them there; undefined: it is removed. */
  keep: string | undefined
  /** Writes a CPU profile of every server process beside the results. */
  profile: boolean
}

export const USAGE = `Usage: npm run bench -- [parts] [options]

  A B C D floors history          only these parts; without any, all of them
  search                          searching a million messages, in about 10 minutes an engine
  split                           the services as processes of their own, beside one process
  push                            push messages: their rate, their delay, a backlog
  --only A,search                 only these parts, as well
  --messages N                    search N messages (default 1000000, with --quick 20000)
  --engine postgres,opensearch    search with these, in turn (default postgres; elasticsearch as well)
  --keep DIR                      keep what is searched, or search what an earlier run kept
  --seconds N                     measure each rate for N seconds (default 10, with --quick 2)
  --quick                         everything small, in a minute: does it work at all?
  --json                          print the results as JSON on standard output
  --profile                       write CPU profiles of the server to bench/results`

/** Throws an error whose message is a sentence for the person who typed. */
export function readOptions(args: string[]): Options | 'help' {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      messages: { type: 'string' },
      engine: { type: 'string', default: 'postgres' },
      keep: { type: 'string' },
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
  const messages = Number(values.messages ?? (quick ? 20_000 : 1_000_000))
  if (!(messages >= 10_000 && messages <= 10_000_000))
    throw new Error('--messages must be from 10000 to 10000000')
  const named = [...positionals, ...(values.only?.split(',') ?? [])].map(toPart)
  const only = new Set(named.length > 0 ? named : PARTS_BY_DEFAULT)
  const engines = values.engine.split(',').map(toAnswerer)
  const keep = values.keep === undefined ? undefined : resolve(values.keep)
  if (keep !== undefined && [...only].some((part) => part !== 'search'))
    throw new Error('--keep is for search alone')
  return { only, seconds, messages, engines, keep, quick, json, profile }
}

const toPart = (word: string): Part => toOneOf('--only', parts, word)
const toAnswerer = (word: string): Answerer => toOneOf('--engine', answerers, word)

function toOneOf<T extends string>(option: string, known: readonly T[], word: string): T {
  const found = known.find((name) => name.toLowerCase() === word.trim().toLowerCase())
  if (!found) throw new Error(`${option} knows ${known.join(', ')}, and no "${word}"`)
  return found
}
