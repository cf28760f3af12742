import { Random } from '../corpus/random.ts'
import type { Person } from '../product/people.ts'

/** In one conversation, the loudest; in some thirty; in a thousand of all sizes. */
export interface Searchers {
  hermit: Person
  regular: Person
  hub: Person
}

/** Who talks in the corpus, and who searches in it. */
export interface Correspondents extends Searchers {
  all: Person[]
  /** Of each conversation, indexes of `all`. */
  conversations: number[][]
}

/** Of what is stored and of what is asked. */
export const SEED = 1
export const CORRESPONDENTS = 30
const CONVERSATIONS = 1_200
const OF_HUB = 1_000
const OF_REGULAR = 30
const [HERMIT, REGULAR, HUB] = [0, 1, 2]

export function bringTogether(all: Person[]): Correspondents {
  const [hermit, regular, hub] = all
  if (!hermit || !regular || !hub) throw new Error('there is nobody to talk')
  const random = new Random(CONVERSATIONS)
  const conversations = Array.from({ length: CONVERSATIONS }, (_, number) =>
    membersOf(number, random),
  )
  return { hermit, regular, hub, all, conversations }
}

/** The hub is in none of the loudest ones but the first: what is common is not common for everybody. */
function membersOf(number: number, random: Random): number[] {
  const isInHubs = number === 0 || number > CONVERSATIONS - OF_HUB
  const others = Array.from({ length: random.between(2, 10) }, () =>
    random.between(HUB + 1, CORRESPONDENTS - 1),
  )
  return [
    ...new Set([
      ...(number === 0 ? [HERMIT] : []),
      ...(number % (CONVERSATIONS / OF_REGULAR) === 7 ? [REGULAR] : []),
      ...(isInHubs ? [HUB] : []),
      ...others,
    ]),
  ]
}

export const isOfHub = (members: number[]) => members.includes(HUB)
