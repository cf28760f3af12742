import type { Unit } from './analyse.ts'
import type { Fit } from './match.ts'
import { mayBePrefix, mayHaveTypo, type Term, type Terms } from './terms.ts'
import { pairAt } from './tokens.ts'

/** What an index has to look up: this very token, tokens that begin with it, or a typo away from it. */
export interface Lookup {
  token: string
  how: Fit
}

/**
 * What an index must find: texts that have, of each entry of `all`, every lookup of one of its
 * alternatives, and no token of `none`. It is a little too much; `matchText` has the last word.
 */
export interface Plan {
  all: Lookup[][][]
  none: string[]
}

/** The plan for texts that fit at least as well as `fit`. */
export function planFor({ wanted, unwanted }: Terms, fit: Fit): Plan {
  return {
    all: wanted.map((term) => alternativesOf(term, fit)),
    none: unwanted.flatMap(soleTokenOf),
  }
}

function alternativesOf(term: Term, fit: Fit): Lookup[][] {
  const alternatives = [lookupsOf(term, fit)]
  const { joined, units } = term
  if (joined === undefined) return alternatives
  const how: Fit = fit !== 'exact' && mayBePrefix(joined) ? 'prefix' : 'exact'
  if (units.length > 1) alternatives.push([{ token: joined, how }])
  if (fit === 'typo' && mayHaveTypo(joined)) alternatives.push([{ token: joined, how: 'typo' }])
  return alternatives
}

function lookupsOf({ units, isPhrase }: Term, fit: Fit): Lookup[] {
  return units.flatMap((unit, i): Lookup[] => {
    const isLast = i === units.length - 1
    if (unit.kind === 'dense') return denseLookup(units, i)
    const mayBegin = isLast && !isPhrase && fit !== 'exact' && unit.kind === 'word'
    if (mayBegin && unit.text === unit.full && mayBePrefix(unit.text))
      return [{ token: unit.text, how: 'prefix' }]
    return [{ token: unit.full, how: 'exact' }]
  })
}

/** A pair with the next sign. A lone sign may be the first of any pair; the last of a run has been in one. */
function denseLookup(units: Unit[], i: number): Lookup[] {
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
