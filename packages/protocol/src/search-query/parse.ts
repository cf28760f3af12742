import { PERIOD_FORMS, type Period, readPeriod } from './day.ts'
import { lex, type Piece, type Place } from './lex.ts'

export type { Period } from './day.ts'
export type { Piece as SearchPiece, Place } from './lex.ts'

/** Words or a phrase to look for. */
export interface SearchText {
  kind: 'word' | 'phrase'
  text: string
  place: Place
}

export const HAS_KINDS = ['link', 'file', 'mention', 'reaction'] as const
export const IS_KINDS = ['unread', 'mine'] as const
export type HasKind = (typeof HAS_KINDS)[number]
export type IsKind = (typeof IS_KINDS)[number]

/** A condition on a message that is not about its words. */
export type SearchFilter = { isNegated: boolean; place: Place } & (
  | { kind: 'from'; name: string }
  | { kind: 'in'; name: string }
  | { kind: 'before' | 'after' | 'on'; period: Period }
  | { kind: 'has'; what: HasKind }
  | { kind: 'is'; what: IsKind }
)
export type FilterKind = SearchFilter['kind']

/** What a search asks for. Several filters of one kind: `from` and `in` any of them, others all. */
export interface SearchQuery {
  wanted: SearchText[]
  unwanted: SearchText[]
  filters: SearchFilter[]
}

/** What can be wrong, for those who say it in words of their own. */
export type SearchProblemKind =
  | 'unclosed'
  | 'empty'
  | 'name'
  | 'date'
  | 'negated-date'
  | 'choice'
  | 'nothing-wanted'
  | 'too-many-words'
  | 'too-many-conditions'

/** What is wrong with a query, and where. */
export interface SearchProblem {
  kind: SearchProblemKind
  message: string
  place: Place
}

export type ParsedSearch =
  | { ok: true; query: SearchQuery }
  | { ok: false; problems: [SearchProblem, ...SearchProblem[]] }

export const SEARCH_TEXTS_MAX = 12
export const SEARCH_FILTERS_MAX = 12

/** Every operator, with how what stands behind it is read. */
const readers: Record<FilterKind, (piece: Piece) => FilterOr<string>> = {
  from: (piece) => readName(piece, 'from', 'a user name, or me'),
  in: (piece) => readName(piece, 'in', 'the title of a conversation, or a user name'),
  before: (piece) => readDay(piece, 'before'),
  after: (piece) => readDay(piece, 'after'),
  on: (piece) => readDay(piece, 'on'),
  has: (piece) => readChoice(piece, HAS_KINDS, (what) => ({ kind: 'has', what })),
  is: (piece) => readChoice(piece, IS_KINDS, (what) => ({ kind: 'is', what })),
}
export const FILTER_KINDS = Object.keys(readers) as FilterKind[]
const KEYS: ReadonlySet<string> = new Set(FILTER_KINDS)

/**
 * Reads a query: words, "phrases", `-not`, `from:` `in:` `before:` `after:` `on:` `has:` `is:`.
 * What only looks like an operator (`https:`, `10:30`) is a word.
 *
 * @example parseSearch('"launch plan" from:alice -draft after:2026-01')
 */
export function parseSearch(text: string): ParsedSearch {
  const query: SearchQuery = { wanted: [], unwanted: [], filters: [] }
  const problems: SearchProblem[] = []
  for (const piece of lex(text, KEYS)) {
    const problem = piece.key === undefined ? addText(query, piece) : addFilter(query, piece)
    if (problem) problems.push(problem)
  }
  problems.push(...findExcess(query))
  const [first, ...more] = problems
  if (first) return { ok: false, problems: [first, ...more] }
  if (query.wanted.length + query.filters.length > 0) return { ok: true, query }
  const message =
    query.unwanted.length > 0
      ? 'needs something to look for, not only what to leave out'
      : 'must have at least one word'
  const place = { start: 0, end: text.length }
  return { ok: false, problems: [{ kind: 'nothing-wanted', message, place }] }
}

/** The pieces of a query, right or wrong, in order: for showing it while it is written. */
export function cutSearch(text: string): Piece[] {
  return lex(text, KEYS)
}

function addText(query: SearchQuery, piece: Piece): SearchProblem | undefined {
  const { place } = piece
  if (piece.isOpen) return { kind: 'unclosed', message: UNCLOSED, place }
  if (piece.value.trim() === '') return { kind: 'empty', message: 'there is nothing in it', place }
  const text: SearchText = {
    kind: piece.isQuoted ? 'phrase' : 'word',
    text: piece.value,
    place,
  }
  if (piece.isNegated) query.unwanted.push(text)
  else query.wanted.push(text)
  return undefined
}

const UNCLOSED = 'this quotation mark is never closed'

function addFilter(query: SearchQuery, piece: Piece): SearchProblem | undefined {
  if (piece.isOpen) return { kind: 'unclosed', message: UNCLOSED, place: piece.place }
  const key = piece.key as FilterKind
  const read = readers[key](piece)
  if (typeof read === 'string') {
    return { kind: problemKindOf(key, piece), message: read, place: piece.valuePlace }
  }
  query.filters.push({ ...read, isNegated: piece.isNegated, place: piece.place })
  return undefined
}

function problemKindOf(key: FilterKind, { isNegated }: Piece): SearchProblemKind {
  if (key === 'from' || key === 'in') return 'name'
  if (key === 'has' || key === 'is') return 'choice'
  return isNegated ? 'negated-date' : 'date'
}

type Bare<F> = F extends unknown ? Omit<F, 'isNegated' | 'place'> : never
/** The filter, or words that say what is allowed. */
type FilterOr<Problem> = Bare<SearchFilter> | Problem

function readName(piece: Piece, kind: 'from' | 'in', wanted: string): FilterOr<string> {
  const name = piece.value.trim().replace(/^@/, '')
  return name === '' ? `${kind}: must be followed by ${wanted}` : { kind, name }
}

function readDay(piece: Piece, kind: 'before' | 'after' | 'on'): FilterOr<string> {
  if (piece.isNegated) return `${kind}: can't be turned round; use another of before, after and on`
  const period = readPeriod(piece.value)
  return period ? { kind, period } : `${kind}: must be followed by a date: ${PERIOD_FORMS}`
}

function readChoice<T extends string>(
  piece: Piece,
  choices: readonly T[],
  make: (what: T) => Bare<SearchFilter>,
): FilterOr<string> {
  const what = choices.find((choice) => choice === piece.value.toLowerCase())
  return what ? make(what) : `${piece.key}: must be followed by ${choices.join(' or ')}`
}

function findExcess({ wanted, unwanted, filters }: SearchQuery): SearchProblem[] {
  const texts = [...wanted, ...unwanted].sort((a, b) => a.place.start - b.place.start)
  const problems: SearchProblem[] = []
  const text = texts[SEARCH_TEXTS_MAX]
  if (text) {
    const message = `at most ${SEARCH_TEXTS_MAX} words`
    problems.push({ kind: 'too-many-words', message, place: text.place })
  }
  const filter = filters[SEARCH_FILTERS_MAX]
  if (filter) {
    const message = `at most ${SEARCH_FILTERS_MAX} conditions`
    problems.push({ kind: 'too-many-conditions', message, place: filter.place })
  }
  return problems
}
