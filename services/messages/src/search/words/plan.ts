import type { Unit } from './analyse.ts'
import type { Fit } from './match.ts'
import { pairTokenAt } from './pairs.ts'
import { mayBePrefix, partOf, type Term, type Terms } from './terms.ts'
import { pairAt } from './tokens.ts'
import { mayHaveTypo } from './typo.ts'

/** What an index has to look up: this very token, tokens that begin with it, or a typo away from it. */
export interface Lookup<How = PlainFit | 'typo'> {
  token: string
  how: How
}
export type PlainLookup = Lookup<PlainFit>
type PlainFit = 'exact' | 'prefix'

/**
 * What an index must find: texts that have, of each entry of `all`, every lookup of one of its
 * alternatives, and no token of `none`. It is a little too much; `matchText` has the last word.
 */
export interface Plan {
  all: Lookup[][][]
  none: string[]
  parts?: Parts
}

/** Without typos. */
export interface PlainPlan extends Pick<Plan, 'none'> {
  all: PlainLookup[][][]
}

/** What no token begins with: for an index that can look through its newest texts. */
export interface Parts {
  /** Each is within a word. */
  texts: string[]
  /** What has all of this fits better, and is found before. */
  better: PlainLookup[][][]
}

/** How texts can fit: only words of some length have beginnings and typos. */
export function fitsOf({ wanted }: Terms): Fit[] {
  const isJoined = (may: (text: string) => boolean) =>
    wanted.some(({ joined }) => joined !== undefined && may(joined))
  return [
    'exact',
    ...(wanted.some(isBeginning) || isJoined(mayBePrefix) ? (['prefix'] as const) : []),
    ...(isJoined(mayHaveTypo) ? (['typo'] as const) : []),
    ...(wanted.some((term) => partOf(term) !== undefined) ? (['part'] as const) : []),
  ]
}

/** The plan for texts that fit at least as well as `fit`; with parts, for those that fit no better. */
export function planFor({ wanted, unwanted }: Terms, fit: Fit): Plan {
  const none = unwanted.flatMap(soleTokenOf)
  if (fit === 'typo') return { all: wanted.map(alternativesWithTypo), none }
  if (fit !== 'part') return { all: wanted.map((term) => alternativesOf(term, fit)), none }
  const lookUp = (terms: Term[]) => terms.map((term) => alternativesOf(term, 'prefix'))
  return {
    all: lookUp(wanted.filter((term) => partOf(term) === undefined)),
    none,
    parts: { texts: wanted.flatMap((term) => partOf(term) ?? []), better: lookUp(wanted) },
  }
}

function alternativesWithTypo(term: Term): Lookup[][] {
  const alternatives: Lookup[][] = alternativesOf(term, 'prefix')
  const { joined } = term
  if (joined === undefined || !mayHaveTypo(joined)) return alternatives
  return [...alternatives, [{ token: joined, how: 'typo' }]]
}

function alternativesOf(term: Term, fit: PlainFit): PlainLookup[][] {
  const { joined, units } = term
  const ofParts = lookupsOf(term, fit)
  if (joined === undefined || units.length === 1) return [ofParts]
  const how = fit === 'prefix' && mayBePrefix(joined) ? 'prefix' : 'exact'
  return [ofParts, [{ token: joined, how }]]
}

function lookupsOf(term: Term, fit: PlainFit): PlainLookup[] {
  const { units } = term
  const mayBegin = fit === 'prefix' && isBeginning(term)
  // What the last word only begins is side by side with nothing yet.
  const whole = mayBegin ? units.slice(0, -1) : units
  return units.flatMap((unit, i): PlainLookup[] => {
    if (unit.kind === 'dense') return [...denseLookup(units, i), ...pairLookup(whole, i)]
    if (i === whole.length) return [{ token: unit.text, how: 'prefix' }]
    const isInPair = [i - 1, i].some((at) => pairTokenAt(whole, at) !== undefined)
    const own: PlainLookup[] =
      isInPair && unit.text === unit.full ? [] : [{ token: unit.full, how: 'exact' }]
    return [...own, ...pairLookup(whole, i)]
  })
}

function pairLookup(units: Unit[], i: number): PlainLookup[] {
  const token = pairTokenAt(units, i)
  return token === undefined ? [] : [{ token, how: 'exact' }]
}

/** Whether its last word may be the beginning of one. */
function isBeginning({ units, isPhrase }: Term): boolean {
  const last = units.at(-1)
  return !isPhrase && last?.kind === 'word' && last.text === last.full && mayBePrefix(last.text)
}

/** A pair with the next sign. A lone sign may be the first of any pair; the last of a run has been in one. */
function denseLookup(units: Unit[], i: number): PlainLookup[] {
  const [unit, before] = [units[i], units[i - 1]]
  const pair = pairAt(units, i)
  if (unit && pair !== unit.text) return [{ token: pair, how: 'exact' }]
  const isEndOfRun = before?.kind === 'dense' && unit !== undefined && unit.start <= before.end
  return isEndOfRun ? [] : [{ token: pair, how: 'prefix' }]
}

/** A term that one token stands for can be left out by the index itself. */
function soleTokenOf({ units }: Term): string[] {
  const [only] = units
  return units.length === 1 && only && only.kind !== 'dense' ? [only.full] : []
}
