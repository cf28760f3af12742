import { invalidField, type SearchQuery, type SearchText } from '@chatapp/protocol'
import { analyse, type Unit } from './analyse.ts'
import { joined } from './joins.ts'

/** Something to look for, in the form of the text that it is looked for in. */
export interface Term {
  units: Unit[]
  isPhrase: boolean
  /** The word as one, when it is one word or the parts of one name. */
  joined: string | undefined
}

export interface Terms {
  wanted: Term[]
  unwanted: Term[]
}

/**
 * `tom & jerry` looks for two words.
 * @throws {ChatError} `invalid` where nothing is left that could be found, and for what is quoted or
 * left out and has nothing in it
 */
export function readTerms({ wanted, unwanted }: Pick<SearchQuery, 'wanted' | 'unwanted'>): Terms {
  const said = wanted.filter((text) => text.kind === 'phrase' || analyse(text.text).length > 0)
  const kept = said.length > 0 ? said : wanted
  return { wanted: kept.map(readTerm), unwanted: unwanted.map(readTerm) }
}

function readTerm({ kind, text, place }: SearchText): Term {
  const units = analyse(text)
  if (units.length === 0) {
    throw invalidField(
      'q',
      `“${text}” (at ${place.start + 1}) has no letter, digit or emoji to look for`,
    )
  }
  return { units, isPhrase: kind === 'phrase', joined: joinedOf(units, kind) }
}

function joinedOf(units: Unit[], kind: SearchText['kind']): string | undefined {
  const isOneName = units.every((unit) => unit.kind === 'word' && unit.name === units[0]?.name)
  if (kind === 'phrase' || !isOneName) return undefined
  const [last] = units.slice(-1)
  return last?.text === last?.full ? joined(units) : undefined
}

/** Shorter words are found whole only: they begin too many others. */
const PREFIX_LETTERS_MIN = 3

export const mayBePrefix = (text: string) => [...text].length >= PREFIX_LETTERS_MIN
/** Shorter ones are within too many words. */
const PART_LETTERS_MIN = 4

/** What is to be found within words as well: one word, as it is. It has letters, digits and their marks only. */
export function partOf({ units, isPhrase }: Term): string | undefined {
  const [only] = units
  if (isPhrase || units.length !== 1 || only?.kind !== 'word' || only.text !== only.full)
    return undefined
  return [...only.text].length >= PART_LETTERS_MIN ? only.text : undefined
}
