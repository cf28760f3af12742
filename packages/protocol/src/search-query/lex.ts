/** A stretch of the query, in UTF-16 units: [start, end). */
export interface Place {
  start: number
  end: number
}

/** One piece between spaces: `word`, `"a phrase"`, `-word`, `key:value`, `key:"a value"`. */
export interface Piece {
  isNegated: boolean
  /** Lower-case name of an operator, when the piece has one that we know. */
  key: string | undefined
  value: string
  isQuoted: boolean
  /** A quotation mark that was opened and never closed. */
  isOpen: boolean
  place: Place
  valuePlace: Place
}

/** What opens a quotation closes with one of these. */
const QUOTES: Record<string, string> = {
  '"': '"',
  '“': '”“',
  '”': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
}
const SPACE = /\s/u
const KEY = /^([a-z]+)[:：]/iu

/** Cuts a query into its pieces; every text can be cut. */
export function lex(text: string, keys: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = []
  let at = skipSpace(text, 0)
  while (at < text.length) {
    const piece = readPiece(text, at, keys)
    pieces.push(piece)
    at = skipSpace(text, piece.place.end)
  }
  return pieces
}

function readPiece(text: string, start: number, keys: ReadonlySet<string>): Piece {
  const isNegated = text[start] === '-' && !SPACE.test(text[start + 1] ?? ' ')
  const keyStart = isNegated ? start + 1 : start
  const match = KEY.exec(text.slice(keyStart, keyStart + 20))
  const named = match?.[1]?.toLowerCase()
  const key = named !== undefined && keys.has(named) ? named : undefined
  const valueStart = key === undefined ? keyStart : keyStart + (match?.[0].length ?? 0)
  const { end, ...value } = readValue(text, valueStart)
  return { isNegated, key, ...value, place: { start, end } }
}

type Value = Pick<Piece, 'value' | 'isQuoted' | 'isOpen' | 'valuePlace'> & { end: number }

function readValue(text: string, start: number): Value {
  const closing = QUOTES[text[start] ?? '']
  if (closing === undefined) {
    const end = findFrom(text, start, (char) => SPACE.test(char))
    const value = text.slice(start, end)
    return { value, isQuoted: false, isOpen: false, valuePlace: { start, end }, end }
  }
  const close = findFrom(text, start + 1, (char) => closing.includes(char))
  const isOpen = close === text.length
  return {
    value: text.slice(start + 1, close),
    isQuoted: true,
    isOpen,
    valuePlace: { start: start + 1, end: close },
    end: isOpen ? close : close + 1,
  }
}

function skipSpace(text: string, from: number): number {
  return findFrom(text, from, (char) => !SPACE.test(char))
}

/** The first place from `from` on whose character passes; the text's length when none does. */
function findFrom(text: string, from: number, passes: (char: string) => boolean): number {
  for (let at = from; at < text.length; at++) if (passes(text[at] ?? '')) return at
  return text.length
}
