import type { Caller } from '../driver/caller.ts'
import type { Answerer } from '../options.ts'
import type { Running } from '../stage.ts'
import type { Correspondents } from './correspondents.ts'
import type { Town } from './town.ts'

/** Everything that a part of the search bench needs. */
export interface SearchStage extends Running {
  answerer: Answering
  town: Town
  people: Correspondents
  caller: Caller
}

/** Whoever is asked in this round. */
export interface Answering {
  name: Answerer
  /** How findings name it. */
  part: string
  /** Variables that tell the product of it. */
  env: Record<string, string>
  limits: Limits
  /** Processor time of what answers, so far, in milliseconds. */
  cpu(): number
  /** How much it keeps on disk. */
  bytes(): Promise<number>
}

/** Milliseconds of 99 % of all searches. */
export interface Limits {
  far: number
  /** Rare words, or where there is little to look through. */
  near: number
  fresh: number
}
