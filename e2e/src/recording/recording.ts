import { readFileSync } from 'node:fs'
import { PROTOCOL_VERSION } from '@chatapp/protocol'

/** JSON of any shape: what was recorded is not parsed by the schemas of today. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }
export type Frame = JsonObject & { type: string }

/** What one version of the wire says: the first line of a recording. */
export interface Title {
  version: number
  hash: string
}
/** What the code of that version takes, by its own schema. */
export interface TakenLine {
  taken: string
  schema: JsonObject
}
export interface RestStep {
  by: string
  call: string
  body: Json
  status: number
  answer: Json
}
/** One socket of a person; lines are counted. */
interface OnLine {
  by: string
  line: number
}
export type SocketStep = OnLine &
  ({ opened: string } | { sent: Frame } | { received: Frame } | { closed: number })
/** One service asks another. */
export interface CallStep {
  asks: string
  args: Json
  outcome: JsonObject
}
export interface BusStep {
  topic: string
  event: JsonObject
}
export type Step = RestStep | SocketStep | CallStep | BusStep
export type Line = Title | TakenLine | Step

/** What a client and a server, and the parts of the server, said to each other at one version. */
export interface Recording extends Title {
  steps: Step[]
  taken: Map<string, JsonObject>
}

export const PREVIOUS_VERSION = PROTOCOL_VERSION - 1

export function readRecording(version: number): Recording {
  const lines = readLines(version)
  const [title] = lines
  if (!title || !('version' in title)) throw new Error(`the recording ${version} has no title`)
  const taken = lines.flatMap((line) => ('taken' in line ? [[line.taken, line.schema]] : []))
  return {
    ...title,
    taken: new Map(taken as [string, JsonObject][]),
    steps: lines.filter((line): line is Step => !('version' in line) && !('taken' in line)),
  }
}

function readLines(version: number): Line[] {
  const text = readFileSync(fileOf(version), 'utf8')
  // `record:wire` has written it.
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

export const RECORDINGS = new URL('../../recordings/', import.meta.url)
export const fileOf = (version: number) => new URL(`wire-${version}.jsonl`, RECORDINGS)
