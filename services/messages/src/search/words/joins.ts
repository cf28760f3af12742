import type { Unit } from './analyse.ts'
import { cut } from './cut.ts'

/** Neighbouring parts of one name as one word: `username` of `user_name`. */
export interface Join {
  text: string
  /** Indexes of its first and last unit. */
  first: number
  last: number
}

/** Longer names are found by their parts only. */
const PARTS_MAX = 8

/** Longer words that are made of parts are cut, in texts and queries alike: see `UNIT_MAX`. */
const JOINED_MAX = 256

/** Parts of a name as one word. */
export function joined(parts: Unit[]): string {
  return cut(parts.map((unit) => unit.text).join(''), JOINED_MAX)
}

/** Every rest of every name, so that the beginning of a join is the beginning of one of them. */
export function joinsOf(units: Unit[]): Join[] {
  const joins: Join[] = []
  for (let first = 0; first < units.length; ) {
    const last = lastOfName(units, first)
    if (last > first && last - first < PARTS_MAX)
      for (let from = first; from < last; from++) joins.push(join(units, from, last))
    first = last + 1
  }
  return joins
}

function lastOfName(units: Unit[], first: number): number {
  let last = first
  while (units[last + 1]?.name === units[first]?.name) last++
  return last
}

function join(units: Unit[], first: number, last: number): Join {
  return { text: joined(units.slice(first, last + 1)), first, last }
}
