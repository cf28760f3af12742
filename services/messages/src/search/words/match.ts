import { analyse, type Unit } from './analyse.ts'
import { type Join, joinsOf } from './joins.ts'
import { mayBePrefix, partOf, type Term, type Terms } from './terms.ts'
import { isMistyped, mayHaveTypo } from './typo.ts'

/**
 * How well a text fits: every word is in it; some only begin a word of it; some are a typo away; some
 * are a part within a word of it.
 */
export const FITS = ['exact', 'prefix', 'typo', 'part'] as const
export type Fit = (typeof FITS)[number]

export interface Match {
  fit: Fit
  /** UTF-16 units, [start, end), ascending, not overlapping. */
  highlights: [number, number][]
}

/** Undefined where a wanted term is missing or an unwanted one is there, or typos and parts are mixed. */
export function matchText(text: string, { wanted, unwanted }: Terms): Match | undefined {
  const units = analyse(text)
  const read = { units, joins: joinsOf(units) }
  if (unwanted.some((term) => findExact(read, term).length > 0)) return undefined
  const found = wanted.map((term) => findTerm(read, term))
  if (found.some((spans) => spans.length === 0)) return undefined
  const fits = found.map((spans) => best(spans))
  const fit = FITS[Math.max(0, ...fits.map((one) => FITS.indexOf(one)))] ?? 'exact'
  if (fit === 'part' && fits.includes('typo')) return undefined
  return {
    fit,
    highlights: merge(found.flat().map(({ start, end }) => [start, end])),
  }
}

interface Reading {
  units: Unit[]
  joins: Join[]
}

interface Span {
  fit: Fit
  start: number
  end: number
}

const best = (spans: Span[]) => FITS.find((fit) => spans.some((span) => span.fit === fit)) ?? 'part'

function findTerm(read: Reading, term: Term): Span[] {
  const spans = [...findExact(read, term), ...findBegun(read, term)]
  if (spans.length > 0) return spans
  const mistyped = findMistyped(read, term)
  return mistyped.length > 0 ? mistyped : findParts(read, term)
}

function findExact(read: Reading, term: Term): Span[] {
  const sequences = findSequences(read, term, isSame)
  return [
    ...sequences.map((span): Span => ({ ...span, fit: 'exact' })),
    ...findJoined(read, term, { fit: 'exact', passes: (text, joined) => text === joined }),
  ]
}

/** `C` finds `C++`, but not the other way round. */
function isSame(unit: Unit, wanted: Unit): boolean {
  return wanted.full === wanted.text ? unit.text === wanted.text : unit.full === wanted.full
}

function findBegun(read: Reading, term: Term): Span[] {
  const last = term.units.at(-1)
  if (term.isPhrase || last?.kind !== 'word' || last.text !== last.full) return []
  const sequences = mayBePrefix(last.text)
    ? findSequences(read, term, (unit, wanted) =>
        wanted === last
          ? unit.text.length > last.text.length && unit.text.startsWith(last.text)
          : isSame(unit, wanted),
      )
    : []
  return [
    ...sequences.map((span): Span => ({ ...span, fit: 'prefix' })),
    ...findJoined(read, term, {
      fit: 'prefix',
      passes: (text, joined) =>
        mayBePrefix(joined) && text.length > joined.length && text.startsWith(joined),
    }),
  ]
}

function findMistyped(read: Reading, term: Term): Span[] {
  return findJoined(read, term, {
    fit: 'typo',
    passes: (text, joined) => mayHaveTypo(joined) && isMistyped(text, joined),
  })
}

function findParts({ units }: Reading, term: Term): Span[] {
  const part = partOf(term)
  if (part === undefined) return []
  return units.flatMap((unit, i): Span[] =>
    unit.kind === 'word' && unit.text.includes(part)
      ? [{ ...spanOf(units, i, i), fit: 'part' }]
      : [],
  )
}

/** Places where units that pass stand one after the other. */
function findSequences(
  { units }: Reading,
  term: Term,
  passes: (unit: Unit, wanted: Unit) => boolean,
): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = []
  for (let from = 0; from + term.units.length <= units.length; from++) {
    const isHere = term.units.every((wanted, i) => {
      const unit = units[from + i]
      return unit !== undefined && passes(unit, wanted)
    })
    if (isHere) spans.push(spanOf(units, from, from + term.units.length - 1))
  }
  return spans
}

/** Words, and joined parts of names, whose text passes. */
function findJoined(
  { units, joins }: Reading,
  { joined, units: wanted }: Term,
  { fit, passes }: { fit: Fit; passes: (text: string, joined: string) => boolean },
): Span[] {
  if (joined === undefined) return []
  const spans: Span[] = joins
    .filter((join) => passes(join.text, joined))
    .map((join) => ({ ...spanOf(units, join.first, join.last), fit }))
  if (wanted.length === 1 && fit !== 'typo') return spans
  for (const [i, unit] of units.entries())
    if (unit.kind === 'word' && passes(unit.text, joined))
      spans.push({ ...spanOf(units, i, i), fit })
  return spans
}

function spanOf(units: Unit[], first: number, last: number): { start: number; end: number } {
  return { start: units[first]?.start ?? 0, end: units[last]?.end ?? 0 }
}

function merge(spans: [number, number][]): [number, number][] {
  const merged: [number, number][] = []
  for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1)
    if (before && start <= before[1]) before[1] = Math.max(before[1], end)
    else merged.push([start, end])
  }
  return merged
}
